# Debian packages, taken from the machine's own archive without touching the machine's apt state.

# The suite whose nix-bin is recent enough: Debian 12 has 2.8, crane wants 2.31 or newer.
suite=forky
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# The address of the Debian archive that this machine is configured with. A mirror is as good as
# any other, so the first `main` entry that is not the security archive is taken.
archive_uri() {
  local file
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -f "$file" ] || continue
    awk '
      BEGIN { RS = ""; FS = "\n" }
      {
        uri = ""; debian = 0
        for (i = 1; i <= NF; i++) {
          if ($i ~ /^URIs:/) { split($i, words, /[ \t]+/); uri = words[2] }
          if ($i ~ /^Signed-By:.*debian-archive/) debian = 1
        }
        if (debian && uri !~ /security/) { print uri; exit }
      }' "$file"
  done
  if [ -f /etc/apt/sources.list ]; then
    sed -nE 's|^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]*/debian/?)[[:space:]].*|\2|p' /etc/apt/sources.list
  fi
}

# apt with a state of its own in the given folder: no root is needed and nothing is installed.
own_apt() {
  local state=$1
  shift
  apt-get -qq \
    -o Dir::State="$state/state" -o Dir::State::status="$state/status" \
    -o Dir::Cache="$state/cache" -o Dir::Etc::sourcelist="$state/sources.list" \
    -o Dir::Etc::sourceparts=/dev/null -o APT::Sandbox::User="$(id -un)" \
    -o Debug::NoLocking=1 "$@"
}

# download_packages <folder> <package…>: the packages and all that they need, as files in
# <folder>/cache/archives.
download_packages() {
  local state=$1 uri
  shift
  [ -r "$keyring" ] || fail "$keyring is missing" "apt-get install debian-archive-keyring"
  uri=$(archive_uri | head -n 1)
  [ -n "$uri" ] || fail "no entry of the Debian archive in /etc/apt/sources.list or sources.list.d"
  mkdir -p "$state/state/lists/partial" "$state/cache/archives/partial"
  : >"$state/status"
  printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$uri" "$suite" >"$state/sources.list"
  own_apt "$state" update
  own_apt "$state" install --yes --download-only --no-install-recommends "$@" >&2
}

# Tools that the script itself and the sandbox take from the machine.
need_host_packages() {
  local command missing=()
  command -v apt-get >/dev/null || fail "this is no Debian machine (it has no apt-get)" "install Nix: https://nixos.org/download"
  for command in jq rsync zstd patchelf git cc flock; do
    command -v "$command" >/dev/null || missing+=("${command/#cc/gcc}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -eq 0 ]; then
    say "installing ${missing[*]}"
    apt-get -qq update >&2
    apt-get -qq install --yes --no-install-recommends "${missing[@]/flock/util-linux}" >&2
  else
    fail "these packages are missing: ${missing[*]}" "sudo apt-get install ${missing[*]}"
  fi
}
