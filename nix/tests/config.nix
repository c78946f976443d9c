# readConfig and readYaml: what they read, and that they refuse the rest.
{ functions, lib }:
let
  read =
    text:
    functions.readConfig {
      inherit text;
      stages = [
        "fmt"
        "test"
      ];
      isThere = path: path != "gone";
      isFile = path: path != "docs";
    };
  # A tree without its line numbers.
  bare =
    node:
    if lib.isAttrs node.value then
      lib.mapAttrs (_: bare) node.value
    else if lib.isList node.value then
      map bare node.value
    else
      node.value;
  yaml =
    text:
    bare (
      functions.readYaml {
        file = "f.yml";
        inherit text;
      }
    );
  defaults = read "";
  ownStages = read ''
    stages:
      notes:
        run: [grep, -q, 7, true]
        title: Notes
        files: [docs]
      tasks:
        run:
          - cargo
          - tasks
          - "{packages}"
        layer: build
        set: full
        enabled: false
  '';

  refused = lib.mapAttrs' (
    name: case:
    lib.nameValuePair "refuses ${name}" {
      is = (builtins.tryEval (builtins.deepSeq (read case.text) null)).success;
      wants = false;
    }
  ) (import ./errors.nix);
in
refused
// {
  "targets and programs of a release are lists of names" = {
    is =
      (read ''
        release:
          changelog: member
          targets: [x86_64-unknown-linux-musl, aarch64-unknown-linux-musl]
          programs:
            - tool
      '').release;
    wants = {
      changelog = "member";
      programs = [ "tool" ];
      targets = [
        "x86_64-unknown-linux-musl"
        "aarch64-unknown-linux-musl"
      ];
    };
  };
  "an opt-in stage is off, unless the text switches it on" = {
    is =
      map
        (
          text:
          (functions.readConfig {
            inherit text;
            stages = [
              "fmt"
              "lint"
            ];
            optIn = [ "lint" ];
          }).stages
        )
        [
          ""
          "stages:\n  lint:\n    enabled: true\n"
        ];
    wants =
      map
        (enabled: {
          fmt.enabled = true;
          lint = {
            inherit enabled;
          };
        })
        [
          false
          true
        ];
  };
  "no file means the documented defaults" = {
    is = defaults;
    wants = {
      cache.members_per_build = "auto";
      sets = [ "quick" ];
      isDated = false;
      interface = { };
      limits = [ ];
      members = { };
      own = { };
      release = {
        changelog = "workspace";
        programs = [ ];
        targets = [ ];
      };
      resources = {
        timeout_minutes = 30;
        max_attempts = 2;
      };
      shards = { };
      settings = {
        "docs.files" = "";
        "examples.compile_only" = "";
        "examples.timeout_seconds" = "60";
        "performance.time_rounds" = "16";
        "test.doctest_coverage" = "false";
        "verify.loom_preemptions" = "3";
        "verify.miri_seeds" = "16";
        "verify.property_cases" = "10000";
      };
      stages = {
        fmt.enabled = true;
        test.enabled = true;
      };
    };
  };
  "each setting that a row of the table lists has a value" = {
    is = lib.filter (key: !(defaults.settings ? ${key})) (
      lib.concatMap (stage: stage.settings) (functions.readStages { }).stages
    );
    wants = [ ];
  };
  "this project's own file, which spells out the defaults, agrees with them" = {
    is =
      let
        file =
          removeAttrs
            (functions.readConfig {
              text = builtins.readFile ../../.github/pipeline-config.yml;
              stages = map (stage: stage.id) (functions.readStages { }).stages;
            })
            [
              "interface"
              "members"
              "own"
              "stages"
            ];
      in
      # Names of its own it has, as under stages and members.
      file
      // {
        settings = file.settings // {
          "examples.compile_only" = "";
        };
      };
    wants = removeAttrs defaults [
      "interface"
      "members"
      "own"
      "stages"
    ];
  };
  "values of the file replace the defaults" = {
    is = read ''
      # A comment, and keys that Nix does not need.
      test:
        doctest_coverage: true
      performance:
        time_rounds: 40
        limits:
          - member: app
            benchmark: read*
            threshold: 0.5
          - benchmark: "*"
            member: plot
            measure: time
            threshold: 10
      docs:
        files: [README.md, docs/guide.md]
      examples:
        compile_only: [app/serve, app/wait]
        timeout_seconds: 5
      verify:
        quick_mode: false   # why not
        loom_preemptions: 2
        miri_seeds: 64
        property_cases: 5000
      resources:
        timeout_minutes: 5
      stages:
        fmt:
          enabled: false
      cache:
        members_per_build: 4
      members:
        app:
          files:
            - README.md
            - schemas/
          test_shards: 3
        plot:
          interface_features: [serde]
        whole:
          interface_all_features: true
    '';
    wants = {
      own = { };
      release = {
        changelog = "workspace";
        programs = [ ];
        targets = [ ];
      };
      cache.members_per_build = 4;
      sets = [
        "quick"
        "full"
      ];
      isDated = false;
      limits = [
        {
          member = "app";
          benchmark = "read*";
          threshold = 0.5;
          measure = "instructions";
        }
        {
          member = "plot";
          benchmark = "*";
          threshold = 10;
          measure = "time";
        }
      ];
      interface = {
        plot = {
          all = false;
          features = [ "serde" ];
        };
        whole = {
          all = true;
          features = [ ];
        };
      };
      members = {
        app = [
          "README.md"
          "schemas/"
        ];
        plot = [ ];
        whole = [ ];
      };
      shards.app = 3;
      resources = {
        timeout_minutes = 5;
        max_attempts = 2;
      };
      settings = {
        "docs.files" = "README.md, docs/guide.md";
        "examples.compile_only" = "app/serve, app/wait";
        "examples.timeout_seconds" = "5";
        "performance.time_rounds" = "40";
        "test.doctest_coverage" = "true";
        "verify.loom_preemptions" = "2";
        "verify.miri_seeds" = "64";
        "verify.property_cases" = "5000";
      };
      stages = {
        fmt.enabled = false;
        test.enabled = true;
      };
    };
  };
  "a stage that has a command is of the workspace's own" = {
    is = {
      inherit (ownStages) own;
      enabled = lib.mapAttrs (_: stage: stage.enabled) ownStages.stages;
    };
    wants = {
      own = {
        notes = {
          run = [
            "grep"
            "-q"
            "7"
            "true"
          ];
          title = "Notes";
          layer = "none";
          files = [ "docs" ];
          set = "quick";
        };
        tasks = {
          run = [
            "cargo"
            "tasks"
            "{packages}"
          ];
          title = "";
          layer = "build";
          files = [ ];
          set = "full";
        };
      };
      enabled = {
        fmt = true;
        notes = true;
        tasks = false;
        test = true;
      };
    };
  };
  "its row is one like the others" = {
    is =
      lib.mapAttrs
        (_: stage: {
          inherit (stage)
            gate
            layer
            reads
            scope
            title
            ;
        })
        (
          removeAttrs ((functions.readStages { inherit (ownStages) own; }).stage) (
            map (stage: stage.id) (functions.readStages { }).stages
          )
        );
    wants = {
      notes = {
        gate = "command";
        layer = "none";
        reads = [ "docs" ];
        scope = "workspace";
        title = "Notes";
      };
      tasks = {
        gate = "command";
        layer = "build";
        reads = [ ];
        scope = "member";
        title = "tasks";
      };
    };
  };
  "a configuration with a quarantined test has something that holds until a day" = {
    is = map (text: (read text).isDated) [
      "test:\n  quarantine:\n    - test: a::it b::c\n      issue: \"#12\" # a number\n      until: 2027-01-31\n"
      "test:\n  quarantine:\n    - until: 2027-01-31\n      issue: https://host/a/issues/12\n      test: 'a b: c'\n"
      "test:\n  quarantine: []\n"
      "test:\n  coverage_threshold: 90\n"
    ];
    wants = [
      true
      true
      false
      false
    ];
  };
  "a section without keys is as good as none" = {
    is = read "resources:\nverify: # later\nstages:\n  fmt:\n";
    wants = defaults;
  };
  "quick_mode and full_proofs say which sets run" = {
    is = map (text: (read text).sets) [
      ""
      "verify:\n  quick_mode: false\n"
      "verify:\n  full_proofs: true\n"
    ];
    wants = [
      [ "quick" ]
      [
        "quick"
        "full"
      ]
      [
        "quick"
        "full"
        "proofs"
      ]
    ];
  };
  "scalars have the types that they look like" = {
    is = yaml ''
      text: plain words, it's fine
      colon: http://host:80/a#b
      single: 'it'''s # no comment'
      double: "a: b # no comment" # a comment
      whole: 12
      part: -1.5
      yes: true
      nothing: ~
      version: 1.2.3
    '';
    wants = {
      text = "plain words, it's fine";
      colon = "http://host:80/a#b";
      single = "it's # no comment";
      double = "a: b # no comment";
      whole = 12;
      part = -1.5;
      yes = true;
      nothing = null;
      version = "1.2.3";
    };
  };
  "lists hold scalars, maps and lists" = {
    is = yaml "a:\n- 1\n- name: x\n  deep:\n    - y\n-\n  z: 1\nb: [p, \"q\", 2]\nc: []\n";
    wants = {
      a = [
        1
        {
          name = "x";
          deep = [ "y" ];
        }
        { z = 1; }
      ];
      b = [
        "p"
        "q"
        2
      ];
      c = [ ];
    };
  };
  "lines may end as on Windows" = {
    is = yaml "a: 1\r\nb:\r\n  - c\r\n";
    wants = {
      a = 1;
      b = [ "c" ];
    };
  };
}
