{ functions, lib }:
/**
  The documentation of all members in one folder, with links between them and one search: what the records of the stage
  `docs` have is of a member each. Crates from elsewhere are those of its layer, and rustdoc is all that runs beside them.

  # Inputs

  `whole`
  : All members as one unit, with their `part` of the workspace. The rest is the context that mkPipeline makes.

  # Outputs

  A derivation with `pages/` and `metadata.json`, which says what the members are.
*/
{
  whole,
  artifactsOf,
  name,
  table,
  ...
}@context:
let
  # The row whose record has pages, whatever it is called.
  stage = lib.findFirst (
    stage: lib.any (output: output.from == "{target}/doc") stage.output
  ) null table.stages;
  layer = table.layers.${stage.layer};
  tree = whole.part {
    asked = whole.members;
    withoutTests = stage.without_tests;
    inherit (layer) apart;
  };
in
functions.mkTreeDerivation {
  inherit context layer tree;
  inherit (stage) compiler crates;
  pname = "${name}-pages";
  inherit (artifactsOf stage.layer (lib.optionals stage.own_library whole.members ++ whole.needs))
    artifacts
    treeLayer
    ;
  build = ''
    HOME=$(mktemp -d)
    export HOME
    mkdir -p "$out/pages"
    cargo metadata --no-deps --format-version 1 --offline >"$out/metadata.json"
    # Rustdoc makes links to members whose folder it finds.
    jq -r '.packages[].targets[] | select(.doc) | .name | gsub("-"; "_")' "$out/metadata.json" |
      while read -r crate; do mkdir -p "$out/pages/$crate"; done
    cp ${../crates/blocks-engine/src/document.sh} "$HOME/rustdoc"
    chmod +x "$HOME/rustdoc"
    BLOCKS_PAGES=$out/pages RUSTDOC=$HOME/rustdoc \
      cargo doc ${lib.escapeShellArgs tree.select} --no-deps --offline
    rm -f "$out/pages/.lock"
    find "$out/pages" -mindepth 1 -maxdepth 1 -empty -delete
  '';
}
