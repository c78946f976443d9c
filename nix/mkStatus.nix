{ functions }:
/**
  The status of a pipeline, also when stages fail.

  # Inputs

  The context that mkPipeline makes, with `records` and `stages`.
*/
context: functions.mkView (context // { view = "status"; })
