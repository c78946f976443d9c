# The shell text of a row.
{ functions, lib }:
let
  plan =
    stage:
    functions.mkRecordPlan {
      stage =
        (functions.readStages {
          text = ''
            schema = 1
            layer = []
            tool = []
            [[stage]]
            id = "x"
            ${stage}
          '';
        }).stage.x;
    };
in
{
  "words reach the shell as they stand" = {
    is = lib.hasInfix "record_step decides '0 1' '*' out.txt '' tool '$(no) `shell` '\\''reads'\\'' this'" (plan ''
      [[stage.step]]
      run = ["tool", "$(no) `shell` 'reads' this"]
      stdout = "out.txt"
      decides = true
      answers = [0, 1]
    '');
    wants = true;
  };
  "a step that needs an answer of the deciding step says which" = {
    is = lib.hasInfix "record_step helps 0 '0 100' '' '' tool\n" (plan ''
      [[stage.step]]
      run = ["tool"]
      after = [0, 100]
    '');
    wants = true;
  };
  "a row of an unknown schema is refused" = {
    is = (builtins.tryEval (functions.readStages { text = "schema = 2"; })).success;
    wants = false;
  };
}
