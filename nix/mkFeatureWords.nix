{ lib }:
/**
  The words by which cargo turns on the features that the interfaces of members are described with: what
  `{features}` stands for. What a package does not have is left out: an earlier one may be without.

  # Inputs

  `interface`
  : Member to the features that are asked for (see readInterface).

  `members`
  : The members that a record is of.

  `workspace`
  : As readWorkspace gives it.
*/
{
  interface,
  members,
  workspace,
}:
let
  of =
    name:
    let
      asked =
        interface.${name} or {
          all = false;
          features = [ ];
        };
      on = lib.filter (
        feature: feature != "default" && (asked.all || lib.elem feature asked.features)
      ) workspace.features.${name};
    in
    map (feature: "${name}/${feature}") on;
  all = lib.concatMap of members;
in
lib.optional (all != [ ]) "--features=${lib.concatStringsSep "," all}"
