{ functions, lib }:
/**
  What is wrong with what a function was given, in words.

  # Inputs

  The function's name, as options.toml has it in `of`.

  # Outputs

  `names`, of a set of arguments: what is wrong with their names, null where nothing is. `value`, of the name of an
  argument and of what was given for it: why it is refused, or null.
*/
name:
let
  options = lib.filter (option: lib.elem name option.of) functions.readOptions;
  byName = lib.listToAttrs (map (option: lib.nameValuePair option.name option) options);
  known = lib.attrNames byName;
  # Of names that are as near as each other, the first.
  nearest =
    given:
    lib.foldl' (
      best: it: if lib.strings.levenshtein given it < lib.strings.levenshtein given best then it else best
    ) (lib.head known) known;
  # What has hardly a letter in common helps nobody.
  isNear = given: lib.strings.levenshtein given (nearest given) * 2 <= lib.stringLength given;
  suggested =
    given:
    if isNear given then
      "did you mean `${nearest given}`?"
    else
      "it has ${lib.concatStringsSep ", " known}";
in
{
  names =
    arguments:
    let
      unknown = lib.filter (given: !(byName ? ${given})) (lib.attrNames arguments);
      missing = lib.filter (it: byName.${it}.isRequired && !(arguments ? ${it})) known;
      given = lib.head unknown;
      lacks = lib.head missing;
    in
    if !(builtins.isAttrs arguments) then
      "${name} wants a set of arguments, such as `{ src = ./.; }`, not ${functions.showValue arguments}"
    else if unknown != [ ] then
      "${name} has no argument `${given}`; ${suggested given}"
    else if missing != [ ] then
      "${name} lacks the argument `${lacks}`, which wants ${byName.${lacks}.wants}"
    else
      null;
  value =
    given: value:
    let
      option = byName.${given};
    in
    if (value == null && !option.isRequired) || option.accepts value then
      null
    else
      "${name}: `${given}` wants ${option.wants}, not ${functions.showValue value}";
}
