{ functions }:
/**
  What can be done about what failed: `fixes.patch` for `git apply`, a patch a stage, `fixes.json` and `fixes.md`, also when
  stages fail, and with nothing in it to apply when none does.

  Nothing is built of what the patch leaves: its parts say so. `cargo blocks fix` tries them.

  # Inputs

  The context that mkPipeline makes, with `records` and `stages`.
*/
context:
functions.mkView (
  context
  // {
    view = "fixes";
    # The very sources that the records are of: places in evidence are places in them.
    words = [
      "--sources"
      "${(context.workspace.everything [ ]).source}"
    ];
  }
)
