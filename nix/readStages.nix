{ lib }:
/**
  The table of stages, with the optional fields filled in.

  # Inputs

  `text`
  : The table (that of this project).

  `own`
  : Stages of a workspace's own, as readConfig gives them (`{ }`).

  `settings`
  : Values of the configuration by key, for rows that have their place in texts; null leaves these as they are
    (null).

  # Outputs

  `stages` in the table's order, `stage.<id>`, `material.<id>`, `layers.<id>`, `tools.<id>`, `faults`,
  `groups.<id>` (the ids of a group's stages).
*/
{
  text ? builtins.readFile ../crates/blocks-stages/stages.toml,
  own ? { },
  settings ? null,
}:
let
  table = builtins.fromTOML text;
  byId =
    rows:
    lib.listToAttrs (
      map (row: {
        name = row.id;
        value = row;
      }) rows
    );

  step = {
    after = null;
    answers = [ 0 ];
    decides = false;
    engine = null;
    stderr = "";
    stdout = "";
  };
  # A row that has its record from another row needs none of the fields that make one.
  complete =
    row:
    {
      compares = false;
      compiler = "rustc";
      crates = false;
      database = false;
      depends_on = [ ];
      env = { };
      everything = false;
      fix = [ ];
      host_only = false;
      layer = "none";
      longest = false;
      marked = [ ];
      material = null;
      opt_in = false;
      own_library = false;
      packaged = false;
      reads = [ ];
      record = row.id;
      settings = [ ];
      texts = [ ];
      tools = [ ];
      tools_where = [ ];
      without_tests = false;
    }
    // row
    // {
      evidence = map (evidence: { after = null; } // evidence) (row.evidence or [ ]);
      file = map (file: { executable = false; } // file) (row.file or [ ]);
      output = map (output: { after = null; } // output) (row.output or [ ]);
      step = map (given: step // given) (row.step or [ ]);
    };
  # As blocks-stages/src/settings.rs has it.
  fill =
    row:
    let
      text = builtins.replaceStrings (map (key: "{${key}}") row.settings) (
        map (key: settings.${key}) row.settings
      );
    in
    if settings == null || row.settings == [ ] then
      row
    else
      row
      // {
        env = lib.mapAttrs (_: text) row.env;
        file = map (file: file // { text = text file.text; }) row.file;
        step = map (given: given // { run = map text given.run; }) row.step;
        reads =
          row.reads
          ++ lib.optionals (lib.elem "docs.files" row.settings) (
            lib.filter (file: file != "") (lib.splitString ", " settings."docs.files")
          );
      };
  # As blocks-stages/src/own.rs has it.
  ownRow = id: settings: {
    inherit id;
    inherit (settings) layer set;
    title = if settings.title == "" then id else settings.title;
    why = "A stage of this workspace's own.";
    scope = if lib.elem "{packages}" settings.run then "member" else "workspace";
    gate = "command";
    # What compiles nothing may ask cargo about dependencies.
    crates = true;
    reads = settings.files;
    step = [
      {
        inherit (settings) run;
        stdout = "stdout.txt";
        stderr = "stderr.txt";
        decides = true;
        # From 125 on a shell tells of programs that cannot be run, and of signals.
        answers = lib.range 0 124;
      }
    ];
    evidence = [
      { file = "stdout.txt"; }
      { file = "stderr.txt"; }
    ];
  };
  # As blocks-stages/src/like.rs has it: rows with the fields of those that they are like.
  rows = lib.foldl' (
    before: row:
    before
    ++ [
      (
        if row ? like then
          lib.findFirst (it: it.id == row.like) { } before // removeAttrs row [ "like" ]
        else
          row
      )
    ]
  ) [ ] table.stage;
  stages = map (row: fill (complete row)) (rows ++ lib.mapAttrsToList ownRow own);
  compiler = {
    members_only = false;
    prepare_aborting = [ ];
    share = [ ];
    share_aborting = [ ];
  };
  completeLayer =
    row:
    {
      apart = false;
      env = { };
      standard_library = false;
    }
    // row
    // {
      compiler = map (given: compiler // given) (row.compiler or [ ]);
    };
  # Groups name those before them only, so that this ends.
  stagesOf =
    name: if group ? ${name} then lib.unique (lib.concatMap stagesOf group.${name}.of) else [ name ];
  group = byId (table.group or [ ]);
in
lib.throwIfNot (table.schema == 1)
  "stages.toml has schema ${toString table.schema}; this version of Blocks reads schema 1"
  {
    inherit stages;
    stage = byId stages;
    material = byId (map (row: fill (complete row)) (table.material or [ ]));
    faults = table.fault or [ ];
    groups = lib.mapAttrs (name: _: stagesOf name) group;
    layers = byId (map completeLayer table.layer);
    tools = byId (
      map (
        tool:
        {
          components = [ ];
          version = null;
        }
        // tool
      ) table.tool
    );
  }
