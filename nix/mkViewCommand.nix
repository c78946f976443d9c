{ functions, lib }:
/**
  What runs a subcommand of cargo-blocks over all records, into `$out`.

  # Inputs

  `view`
  : The subcommand, which takes --records and --out.

  `words`
  : More arguments of it (`[ ]`). The rest is the context that mkPipeline makes.

  # Outputs

  `attributes` of the derivation, and `command`, a line of shell.
*/
{
  view,
  baseline,
  configFile,
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
{
  inherit (folder) attributes;
  command = ''
    cargo-blocks ${view} ${folder.words} --out "$out" --expect ${functions.mkExpected shown} --today ${day} \
      ${
        lib.optionalString (baseline != null)
          "--baseline ${functions.mkBaseline (context // { inherit comparing; })}"
      } \
      ${lib.optionalString (configFile != null) "--config ${configFile}"} ${lib.escapeShellArgs words}
  '';
}
