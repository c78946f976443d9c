# Messages, and the checks of options that the other parts share.

say() { printf 'nix/host: %s\n' "$*" >&2; }

fail() {
  printf 'nix/host: error: %s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

# The absolute path of the folder that an option names.
folder_option() {
  [ $# -ge 2 ] && [ -d "$2" ] || fail "$1 wants the path of a folder, not \`${2:-}\`"
  (cd "$2" && pwd)
}
