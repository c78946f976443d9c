{ lib }:
/**
  The members whose programs are released: those with programs that may be published somewhere, and those that the
  configuration names.

  # Inputs

  `workspace`
  : As readWorkspace gives it.

  `src`
  : The workspace's folder.

  `named`
  : Names of members, as `release.programs` has them.

  # Outputs

  Their names, in alphabetical order.
*/
{
  workspace,
  src,
  named,
}:
let
  hasPrograms =
    { folder, manifest, ... }:
    let
      isThere =
        path: builtins.pathExists (src + "/${if folder == "" then path else "${folder}/${path}"}");
    in
    (manifest.bin or [ ]) != [ ]
    || manifest.package.autobins or true && (isThere "src/main.rs" || isThere "src/bin");
  isPublished =
    { manifest, ... }:
    !(lib.elem (manifest.package.publish or true) [
      false
      [ ]
    ]);
  of = name: workspace.packages.${name};
  stranger = lib.findFirst (
    name: !(lib.elem name workspace.members && hasPrograms (of name))
  ) null named;
in
if stranger != null then
  throw ".github/pipeline-config.yml: release.programs names `${stranger}`, and no member of that name has a program"
else
  lib.filter (
    name: hasPrograms (of name) && (isPublished (of name) || lib.elem name named)
  ) workspace.members
