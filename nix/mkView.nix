{ functions, lib }:
/**
  A view: what a subcommand of cargo-blocks makes of all records. It can be built when stages fail.

  # Inputs

  `view`
  : The subcommand, which takes --records and --out. The rest is the context that mkPipeline makes.
*/
{
  view,
  blocks,
  configFile,
  name,
  pkgs,
  records,
  source,
  stages,
  ...
}:
pkgs.runCommand "${name}-${view}" { nativeBuildInputs = [ blocks ]; } ''
  ${functions.mkRecordsFolder {
    inherit records;
    stages = map (stage: stage.record) stages;
  }}
  mkdir -p "$out"
  cargo-blocks ${view} --records records --out "$out" --sources ${functions.mkSourcesId source} \
    ${lib.optionalString (configFile != null) "--config ${configFile}"}
''
