# The shell text of a row.
{ functions, lib }:
let
  plan =
    stage:
    functions.mkRecordPlan {
      select = [
        "--package"
        "a"
      ];
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
  "the words that select packages stand where the row says so" = {
    is = lib.hasInfix "tool --package a '--flag={packages}'\n" (plan ''
      [[stage.step]]
      run = ["tool", "{packages}", "--flag={packages}"]
    '');
    wants = true;
  };
  "a step for the host's target folder is none of Nix" = {
    is = lib.hasInfix "clean" (plan ''
      [[stage.step]]
      run = ["clean"]
      engine = "host"
    '');
    wants = false;
  };
  "a row of an unknown schema is refused" = {
    is = (builtins.tryEval (functions.readStages { text = "schema = 2"; })).success;
    wants = false;
  };
}
