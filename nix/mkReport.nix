{ functions, lib }:
/**
  The report of a pipeline, a page and the same for programs, also when stages fail.

  # Inputs

  The context that mkPipeline makes, with `src`, `records`, `stages` and `revision`.
*/
context:
let
  # Of a flake, the store has its repository, and the workspace may lie below the root of that.
  src = builtins.unsafeDiscardStringContext (toString context.src);
  below = builtins.match "${lib.escapeRegex builtins.storeDir}/[^/]+/(.+)" src;
  folder = if below == null then "" else lib.head below;
in
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
    ]
    ++ lib.optionals (folder != "") [
      "--folder"
      folder
    ];
  }
)
