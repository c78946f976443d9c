_:
/**
  What a record says of the sources that it was made from: `nix-` and the hash of their store path.
  A gate refuses the record of other sources.

  # Inputs

  `source`
  : The sources, as mkSource makes them.
*/
source:
"nix-" + builtins.substring 0 32 (baseNameOf (builtins.unsafeDiscardStringContext "${source}"))
