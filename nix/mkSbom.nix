{ functions, lib }:
/**
  The bills of materials of all packages that are shipped, a file each, also when their stage fails, and whatever set it
  belongs to.

  # Inputs

  The context that mkPipeline makes, with `records`, and in `stages` all that are not switched off.
*/
context:
let
  holdsBoms = stage: lib.any (evidence: (evidence.kind or "") == "cyclonedx") stage.evidence;
in
functions.mkView (
  context
  // {
    view = "sbom";
    baseline = null;
    stages = lib.filter holdsBoms context.stages;
  }
)
