# Nix's configuration and its call.

write_conf() {
  local cores
  cores=$((($(nproc) + 1) / 2))
  mkdir -p "$home/etc"
  # A copy: as root, Nix's own fetcher writes to the bundle that it is given.
  cp -L "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$home/etc/ca.crt.new"
  mv "$home/etc/ca.crt.new" "$home/etc/ca.crt"
  # Many small builds want jobs rather than cores.
  cat >"$home/etc/nix.conf" <<CONF
experimental-features = nix-command flakes
sandbox = true
sandbox-fallback = false
sandbox-paths = /bin=/usr/bin /usr /lib /lib64 /etc/alternatives /host/rust=$sysroot /host/tools=$tools /host/llvm=$home/llvm /host/crates=$crates${nightly_sysroot:+ /host/nightly=$nightly_sysroot}
build-users-group =
substituters =
flake-registry =
warn-dirty = false
ssl-cert-file = $home/etc/ca.crt
max-jobs = $(nproc)
cores = $cores
CONF
  choose_store
}

# /nix when it is ours or root can make it; a Nix that somebody installed is left alone. Elsewhere a
# store in the cache folder that builds see as /nix (its outputs lie in <cache>/store/nix/store).
choose_store() {
  local mark=/nix/.made-by-blocks
  if [ ! -e /nix ] && [ "$(id -u)" -eq 0 ]; then
    mkdir -p /nix
    touch "$mark"
  fi
  if [ ! -e "$mark" ] || [ ! -w /nix ]; then
    printf 'store = %s\n' "$home/store" >>"$home/etc/nix.conf"
  fi
}

run_nix() {
  local words=()
  # What stands before the command, as cargo-blocks writes it.
  while [ $# -gt 1 ] && [[ "$1" = --* ]]; do
    words+=("$1" "$2")
    shift 2
  done
  [ $# -gt 1 ] || [[ "$1" != --* ]] || exec nix "$1"
  run_command "$@"
}

run_command() {
  local command=$1
  words+=("$1")
  shift
  if [ "$command" = flake ] && [ $# -gt 0 ]; then
    words+=("$1")
    shift
  fi
  export NIX_CONF_DIR=$home/etc NIX_USER_CONF_FILES=/dev/null NIX_SSL_CERT_FILE=$home/etc/ca.crt
  unset NIX_PATH NIX_REMOTE NIX_CONFIG
  case "$command" in
    copy | key | store | config | derivation | hash | nar | path-info | why-depends) ;;
    *)
      list_overrides
      words+=("${overrides[@]}")
      ;;
  esac
  exec nix "${words[@]}" "$@"
}

# The stand-ins in the place of the flake's inputs.
list_overrides() {
  local prefix="" scheme=path:
  overrides=()
  # Of a clone, the files that git tracks; the target folder is large.
  [ ! -e "$project/.git" ] || scheme=git+file://
  if [ "$workspace" != "$project" ]; then
    prefix=blocks/
    overrides+=(--override-input blocks "$scheme$project")
  fi
  overrides+=(
    --override-input "${prefix}nixpkgs" "path:$inputs?dir=nixpkgs"
    --override-input "${prefix}rust-overlay" "path:$inputs?dir=rust-overlay"
  )
  if [ -n "$crane" ]; then
    overrides+=(--override-input "${prefix}crane" "path:$crane")
  else
    overrides+=(--override-input "${prefix}crane" "path:$inputs?dir=crane")
  fi
}
