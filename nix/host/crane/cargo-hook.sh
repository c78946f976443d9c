# Cargo's environment in a builder, and the artifacts that one derivation hands to another.

# `cargo` with the profile that the derivation names, release when it names none.
cargoWithProfile() {
  case "$CARGO_PROFILE" in
    release) cargo "$1" --release "${@:2}" ;;
    "") cargo "$@" ;;
    *) cargo "$1" --profile "$CARGO_PROFILE" "${@:2}" ;;
  esac
}

configureCargo() {
  export CARGO_HOME=${CARGO_HOME:-$PWD/.cargo-home}
  mkdir -p "$CARGO_HOME"
  export CARGO_BUILD_JOBS=${CARGO_BUILD_JOBS:-$NIX_BUILD_CORES}
  export RUST_TEST_THREADS=${RUST_TEST_THREADS:-$NIX_BUILD_CORES}
  export CARGO_BUILD_INCREMENTAL=${CARGO_BUILD_INCREMENTAL-false}
  CARGO_PROFILE=${CARGO_PROFILE-release}
  [ -z "${cargoVendorDir:-}" ] || cat "$cargoVendorDir/config.toml" >>"$CARGO_HOME/config.toml"
}

# After patching: what is unpacked here must not be older than the sources.
inheritArtifacts() {
  [ -n "${cargoArtifacts:-}" ] || return 0
  mkdir -p "${CARGO_TARGET_DIR:-target}"
  zstd --quiet --decompress --stdout "$cargoArtifacts/target.tar.zst" | tar -x -C "${CARGO_TARGET_DIR:-target}"
}

# A member's artifact was compiled from a stub; its source, as old as every file of the store, would
# pass for unchanged. Without its fingerprint cargo compiles it again.
forgetMembers() {
  local member
  for member in $(cargo metadata --no-deps --offline --format-version 1 | jq -r '.packages[].name'); do
    find "$1" -type d -path "*/.fingerprint/$member-*" -regextype posix-extended \
      -regex ".*/$member-[0-9a-f]{16}" -prune -exec rm -rf {} +
  done
}

installArtifacts() {
  [ "${doInstallCargoArtifacts:-}" = 1 ] || return 0
  local target=${CARGO_TARGET_DIR:-target}
  mkdir -p "$out" "$target"
  [ -z "${CRANE_BUILD_DEPS_ONLY:-}" ] || forgetMembers "$target"
  tar --sort=name --mtime=@1 --owner=0 --group=0 --numeric-owner --mode=u+w -C "$target" -c . \
    | zstd --quiet "-T$NIX_BUILD_CORES" -o "$out/target.tar.zst"
}

postPatchHooks+=(configureCargo inheritArtifacts)
postInstallHooks+=(installArtifacts)
