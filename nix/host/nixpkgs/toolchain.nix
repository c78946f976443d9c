# The machine's Rust toolchain in the layout of rust-overlay's, llvm-tools included.
{
  facts,
  pkgs,
}:
let
  target = pkgs.stdenv.hostPlatform.rust.rustcTarget;
in
pkgs.runCommand "rust-host-${facts.rust.version}" {
  pname = "rust-host";
  inherit (facts.rust) version digest;
  llvm = facts.tools.llvm.digest;
  meta.mainProgram = "rustc";
} ''
  mkdir -p "$out"
  for part in bin lib libexec; do
    [ ! -e "/host/rust/$part" ] || cp -r --no-preserve=ownership "/host/rust/$part" "$out/"
  done
  chmod -R u+w "$out"
  mkdir -p "$out/lib/rustlib/${target}/bin"
  for tool in llvm-cov llvm-profdata; do
    [ -e "$out/lib/rustlib/${target}/bin/$tool" ] \
      || ln -s "$(readlink "/host/llvm/$tool")" "$out/lib/rustlib/${target}/bin/$tool"
  done
''
