# What depends on what: each check on the record of its own row, nothing on more than it reads.
{
  functions,
  lib,
  pkgs,
}:
let
  pipeline =
    change:
    functions.mkPipeline (
      {
        inherit pkgs;
        src = ./workspace;
        blocks = pkgs.jq;
      }
      // change
    );
  plain = pipeline { };
  edited = pipeline { src = ./edited; };
  otherProgram = pipeline { blocks = pkgs.zstd; };
  asked = pipeline { attempts.test = "2"; };
  compared = pipeline {
    src = ./edited;
    baseline = ./workspace;
  };
  # A configuration with something that holds until a day.
  dated =
    today:
    let
      read = functions.readPipeline { src = ./workspace; };
    in
    pipeline {
      inherit today;
      read = read // {
        config = read.config // {
          isDated = true;
        };
      };
    };
  # A database with a revision, as an input of a flake has it.
  database = {
    outPath = "${./database}";
    rev = "0123456789abcdef0123456789abcdef01234567";
    lastModified = 1784984400;
  };
  informed =
    change:
    pipeline (
      {
        advisory-db = database;
        today = "2027-01-31";
      }
      // change
    );
  # What the record of a stage knows of a database.
  databaseOf =
    stage: made:
    let
      env = (lib.head (lib.attrValues made.records.${stage})).drvAttrs;
    in
    lib.filterAttrs (name: _: lib.hasPrefix "recordDatabase" name) (env // env.env or { });
  # What a check or a view runs. The patch of fixes is made where cargo can try it.
  commandOf = drv: drv.drvAttrs.buildCommand or drv.drvAttrs.buildPhase;
  # The checks and views that are not told this word for the day.
  notTold =
    day: made:
    lib.attrNames (
      lib.filterAttrs (_: drv: !(lib.hasInfix " --today ${day} " (commandOf drv))) (
        made.checks // made.packages
      )
    );
  # Members with programs of a workspace whose `app` says this of where it is published.
  released =
    publish: named:
    let
      src = ./workspaces/virtual;
      workspace = functions.readWorkspace { inherit src; };
    in
    functions.readReleased {
      inherit named src;
      workspace = lib.recursiveUpdate workspace {
        packages.app.manifest.package = { inherit publish; };
      };
    };
  # The same code with a changelog.
  told = pipeline {
    src = ./told;
    baseline = ./workspace;
  };
  # The library with features, and the configuration that describes it with these.
  described =
    asked: change:
    let
      read = functions.readPipeline { src = ./featured; };
    in
    pipeline (
      {
        src = ./featured;
        baseline = ./workspace;
        read = read // {
          config = read.config // {
            interface = asked;
          };
        };
      }
      // change
    );
  some = features: {
    fixture = {
      all = false;
      inherit features;
    };
  };
  every = {
    fixture = {
      all = true;
      features = [ ];
    };
  };
  # The words by which a record of interfaces turns on features.
  featuresOn =
    made:
    let
      plan = (lib.head (lib.attrValues made.materials.interface)).drvAttrs.buildPhase;
      words = builtins.match ".* '?(--features=[a-z/,-]*)'?[ \n].*" plan;
    in
    if words == null then "" else lib.head words;
  table = functions.readStages { };
  # The same configuration with another number of seeds and preemptions.
  withSettings =
    settings:
    let
      read = functions.readPipeline { src = ./workspace; };
    in
    pipeline {
      read = read // {
        table = functions.readStages { settings = read.config.settings // settings; };
      };
    };
  # The same configuration with tests of the member divided.
  divided =
    let
      read = functions.readPipeline { src = ./workspace; };
    in
    pipeline {
      read = read // {
        config = read.config // {
          shards.fixture = 3;
        };
      };
    };
  partitionOf =
    drv:
    builtins.match ".* --partition (hash:[0-9/]+) .*" (
      lib.replaceStrings [ "'" "\n" ] [ "" " " ] drv.drvAttrs.buildPhase
    );
  # A configuration that switches bills of materials off.
  withoutBoms =
    let
      read = functions.readPipeline { src = ./workspace; };
    in
    pipeline {
      read = read // {
        config = lib.recursiveUpdate read.config { stages.sbom.enabled = false; };
      };
    };
  # A nightly that has its components, as derivations see it.
  nightlySrc = pkgs.runCommand "nightly-with-src" {
    pname = "nightly";
    version = "1";
  } "mkdir $out";
  withNightly = pipeline {
    channels = {
      rust-miri = nightlySrc;
      rust-nightly-src = nightlySrc;
    };
  };
  recordOf = stage: made: lib.head (lib.attrValues made.records.${stage});
  # The store paths that a derivation is made with.
  inputsOf =
    drv:
    lib.attrNames (
      builtins.getContext (
        builtins.toJSON (lib.filterAttrs (_: lib.isString) (drv.drvAttrs // drv.drvAttrs.env or { }))
      )
    );
  namesOf = drv: map (path: lib.removeSuffix ".drv" (builtins.substring 44 (-1) path)) (inputsOf drv);

  drvs = lib.mapAttrs (_: drv: drv.drvPath);
  # The records of a stage; the workspace has one member.
  records = made: lib.mapAttrs (_: units: (lib.head (lib.attrValues units)).drvPath) made.records;
  # The stages whose record a check refers to.
  referred =
    check:
    let
      context = builtins.getContext check.drvAttrs.recordsList;
      isIn = drvPath: context ? ${builtins.unsafeDiscardStringContext drvPath};
    in
    lib.attrNames (lib.filterAttrs (_: isIn) (records plain));
  changed = before: after: lib.filter (name: before.${name} != after.${name}) (lib.attrNames before);
  # What the configuration does not say is on is no check.
  quick = lib.filter (stage: stage.set == "quick" && !stage.opt_in) table.stages;
  optIn = map (stage: stage.id) (lib.filter (stage: stage.opt_in && !stage.host_only) table.stages);
  ofMachines = lib.filter (stage: stage.host_only) table.stages;
  # The same with these stages switched on.
  withStages =
    ids:
    let
      read = functions.readPipeline { src = ./workspace; };
      stages =
        read.config.stages
        // lib.genAttrs ids (_: {
          enabled = true;
        });
    in
    pipeline {
      read = read // {
        config = read.config // {
          inherit stages;
        };
      };
    };
  # The stages whose steps compare.
  comparing = lib.sort lib.lessThan (
    map (stage: stage.id) (lib.filter (stage: stage.material != null && !stage.host_only) table.stages)
  );
  # The derivations that a group's refers to.
  checksOf =
    group:
    lib.sort lib.lessThan (
      lib.attrNames (builtins.getContext plain.groups.${group}.drvAttrs.buildCommand)
    );
in
{
  "programs are released of members that are published, and of others by their names" = {
    is = [
      (released true [ ])
      (released [ "mine" ] [ ])
      (released false [ ])
      (released [ ] [ ])
      (released false [ "app" ])
      (builtins.tryEval (released true [ "base" ])).success
    ];
    wants = [
      [ "app" ]
      [ "app" ]
      [ ]
      [ ]
      [ "app" ]
      false
    ];
  };
  "the checks are the quick rows of the table" = {
    is = lib.attrNames plain.checks;
    wants = lib.sort lib.lessThan (map (stage: stage.id) quick);
  };
  "an opt-in stage has a check, a record and tools where it is asked for, and only there" = {
    is =
      map
        (
          made:
          let
            names = map lib.getName made.devShell.drvAttrs.nativeBuildInputs;
            tools = lib.concatMap (id: table.stage.${id}.tools) optIn;
          in
          {
            checks = lib.filter (id: made.checks ? ${id}) optIn;
            records = lib.filter (id: made.records ? ${id}) optIn;
            tools = lib.filter (tool: lib.elem tool names) tools;
          }
        )
        [
          plain
          (withStages optIn)
        ];
    wants = [
      {
        checks = [ ];
        records = [ ];
        tools = [ ];
      }
      {
        checks = optIn;
        records = optIn;
        tools = lib.concatMap (id: table.stage.${id}.tools) optIn;
      }
    ];
  };
  "what measures a machine has no check and no record, also where it is asked for, and both sides' programs" =
    {
      is = map (
        { id, material, ... }:
        let
          made = withStages [ id ];
        in
        {
          check = made.checks ? ${id};
          record = made.records ? ${id};
          programs = material == null || made.materials ? ${material};
        }
      ) ofMachines;
      wants = map (_: {
        check = false;
        record = false;
        programs = true;
      }) ofMachines;
    };
  "each check refers to the record of its own row, and to no other" = {
    is = lib.mapAttrs (_: referred) plain.checks;
    wants = lib.listToAttrs (
      # What only compares has no record here.
      map (stage: lib.nameValuePair stage.id (lib.optional (stage.material == null) stage.record)) quick
    );
  };
  "the program that tells people reads the report of this pipeline" = {
    is = lib.hasInfix (builtins.unsafeDiscardStringContext "--report ${plain.packages.report}/report.json ") (
      builtins.unsafeDiscardStringContext plain.programs.notify.drvAttrs.text
    );
    wants = true;
  };
  "no two checks are one derivation" = {
    is = lib.length (lib.unique (lib.attrValues (drvs plain.checks)));
    wants = lib.length quick;
  };
  "each check asks for the verdict of the stage that it is named after" = {
    is = lib.filter (
      id: !(lib.hasInfix "cargo-blocks gate ${id} " plain.checks.${id}.drvAttrs.buildCommand)
    ) (lib.attrNames plain.checks);
    wants = [ ];
  };
  "each view is made by the command that it is named after" = {
    is = lib.filter (
      view:
      let
        command = if view == "api-docs" then "docs api" else view;
      in
      !(lib.hasInfix "cargo-blocks ${command} " (commandOf plain.packages.${view}))
    ) (lib.attrNames plain.packages);
    wants = [ ];
  };
  "where nothing has a date, the day is no part of a check" = {
    is = map drvs [
      (pipeline { today = "2027-01-31"; }).checks
      (pipeline { today = "20270131235959"; }).packages
    ];
    wants = map drvs [
      plain.checks
      plain.packages
    ];
  };
  "where something has a date, each verdict is of the day of the sources" = {
    is = map (notTold "2027-01-31") [
      (dated "2027-01-31")
      (dated "20270131235959")
    ];
    wants = [
      [ ]
      [ ]
    ];
  };
  "a day that nobody knows is said to be so" = {
    is = map (notTold "unknown") [
      plain
      (dated null)
    ];
    wants = [
      [ ]
      [ ]
    ];
  };
  "what is no day is refused" = {
    is = (builtins.tryEval (functions.readDay "soon")).success;
    wants = false;
  };
  "of a database its age counts, on the day of the sources" = {
    is = notTold "2027-01-31" (informed { });
    # Nor are the report of tests and bills of materials about databases.
    wants = lib.sort lib.lessThan (
      lib.filter (id: id != "advisories") (lib.attrNames plain.checks)
      ++ [
        "api-docs"
        "junit"
        "lcov"
        "sbom"
      ]
    );
  };
  "a database is no part of other stages" = {
    is = map (made: removeAttrs (drvs made.checks) [ "advisories" ]) [
      (informed { })
      (informed { advisory-db = ./database; })
    ];
    wants = map (made: removeAttrs (drvs made.checks) [ "advisories" ]) [
      plain
      plain
    ];
  };
  "another database is another record of its stage" = {
    is = lib.length (
      lib.unique (
        map (made: (records made).advisories) [
          plain
          (informed { })
          (informed { advisory-db = ./database; })
          (informed {
            advisory-db = database // {
              lastModified = 1;
            };
          })
        ]
      )
    );
    wants = 4;
  };
  "a database has a date where it has a revision" = {
    is = map (made: (databaseOf "advisories" made).recordDatabaseDate) [
      plain
      (informed { })
      (informed { advisory-db = removeAttrs database [ "rev" ]; })
      (informed { advisory-db = ./database; })
    ];
    wants = [
      ""
      "1784984400"
      ""
      ""
    ];
  };
  "who looks nothing up is told of no database" = {
    is = map (stage: databaseOf stage (informed { })) [
      "deps"
      "test"
    ];
    wants = [
      { }
      { }
    ];
  };
  "a folder that is no database is refused" = {
    is = (builtins.tryEval (functions.readDatabase ./workspace)).success;
    wants = false;
  };
  "what is said of a member that there is not is refused" = {
    is =
      let
        made = src: (lib.head (lib.attrValues (pipeline { inherit src; }).records.test)).drvPath;
      in
      map (src: (builtins.tryEval (made src)).success) [
        ./strange
        ./limited
      ];
    wants = [
      false
      false
    ];
  };
  "what a baseline says of a member that there is not stops nobody" = {
    is =
      map (baseline: (builtins.tryEval (pipeline { inherit baseline; }).checks.coverage.drvPath).success)
        [
          ./strange
          ./limited
        ];
    wants = [
      true
      true
    ];
  };
  "a group without a stage that is on says so, and builds nothing" = {
    is =
      map
        (
          checks:
          (builtins.tryEval
            (functions.mkGroup {
              inherit checks pkgs;
              id = "verify_api";
              name = "x";
            }).drvPath
          ).success
        )
        [
          { }
          { inherit (plain.checks) fmt; }
        ];
    wants = [
      false
      true
    ];
  };
  "the report of tests is of records with tests, and of no baseline" = {
    is = [
      (lib.hasInfix "--baseline" compared.packages.junit.drvAttrs.buildCommand)
      (lib.hasInfix "semver/" compared.packages.junit.drvAttrs.recordsList)
    ];
    wants = [
      false
      false
    ];
  };
  "lines that ran are of the record that coverage judges, and of no baseline" = {
    is = [
      (lib.hasInfix "--baseline" compared.packages.lcov.drvAttrs.buildCommand)
      (lib.unique (
        lib.concatMap (line: lib.take 1 (lib.splitString "/" line)) (
          lib.filter (line: line != "") (lib.splitString "\n" compared.packages.lcov.drvAttrs.recordsList)
        )
      ))
    ];
    wants = [
      false
      [ "test" ]
    ];
  };
  "bills of materials are of their record alone, whatever set that belongs to, and of none where they are switched off" =
    {
      is =
        map
          (made: [
            (lib.concatMap (line: lib.take 1 (lib.splitString "/" line)) (
              lib.filter (line: line != "") (lib.splitString "\n" made.packages.sbom.drvAttrs.recordsList)
            ))
            (made.checks ? sbom)
          ])
          [
            compared
            withoutBoms
          ];
      wants = [
        [
          [ "sbom" ]
          false
        ]
        [
          [ ]
          false
        ]
      ];
    };
  "an edit to code leaves the third-party layers as they are" = {
    is = drvs edited.layers;
    wants = drvs plain.layers;
  };
  "an edit to code makes every record again, but where there is nothing to ask" = {
    is = changed (records plain) (records edited);
    wants = lib.filter (
      id:
      table.stage.${id}.depends_on == [ ]
      && table.stage.${id}.marked == [ ]
      && !table.stage.${id}.everything
    ) (lib.attrNames plain.records);
  };
  "who depends on no model checker compiles nothing for it" = {
    is = {
      uses = lib.filter (name: lib.hasInfix "-loom" name) (namesOf (recordOf "loom" plain));
      reason = (builtins.fromJSON (recordOf "loom" plain).drvAttrs.record).reason;
    };
    wants = {
      uses = [ ];
      reason = "no member depends on loom";
    };
  };
  "without a region in a page nobody looks into pages" = {
    is = (builtins.fromJSON (recordOf "readme" plain).drvAttrs.record).reason;
    wants = "no text holds `blocks:` or `/blocks`";
  };
  "a record that has nothing to ask says the sources that are expected of it" = {
    is = (builtins.fromJSON (recordOf "loom" plain).drvAttrs.record).sources;
    wants = (recordOf "loom" plain).sources;
  };
  "a setting is a part of the records of the rows that list it" = {
    is = changed (records plain) (
      records (withSettings {
        "verify.miri_seeds" = "3";
      })
    );
    wants = [ "miri" ];
  };
  "tests that are divided have a record a share, each of its own tests" = {
    is = lib.mapAttrs (_: partitionOf) divided.records.test;
    wants = {
      "fixture.1-of-3" = [ "hash:1/3" ];
      "fixture.2-of-3" = [ "hash:2/3" ];
      "fixture.3-of-3" = [ "hash:3/3" ];
    };
  };
  "what divides no tests has the records that it had" = {
    is = lib.filter (id: lib.attrNames divided.records.${id} != lib.attrNames plain.records.${id}) (
      lib.attrNames plain.records
    );
    wants = lib.filter (id: lib.any (step: lib.elem "{shard}" step.run) table.stage.${id}.step) (
      lib.attrNames plain.records
    );
  };
  "Miri has its own standard library, made of the toolchain that interprets" = {
    is = {
      uses = lib.filter (name: name == "miri-sysroot") (namesOf (recordOf "miri" withNightly));
      madeOf =
        (functions.mkMiriSysroot {
          inherit pkgs;
          toolchain = nightlySrc;
        }).drvAttrs.library;
    };
    wants = {
      uses = [ "miri-sysroot" ];
      madeOf = "${nightlySrc}/lib/rustlib/src/rust/library";
    };
  };
  "the standard library's crates are beside the workspace's where it is compiled, and nowhere else" =
    {
      is = lib.mapAttrs (_: made: made.drvAttrs ? library) {
        thread = (recordOf "thread" withNightly).drvAttrs.cargoVendorDir;
        memory = (recordOf "memory" withNightly).drvAttrs.cargoVendorDir;
      };
      wants = {
        thread = true;
        memory = false;
      };
    };
  "another version of cargo-blocks makes no record again" = {
    is = changed (records plain) (records otherProgram);
    wants = [ ];
  };
  "another version of cargo-blocks judges everything again" = {
    is = changed (drvs plain.checks) (drvs otherProgram.checks);
    wants = lib.attrNames plain.checks;
  };
  "asking a stage again makes its record again, and no other" = {
    is = changed (records plain) (records asked);
    wants = [ "test" ];
  };
  "only stages that compare refer to a baseline" = {
    is = changed (drvs edited.checks) (drvs compared.checks);
    wants = lib.sort lib.lessThan (map (stage: stage.id) (lib.filter (stage: stage.compares) quick));
  };
  "views compare where there is a baseline" = {
    is =
      map
        (
          made:
          lib.mapAttrs (_: view: lib.hasInfix "--baseline" (commandOf view)) (
            removeAttrs made.packages [
              "api-docs"
              "junit"
              "lcov"
              "sbom"
            ]
          )
        )
        [
          compared
          plain
        ];
    wants =
      map
        (
          compares:
          lib.mapAttrs (_: _: compares) (
            removeAttrs plain.packages [
              "api-docs"
              "junit"
              "lcov"
              "sbom"
            ]
          )
        )
        [
          true
          false
        ];
  };
  "a report says which commit it is of, where that is known" = {
    is = map (made: lib.hasInfix "--revision" made.packages.report.drvAttrs.buildCommand) [
      plain
      (pipeline { revision = "0123"; })
    ];
    wants = [
      false
      true
    ];
  };
  "a report says where in its repository the workspace lies" = {
    is =
      map (made: lib.hasInfix "--folder nix/tests/workspace" made.packages.report.drvAttrs.buildCommand)
        [
          plain
          (pipeline { src = lib.cleanSource ./workspace; })
        ];
    wants = [
      true
      false
    ];
  };
  "beside what there is now lies the release of the baseline, by itself the same" = {
    is = [
      (lib.hasInfix (builtins.unsafeDiscardStringContext "--from ${plain.packages.api-docs.release} ") (
        commandOf compared.packages.api-docs
      ))
      (lib.hasInfix "--from" (commandOf plain.packages.api-docs))
    ];
    wants = [
      true
      false
    ];
  };
  "another commit is another report and site, and nothing else" = {
    is = changed (drvs plain.packages) (drvs (pipeline { revision = "0123"; }).packages);
    wants = [
      "api-docs"
      "report"
    ];
  };
  "views have the names that their users know" = {
    is = lib.mapAttrs (_: view: view.drvPath) plain.aliases;
    wants = {
      generate_api_docs = plain.packages.api-docs.drvPath;
      generate_build_report = plain.packages.report.drvPath;
      generate_failure_report = plain.packages.report.drvPath;
      suggest_fixes = plain.packages.fixes.drvPath;
      update_status = plain.packages.status.drvPath;
    };
  };
  "what only compares has a record where there is a baseline" = {
    is = lib.subtractLists (lib.attrNames edited.records) (lib.attrNames compared.records);
    wants = comparing;
  };
  "what is compared is what either side makes by itself" = {
    is = map (lib.mapAttrs (_: drvs)) [
      compared.materials
      compared.baseline.materials
    ];
    wants = map (lib.mapAttrs (_: drvs)) [
      edited.materials
      plain.materials
    ];
  };
  "an interface is described with the features that are asked for and there" = {
    is = map featuresOn [
      (described { } { })
      (described (some [ "plot" ]) { })
      (described every { })
      (described (some [ "plot" ]) { }).baseline
    ];
    wants = [
      ""
      "--features=fixture/plot"
      "--features=fixture/left,fixture/plot"
      ""
    ];
  };
  "a baseline is described with the features of what is compared with it" = {
    is = featuresOn (described (some [ "plot" ]) { baseline = ./featured; }).baseline;
    wants = "--features=fixture/plot";
  };
  "another feature makes what is compared again, and no other record" = {
    is = map (made: changed (records (described { } { })) (records made)) [
      (described (some [ "plot" ]) { })
      (described every { })
    ];
    wants = [
      [ "semver" ]
      [ "semver" ]
    ];
  };
  "a feature that is not there is refused" = {
    is = map (asked: (builtins.tryEval (featuresOn (described asked { }))).success) [
      (some [ "gone" ])
      { other = every.fixture; }
    ];
    wants = [
      false
      false
    ];
  };
  "a changelog makes the records again of the stages that read it, and no other" = {
    is = changed (records compared) (records told);
    wants = lib.sort lib.lessThan (
      map (stage: stage.id) (
        lib.filter (stage: stage.packaged || lib.elem "CHANGELOG.md" stage.texts) table.stages
      )
    );
  };
  "a changelog is nothing to what is compared" = {
    is = map (lib.mapAttrs (_: drvs)) [
      told.materials
      told.artifacts
    ];
    wants = map (lib.mapAttrs (_: drvs)) [
      compared.materials
      compared.artifacts
    ];
  };
  "what is published is there with its prose, and with what its manifest names elsewhere" = {
    is =
      map
        (
          packaged:
          let
            workspace = functions.readWorkspace { src = ./workspaces/virtual; };
            spec = builtins.readFile (workspace.tree { whole = [ "lonely" ]; } { inherit packaged; }).spec;
            paths = map (line: lib.head (lib.splitString "\t" line)) (lib.splitString "\n" spec);
          in
          [
            (lib.elem "README.md" paths)
            (lib.hasInfix "-lonely-packaged\n" spec)
          ]
        )
        [
          true
          false
        ];
    wants = [
      [
        true
        true
      ]
      [
        false
        false
      ]
    ];
  };
  "a file that lies in a folder that is there comes with it" = {
    is =
      let
        workspace = functions.readWorkspace {
          src = ./workspaces/virtual;
          # In the order of names, the file comes first.
          extraFiles = {
            app = [ "docs/notes.md" ];
            base = [ "docs" ];
          };
        };
        spec = whole: builtins.readFile (workspace.tree { whole = whole; } { onlyManifests = true; }).spec;
        docs = whole: lib.filter (lib.hasPrefix "docs") (lib.splitString "\n" (spec whole));
        pathsOf = whole: map (line: lib.head (lib.splitString "\t" line)) (docs whole);
      in
      [
        (pathsOf [ "app" ])
        (pathsOf [
          "app"
          "base"
        ])
      ];
    wants = [
      [ "docs/notes.md" ]
      [ "docs" ]
    ];
  };
  "a link to a licence is published as what it leads to" = {
    is =
      let
        workspace = functions.readWorkspace { src = ./workspaces/virtual; };
        tree = packaged: workspace.tree { whole = [ "lonely" ]; } { inherit packaged; };
        lines = packaged: lib.splitString "\n" (builtins.readFile (tree packaged).spec);
        path = "crates/lonely/COPYING\t";
        found = packaged: map (lib.removePrefix path) (lib.filter (lib.hasPrefix path) (lines packaged));
      in
      [
        (map builtins.readFile (found true))
        (found false)
      ];
    wants = [
      [ "The terms of the whole workspace.\n" ]
      [ ]
    ];
  };
  "a record of a comparison is of both sides" = {
    is = changed (records compared) (
      records (pipeline {
        src = ./edited;
        baseline = ./edited;
      })
    );
    wants = comparing;
  };
  "a baseline makes no record of the workspace again" = {
    is = changed (records edited) (records compared);
    wants = [ ];
  };
  "the records of a baseline are those of its own pipeline" = {
    is = records compared.baseline;
    wants = records plain;
  };
  "a gate expects of each record the sources that it says" = {
    is = lib.filter (
      id:
      !(lib.hasInfix (builtins.unsafeDiscardStringContext (
        functions.mkExpected {
          inherit (plain) records;
          stages = [ id ];
        }
      )) plain.checks.${id}.drvAttrs.buildCommand)
    ) (lib.filter (id: plain.checks ? ${id}) (lib.attrNames plain.records));
    wants = [ ];
  };
  "a group leads to the checks of its stages" = {
    is = checksOf "verify_documentation";
    wants = lib.sort lib.lessThan (
      map (
        id: builtins.unsafeDiscardStringContext plain.checks.${id}.drvPath
      ) table.groups.verify_documentation
    );
  };
  "a group is of the stages of all sets" = {
    is = lib.length (checksOf "verify_memory_safety");
    wants = lib.length table.groups.verify_memory_safety;
  };
  "groups of groups are of each stage once" = {
    is = table.groups.verify_api;
    wants = lib.unique (
      table.groups.check_breaking_changes
      ++ table.groups.verify_migrations
      ++ table.groups.verify_documentation
    );
  };
}
