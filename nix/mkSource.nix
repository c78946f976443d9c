{ lib }:
/**
  The sources of a workspace as its records see them: every file, for a test may read any, but not
  what version control, builds and shells leave beside them, nor the views that are made from
  records: a new badge is no reason to test again.

  # Inputs

  `src`
  : The workspace's folder.

  `without`
  : Paths from its root that are no sources.
*/
{
  src,
  without ? [ ],
}:
lib.cleanSourceWith {
  inherit src;
  name = "source";
  filter =
    path: type:
    let
      base = baseNameOf path;
      inside = lib.removePrefix "${toString src}/" path;
    in
    !(
      base == ".git"
      || base == ".direnv"
      || (type == "directory" && inside == "target")
      || lib.elem inside without
      || (type == "symlink" && lib.hasPrefix "result" base)
    );
}
