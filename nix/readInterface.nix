{ lib }:
/**
  The features that the interfaces of members are described with: those of the configuration, each of which has to be
  there. With fewer, less would be compared than is asked for.

  # Inputs

  `asked`
  : `interface` of readConfig.

  `workspace`
  : As readWorkspace gives it.

  # Outputs

  The same.
*/
{ asked, workspace }:
let
  file = ".github/pipeline-config.yml";
  check =
    name: it:
    let
      known =
        workspace.features.${name} or (throw "${file}: members.${name} is no member of the workspace");
      unknown = lib.subtractLists known it.features;
    in
    # Where all features are asked for none is unknown, but the member may be.
    if builtins.seq known unknown == [ ] then
      it
    else
      throw "${file}: members.${name}.interface_features names `${lib.head unknown}`, which the manifest of ${name} does not have";
  checked = lib.mapAttrs check asked;
in
# All of it, so that a name is missed that no member has.
builtins.deepSeq checked checked
