# A Rust toolchain of the machine, which builders see in a folder of /host, in the layout of rust-overlay's. Its
# llvm-tools are those of the machine, where `llvm` says which.
{
  pkgs,
  facts,
  folder,
  llvm ? null,
}:
let
  target = pkgs.stdenv.hostPlatform.rust.rustcTarget;
in
pkgs.runCommand "rust-host-${facts.version}"
  {
    pname = "rust-host";
    inherit (facts) version digest;
    llvm = if llvm == null then "" else llvm;
    meta.mainProgram = "rustc";
  }
  ''
    mkdir -p "$out"
    for part in bin lib libexec; do
      [ ! -e "${folder}/$part" ] || cp -r --no-preserve=ownership "${folder}/$part" "$out/"
    done
    chmod -R u+w "$out"
    [ -n "$llvm" ] || exit 0
    mkdir -p "$out/lib/rustlib/${target}/bin"
    for tool in llvm-cov llvm-profdata; do
      [ -e "$out/lib/rustlib/${target}/bin/$tool" ] \
        || ln -s "$(readlink "/host/llvm/$tool")" "$out/lib/rustlib/${target}/bin/$tool"
    done
  ''
