# Phases and hooks by the names that nixpkgs gives them, over the machine's own commands.
set -e -o pipefail
shopt -s inherit_errexit

export PATH=/usr/bin
export SOURCE_DATE_EPOCH=315532800 TZ=UTC LC_ALL=C.UTF-8
: "${NIX_BUILD_CORES:=1}"
[ "$NIX_BUILD_CORES" -gt 0 ] || NIX_BUILD_CORES=$(nproc)
export NIX_BUILD_CORES

# Calls the function of that name, or runs the code.
_run() {
  if declare -F "$1" >/dev/null; then
    "$@"
  else
    eval "$1"
  fi
}

# runHook preBuild: the hooks of the array preBuildHooks, then the function or code of that name.
runHook() {
  local name=$1 list="$1Hooks[@]" hook
  shift
  for hook in "${!list}"; do
    _run "$hook" "$@"
  done
  if declare -F "$name" >/dev/null; then
    "$name" "$@"
  elif [ -n "${!name:-}" ]; then
    eval "${!name}"
  fi
}

_add_input() {
  local input=$1 more
  case " $_inputs " in *" $input "*) return ;; esac
  _inputs+=" $input"
  [ ! -d "$input/bin" ] || PATH="$input/bin:$PATH"
  for more in propagated-native-build-inputs propagated-build-inputs; do
    if [ -f "$input/nix-support/$more" ]; then
      for more in $(cat "$input/nix-support/$more"); do _add_input "$more"; done
    fi
  done
  # shellcheck source=/dev/null
  [ ! -f "$input/nix-support/setup-hook" ] || source "$input/nix-support/setup-hook"
}
_inputs=""
for _input in ${depsBuildBuild:-} ${nativeBuildInputs:-} ${buildInputs:-}; do
  _add_input "$_input"
done
export PATH

unpackPhase() {
  runHook preUnpack
  local target
  target=$(basename "$src")
  [[ ! "$target" =~ ^[a-z0-9]{32}- ]] || target=${target:33}
  if [ -d "$src" ]; then
    cp -r --preserve=timestamps "$src" "$target"
  else
    tar -xf "$src"
    target=$(tar -tf "$src" | sed 's|/.*||;q')
  fi
  : "${sourceRoot:=$target}"
  chmod -R u+w "$sourceRoot"
  runHook postUnpack
}

patchPhase() { runHook prePatch; runHook postPatch; }
configurePhase() { runHook preConfigure; runHook postConfigure; }
buildPhase() { runHook preBuild; runHook postBuild; }
checkPhase() { runHook preCheck; runHook postCheck; }
installPhase() { runHook preInstall; runHook postInstall; }
fixupPhase() { runHook preFixup; runHook postFixup; }

runPhase() {
  echo "Running phase: $1"
  if [ -n "${!1:-}" ]; then eval "${!1}"; else "$1"; fi
  if [ "$1" = unpackPhase ] && [ -n "${sourceRoot:-}" ]; then cd "$sourceRoot"; fi
}

genericBuild() {
  local phase
  if [ -n "${buildCommandPath:-}" ]; then
    # shellcheck source=/dev/null
    source "$buildCommandPath"
    return
  fi
  for phase in ${prePhases:-} unpackPhase patchPhase ${preConfigurePhases:-} configurePhase \
    ${preBuildPhases:-} buildPhase checkPhase ${preInstallPhases:-} installPhase \
    ${preFixupPhases:-} fixupPhase; do
    case "$phase" in
      unpackPhase) [ -z "${dontUnpack:-}" ] || continue ;;
      configurePhase) [ -z "${dontConfigure:-}" ] || continue ;;
      buildPhase) [ -z "${dontBuild:-}" ] || continue ;;
      checkPhase) [ -n "${doCheck:-}" ] || continue ;;
      installPhase) [ -z "${dontInstall:-}" ] || continue ;;
      fixupPhase) [ -z "${dontFixup:-}" ] || continue ;;
    esac
    runPhase "$phase"
  done
}
