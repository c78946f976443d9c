{ functions }:
/**
  A view: what a subcommand of cargo-blocks makes of all records. It can be built when stages fail.

  # Inputs

  `view`, `words`
  : As mkViewCommand takes them, with the context that mkPipeline makes.
*/
{
  view,
  blocks,
  name,
  pkgs,
  ...
}@context:
let
  inherit (functions.mkViewCommand context) attributes command;
in
pkgs.runCommand "${name}-${view}" (attributes // { nativeBuildInputs = [ blocks ]; }) ''
  mkdir -p "$out"
  ${command}
''
