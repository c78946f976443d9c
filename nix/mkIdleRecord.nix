_:
/**
  The record of a stage that has nothing to ask of a unit: none of its members depends on the crates that the stage is
  about, or no text has the words that it looks for. Nothing is compiled for it, and no edit of code makes it again.

  # Inputs

  `name`
  : A word for derivation names.

  `pkgs`
  : nixpkgs for the system.

  `stage`
  : The stage's row.

  `unit`
  : The members that it is of.
*/
{
  name,
  pkgs,
  stage,
  unit,
}:
let
  # As blocks-stages has it.
  reason =
    if stage.depends_on != [ ] then
      "no member depends on ${builtins.concatStringsSep " or " stage.depends_on}"
    else
      "no text holds `${builtins.concatStringsSep "` or `" stage.marked}`";
  # What the answer depends on.
  of = builtins.toJSON [
    stage.id
    unit.name
    unit.members
    reason
  ];
  sources = "nix-${builtins.substring 0 32 (builtins.hashString "sha256" of)}";
  record = {
    inherit reason sources;
    inherit (unit) members;
    schema = 1;
    stage = stage.id;
    unit = unit.name;
    toolchain = {
      rustc = "";
      cargo = "";
    };
    root = "";
    ended = "not-applicable";
    exit = null;
    steps = [ ];
    evidence = [ ];
  };
in
pkgs.runCommand "${name}-idle-record-${stage.id}-${unit.name}"
  {
    record = builtins.toJSON record;
    passthru = {
      inherit sources;
      stage = stage.id;
    };
  }
  ''
    mkdir "$out"
    : >"$out/log"
    printf '%s\n' "$record" >"$out/record.json"
  ''
