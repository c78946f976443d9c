{ functions, lib }:
/**
  The report of a pipeline, a page and the same for programs, also when stages fail.

  # Inputs

  The context that mkPipeline makes, with `records`, `stages` and `revision`.
*/
context:
functions.mkView (
  context
  // {
    view = "report";
    words = [
      "--name"
      context.name
    ]
    ++ lib.optionals (context.revision != null) [
      "--revision"
      context.revision
    ];
  }
)
