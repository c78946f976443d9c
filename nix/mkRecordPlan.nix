{ functions, lib }:
/**
  A row of the table as the shell functions that record.sh calls. Every word is quoted; {record}
  and {target} are put in at run time.

  # Inputs

  `stage`
  : The stage's row.

  `select`
  : The words that `{packages}` stands for.

  `features`
  : Those that `{features}` stands for (`[ ]`).

  `shard`
  : Those that `{shard}` stands for (`[ ]`).
*/
{
  stage,
  select,
  features ? [ ],
  shard ? [ ],
}:
let
  fill = lib.concatMap (
    word:
    if word == "{features}" then
      features
    else if word == "{shard}" then
      shard
    else
      [ word ]
  );
  call = words: lib.escapeShellArgs words + "\n";
  # The exit statuses of the deciding step after which there is a step, file or output.
  after = row: if row.after == null then "*" else toString row.after;
  exports = lib.concatStrings (
    lib.mapAttrsToList (
      name: value:
      call [
        "record_export"
        name
        value
      ]
    ) stage.env
  );
  files = lib.concatMapStrings (
    file:
    call [
      "record_file"
      (if file.executable then "755" else "644")
      file.name
      file.text
    ]
  ) stage.file;
  steps = lib.concatMapStrings (
    step:
    call (
      [
        "record_step"
        (if step.decides then "decides" else "helps")
        (toString step.answers)
        (after step)
        step.stdout
        step.stderr
      ]
      ++ functions.fillPackages select (fill step.run)
    )
  ) (lib.filter (step: step.engine != "host") stage.step);
  places = lib.concatMapStrings (
    output:
    call [
      "record_output_place"
      output.from
      output.name
    ]
  ) stage.output;
  outputs = lib.concatMapStrings (
    output:
    call [
      "record_output"
      output.from
      output.name
      (after output)
    ]
  ) stage.output;
  evidence = lib.concatMapStrings (
    evidence:
    call [
      "record_evidence"
      evidence.file
      (after evidence)
    ]
  ) stage.evidence;
  function = name: body: ''
    ${name}() {
    ${body}:
    }
  '';
in
function "record_plan_steps" (exports + files + places + steps)
+ function "record_plan_results" (outputs + evidence)
