# The builder of every derivation: the environment, then the phases.
# shellcheck source=/dev/null
source "$stdenv/setup"
genericBuild
