# The toolchain and the tools of the table, gathered where the sandbox can see them.

tools=$home/tools
installed=$home/cargo
PATH="$PATH:$workspace/target/blocks/tools/bin:$installed/bin"

# What rustup chooses for the workspace. Asked once, because rustup's stand-in for rustc is slow to start.
find_toolchain() {
  command -v rustc >/dev/null || fail "rustc is not in PATH" "install a Rust toolchain: https://rustup.rs"
  sysroot=$(cd "$workspace" && realpath "$(rustc --print sysroot)")
  rustc_says=$("$sysroot/bin/rustc" -vV)
  rust_host=$(sed -n 's/^host: //p' <<<"$rustc_says")
  crates=${CARGO_HOME:-$HOME/.cargo}/registry/cache
  find_nightly
}

# The nightly that stages with sanitizers use, where rustup has one. Without it these say so.
find_nightly() {
  nightly_sysroot=""
  nightly_says=$(RUSTUP_TOOLCHAIN=nightly RUSTUP_AUTO_INSTALL=0 rustc -vV 2>/dev/null) || return 0
  [[ "$nightly_says" == *$'\n'release:*-nightly* ]] || return 0
  nightly_sysroot=$(RUSTUP_TOOLCHAIN=nightly realpath "$(RUSTUP_TOOLCHAIN=nightly rustc --print sysroot)")
}

provide_tools() {
  local name words listed
  listed=$(list_cargo_tools)
  mkdir -p "$tools" "$home/llvm"
  cargo_tools=()
  while read -r name words; do
    cargo_tools+=("$name")
    if ! command -v "$name" >/dev/null; then
      say "installing ${words%% *} (once)"
      # shellcheck disable=SC2086
      cargo install --quiet --locked --root "$installed" $words \
        --config profile.release.lto=false --config profile.release.codegen-units=16 >&2 </dev/null \
        || fail "$name cannot be installed" "cargo install --locked --root $installed $words"
    fi
    take_tool "$name" "$(command -v "$name")"
  done <<<"$listed"
  provide_llvm
}

# take_tool <name> <file>: a copy, and beside it its digest, which would take longer to compute each time.
take_tool() {
  if ! cmp -s "$2" "$tools/$1" || [ ! -s "$tools/$1.sha256" ]; then
    rm -f "$tools/$1.sha256"
    install -m 755 "$2" "$tools/$1"
    sha256sum <"$tools/$1" | cut -c 1-64 >"$tools/$1.sha256"
  fi
}

# A line for each tool of the table that cargo installs: its name, and the words for cargo.
list_cargo_tools() {
  local expression
  expression='{ file }: builtins.concatMap
    (tool: if tool.install != "cargo" then [ ] else [ (builtins.concatStringsSep " "
      ([ tool.id "${tool.crate or tool.id}@${tool.version}" ] ++ tool.install_with or [ ])) ])
    (builtins.fromTOML (builtins.readFile file)).tool'
  nix-instantiate --store dummy:// --eval --strict --json --argstr file "$here/../../crates/blocks-stages/stages.toml" \
    --expr "$expression" | jq -r '.[]'
}

# llvm-cov and llvm-profdata that read what this compiler writes: of the toolchain's own
# component, or Debian's of the same major version.
provide_llvm() {
  local major name found
  major=$(sed -nE 's/^LLVM version: ([0-9]+).*/\1/p' <<<"$rustc_says")
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
  for manifest in "$workspace/Cargo.toml" ${crane:+"$crane/pkgs/crane-utils/Cargo.toml"}; do
    (cd "$(dirname "$manifest")" && cargo fetch --quiet --locked --manifest-path "$manifest") \
      || fail "the crates of $manifest cannot be fetched" "cargo fetch --locked --manifest-path $manifest"
  done
  mkdir -p "$crates"
}
