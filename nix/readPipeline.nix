{ functions, lib }:
/**
  What a pipeline is made of and no system has a part in: the table of stages, the configuration, and
  the workspace. Reading it once serves the pipelines of all systems.

  # Inputs

  `src`
  : The workspace: a path, or the flake itself.

  `isBaseline`
  : Whether others are compared with it (`false`): what is wrong with its configuration nobody can put right any more.

  # Outputs

  `table`, `config`, `configFile` (null where there is none), `workspace`, `units`.
*/
{
  src,
  isBaseline ? false,
}:
let
  plain = functions.readStages { };
  table = functions.readStages { inherit (config) own settings; };
  file = src + "/.github/pipeline-config.yml";
  hasFile = builtins.pathExists file;
  config = functions.readConfig {
    text = if hasFile then builtins.readFile file else "";
    stages = map (stage: stage.id) plain.stages;
    optIn = map (stage: stage.id) (lib.filter (stage: stage.opt_in) plain.stages);
    taken = lib.attrNames plain.material ++ lib.attrNames plain.groups;
    isThere = path: builtins.pathExists (src + "/${path}");
    isFile = path: builtins.readFileType (src + "/${path}") == "regular";
  };
  # What is said of nobody would hold for nobody, and nobody would know.
  isStranger = name: !(lib.elem name workspace.members);
  stranger = lib.findFirst isStranger null (lib.attrNames config.members);
  ofStranger = lib.findFirst ({ member, ... }: isStranger member) null config.limits;
  isRefused =
    what:
    throw ".github/pipeline-config.yml: ${what} is no member; the members are ${lib.concatStringsSep ", " workspace.members}";
  workspace = functions.readWorkspace {
    inherit src;
    extraFiles =
      if isBaseline || stranger == null && ofStranger == null then
        lib.filterAttrs (name: _: !(isStranger name)) config.members
      else
        isRefused (
          if stranger != null then "members.${stranger}" else "${ofStranger.member} of performance.limits"
        );
  };
in
{
  inherit config table workspace;
  configFile =
    if hasFile then
      builtins.path {
        path = file;
        name = "pipeline-config.yml";
      }
    else
      null;
  units = functions.mkUnits {
    inherit workspace;
    perBuild = config.cache.members_per_build;
  };
}
