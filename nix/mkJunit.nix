{ functions, lib }:
/**
  One JUnit report of all tests of a pipeline, also when stages fail.

  # Inputs

  The context that mkPipeline makes, with `records` and `stages`.
*/
context:
let
  # What has no tests, or what they are compared with, must not keep the report from being made.
  holdsTests =
    stage:
    lib.any (
      evidence:
      lib.elem (evidence.kind or "") [
        "junit"
        "libtest-text"
      ]
    ) stage.evidence;
in
functions.mkView (
  context
  // {
    view = "junit";
    baseline = null;
    stages = lib.filter holdsTests context.stages;
  }
)
