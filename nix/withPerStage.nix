{ lib }:
/**
  The table of stages with what callers give single ones of them beyond its rows.

  # Inputs

  `perStage`
  : As for mkPipeline.

  `table`
  : As readStages gives it.

  # Outputs

  The table; each of its stages has `given`, with `env` and `nativeBuildInputs`, and the arguments for cargo are in the
  step that decides: after the words that select packages, and what follows a `--` at its end.
*/
{ perStage, table }:
let
  byId = lib.listToAttrs (map (stage: lib.nameValuePair stage.id stage) table.stages);
  splitAtDashes =
    words:
    let
      at = lib.findFirst (n: lib.elemAt words n == "--") (lib.length words) (
        lib.range 0 (lib.length words - 1)
      );
    in
    {
      before = lib.take at words;
      after = lib.drop (at + 1) words;
    };
  takesArguments = step: step.decides && lib.elem "{packages}" step.run;
  add =
    arguments: words:
    let
      given = splitAtDashes arguments;
      own = splitAtDashes words;
      after = own.after ++ given.after;
      put = word: if word == "{packages}" then [ word ] ++ given.before else [ word ];
    in
    lib.concatMap put own.before ++ lib.optionals (after != [ ]) ([ "--" ] ++ after);
  fill =
    stage:
    let
      given = perStage.${stage.id} or { };
    in
    stage
    // {
      given = {
        env = given.env or { };
        nativeBuildInputs = given.nativeBuildInputs or [ ];
      };
      step = map (
        step:
        if given ? arguments && takesArguments step then
          step // { run = add given.arguments step.run; }
        else
          step
      ) stage.step;
    };
  # Why what is given for a stage would be for nothing; null where it is not.
  refusal =
    id: given:
    let
      stage = byId.${id};
    in
    if !(byId ? ${id}) then
      "there is no such stage; there are ${lib.concatStringsSep ", " (lib.attrNames byId)}"
    else if stage.record != id then
      "that stage runs nothing and judges the record of `${stage.record}`, so name that one"
    else if given ? arguments && !(lib.any takesArguments stage.step) then
      "no command of that stage selects packages, so that it takes no `arguments`"
    else
      null;
  refused = lib.filterAttrs (_: why: why != null) (lib.mapAttrs refusal perStage);
  id = lib.head (lib.attrNames refused);
  stages = map fill table.stages;
in
if refused != { } then
  throw "mkPipeline: perStage.${id}: ${refused.${id}}"
else
  table
  // {
    inherit stages;
    stage = lib.listToAttrs (map (stage: lib.nameValuePair stage.id stage) stages);
  }
