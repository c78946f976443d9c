# The toolchain and the tools of the table, gathered where the sandbox can see them.

tools=$home/tools
installed=$home/cargo
PATH="$PATH:$workspace/target/blocks/tools/bin:$installed/bin"

provide_tools() {
  local tool name version
  command -v rustc >/dev/null || fail "rustc is not in PATH" "install a Rust toolchain: https://rustup.rs"
  sysroot=$(cd "$workspace" && realpath "$(rustc --print sysroot)")
  rust_host=$(cd "$workspace" && rustc -vV | sed -n 's/^host: //p')
  mkdir -p "$tools" "$home/llvm"
  cargo_tools=$(list_cargo_tools)
  for tool in $cargo_tools; do
    name=${tool%@*} version=${tool#*@}
    if ! command -v "$name" >/dev/null; then
      say "installing $name $version (once)"
      cargo install --quiet --locked --root "$installed" "$tool" >&2 \
        || fail "$name cannot be installed" "cargo install --locked --root $installed $tool"
    fi
    cmp -s "$(command -v "$name")" "$tools/$name" || install -m 755 "$(command -v "$name")" "$tools/$name"
  done
  provide_llvm
}

# `name@version` of each tool of the table that cargo installs.
list_cargo_tools() {
  local expression
  expression='{ file }: builtins.concatStringsSep " " (builtins.concatMap
    (tool: if tool.install == "cargo" then [ "${tool.id}@${tool.version}" ] else [ ])
    (builtins.fromTOML (builtins.readFile file)).tool)'
  nix-instantiate --store dummy:// --eval --strict --argstr file "$here/../../crates/blocks-stages/stages.toml" \
    --expr "$expression" | tr -d '"'
}

# llvm-cov and llvm-profdata that read what this compiler writes: of the toolchain's own
# component, or Debian's of the same major version.
provide_llvm() {
  local major name found
  major=$(cd "$workspace" && rustc -vV | sed -nE 's/^LLVM version: ([0-9]+).*/\1/p')
  for name in llvm-cov llvm-profdata; do
    found=""
    for found in "$sysroot/lib/rustlib/$rust_host/bin/$name" "$(command -v "$name-$major" || true)" \
      "/usr/lib/llvm-$major/bin/$name" ""; do
      [ ! -x "$found" ] || break
    done
    [ -n "$found" ] || fail "no $name of LLVM $major, which this rustc uses" \
      "rustup component add llvm-tools" "or: apt-get install llvm-$major"
    found=$(realpath "$found")
    case "$found" in
      # Inside the sandbox the toolchain lies at /host/rust, and /usr where it is.
      "$sysroot"/*) found=/host/rust/${found#"$sysroot/"} ;;
      /usr/*) ;;
      *) fail "$found lies outside of /usr, where the sandbox cannot see it" ;;
    esac
    ln -sfn "$found" "$home/llvm/$name"
  done
}

# The crates of the lock files, in cargo's own cache. The sandbox has no network.
provide_crates() {
  local manifest
  crates=${CARGO_HOME:-$HOME/.cargo}/registry/cache
  for manifest in "$workspace/Cargo.toml" ${crane:+"$crane/pkgs/crane-utils/Cargo.toml"}; do
    (cd "$(dirname "$manifest")" && cargo fetch --quiet --locked --manifest-path "$manifest") \
      || fail "the crates of $manifest cannot be fetched" "cargo fetch --locked --manifest-path $manifest"
  done
  mkdir -p "$crates"
}
