# facts.json: what the stand-ins know of this machine. It goes into derivations, so that another
# compiler or tool makes other derivations, and so it holds versions and digests but no path.

write_facts() {
  local tool
  {
    printf '{\n  "target": "%s",\n' "$rust_host"
    printf '  "rust": %s,\n' "$(toolchain_facts "$sysroot" "$rustc_says")"
    [ -z "$nightly_sysroot" ] || printf '  "nightly": %s,\n' "$(toolchain_facts "$nightly_sysroot" "$nightly_says")"
    printf '  "base": { "digest": "%s" },\n  "tools": {' "$(base_digest)"
    for tool in "${cargo_tools[@]}"; do
      printf '\n    "%s": { "version": "%s", "digest": "%s" },' \
        "$tool" "$(tool_version "$tool")" "$(<"$tools/$tool.sha256")"
    done
    printf '\n    "llvm": { "digest": "%s" }\n  }\n}\n' "$("$(llvm_cov)" --version | sha256sum | cut -c 1-64)"
  } >"$home/facts.json.new"
  jq --sort-keys . "$home/facts.json.new" >"$home/facts.json"
  rm "$home/facts.json.new"
}

# toolchain_facts <folder> <what its rustc says>
toolchain_facts() {
  printf '{ "version": "%s", "digest": "%s" }' "$(sed -n 's/^release: //p' <<<"$2")" "$(toolchain_digest "$@")"
}

# The compiler's own words and the names and sizes of the toolchain's files. Reading all of its
# half gigabyte would cost each run a second.
toolchain_digest() {
  (
    cd "$1"
    echo "$2"
    bin/cargo -vV
    find bin lib libexec -type f -printf '%P %s\n' | sort
  ) | sha256sum | cut -c 1-64
}

# The C compiler, the C library and the commands that builders use.
base_digest() {
  dpkg-query --show bash coreutils findutils gawk mawk gcc binutils libc6 libc6-dev jq rsync tar valgrind zstd 2>/dev/null \
    | sha256sum | cut -c 1-64
}

tool_version() {
  local name=()
  # A subcommand of cargo wants its own name.
  [[ "$1" != cargo-* ]] || name=("${1#cargo-}")
  CARGO=cargo "$tools/$1" "${name[@]}" --version | sed -nE '1s/^([^ ]+ )?v?([0-9][^ ]*).*/\2/p'
}

# llvm-cov as it is found outside of the sandbox.
llvm_cov() {
  local link
  link=$(readlink "$home/llvm/llvm-cov")
  echo "${link/#\/host\/rust/"$sysroot"}"
}
