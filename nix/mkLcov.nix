{ functions, lib }:
/**
  Which lines tests ran how often, as LCOV, also when stages fail.

  # Inputs

  The context that mkPipeline makes, with `records` and `stages`.
*/
context:
functions.mkView (
  context
  // {
    view = "lcov";
    baseline = null;
    stages = lib.filter (stage: stage.gate == "coverage") context.stages;
  }
)
