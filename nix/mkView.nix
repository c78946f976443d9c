{ functions, lib }:
/**
  A view: what a subcommand of cargo-blocks makes of all records. It can be built when stages fail.

  # Inputs

  `view`
  : The subcommand, which takes --records and --out.

  `words`
  : More arguments of it (`[ ]`). The rest is the context that mkPipeline makes.
*/
{
  view,
  baseline,
  blocks,
  configFile,
  name,
  pkgs,
  records,
  stages,
  today,
  todayOfDatabase,
  words ? [ ],
  ...
}@context:
let
  comparing = lib.filter (stage: stage.compares) stages;
  day = if lib.any (stage: stage.database) stages then todayOfDatabase else today;
  shown = {
    inherit records;
    stages = lib.filter (id: records ? ${id}) (map (stage: stage.record) stages);
  };
  folder = functions.mkRecordsFolder shown;
in
pkgs.runCommand "${name}-${view}" (folder.attributes // { nativeBuildInputs = [ blocks ]; }) ''
  mkdir -p "$out"
  cargo-blocks ${view} ${folder.words} --out "$out" --expect ${functions.mkExpected shown} --today ${day} \
    ${
      lib.optionalString (baseline != null)
        "--baseline ${functions.mkBaseline (context // { inherit comparing; })}"
    } \
    ${lib.optionalString (configFile != null) "--config ${configFile}"} ${lib.escapeShellArgs words}
''
