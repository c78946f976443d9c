{ functions, lib }:
/**
  The whole pipeline of a workspace.

  # Inputs

  Those of options.toml that are of mkPipeline.

  # Outputs

  `checks.<stage>`, `groups.<group>`, `records.<stage>.<unit>`, `materials.<material>.<unit>`, `layers.<layer>`, `artifacts.<layer>.<unit>`,
  `packages.{api-docs,badges,fixes,junit,lcov,report,sbom,status}` (and `book` where there is a `docs/book.toml`), `aliases.{generate_api_docs,generate_build_report,generate_failure_report,suggest_fixes,update_status}`, `apps.notify`, `programs.{notify,release,verify-performance}` (`release` where members have programs), `devShell`, and what they were made from: `baseline` (the pipeline of those
  sources), `config`, `stages`, `units`, `workspace`, `toolchain`.
*/
{
  src,
  pkgs,
  blocks,
  name ? "workspace",
  attempts ? { },
  baseline ? null,
  advisory-db ? null,
  today ? src.lastModifiedDate or null,
  revision ? src.rev or null,
  time ? src.lastModified or null,
  nativeBuildInputs ? [ ],
  buildInputs ? [ ],
  env ? { },
  perStage ? { },
  devTools ? [ blocks ],
  read ? functions.readPipeline { inherit src; },
  interface ? functions.readInterface {
    asked = read.config.interface;
    inherit (read) workspace;
  },
  targets ? [ ],
  toolchain ? functions.mkToolchain { inherit pkgs src targets; },
  craneLib ? functions.mkCraneLib { inherit pkgs toolchain; },
  channels ? { },
}@args:
let
  # The same function of other sources, so that what it makes is what they have in a cache.
  before =
    if baseline == null then
      null
    else
      functions.mkPipeline (
        removeAttrs args [
          "advisory-db"
          "attempts"
          "baseline"
          "read"
          "revision"
          "time"
        ]
        // {
          inherit interface;
          src = baseline;
          read = functions.readPipeline {
            src = baseline;
            isBaseline = true;
          };
        }
      );
  inherit (read)
    config
    configFile
    units
    workspace
    ;
  table = functions.withPerStage {
    inherit perStage;
    inherit (read) table;
  };
  # What is of a machine has no place in a sandbox.
  enabled = lib.filter (stage: config.stages.${stage.id}.enabled && !stage.host_only) table.stages;
  isUnasked = stage: stage.host_only || (stage.opt_in && !config.stages.${stage.id}.enabled);
  selected = lib.filter (stage: lib.elem stage.set config.sets) enabled;
  context = {
    inherit
      artifactsOf
      attempts
      blocks
      buildInputs
      config
      configFile
      craneLib
      database
      devTools
      env
      interface
      isUnasked
      layers
      librarySources
      name
      ;
    inherit
      nativeBuildInputs
      perStage
      pkgs
      rustVersions
      table
      toolchain
      toolchains
      versions
      ;
    inherit workspace;
    # Read and vendored once, for all derivations.
    cargoVendorDir = functions.mkVendor { inherit cargoVendorDir pkgs; };
    vendoredWith = toolchain: functions.mkVendor { inherit cargoVendorDir pkgs toolchain; };
  };
  cargoVendorDir = craneLib.vendorCargoDeps { inherit src; };
  toolchains = functions.mkToolchains { inherit channels pkgs table; };
  rustVersions = functions.mkRustVersions { inherit pkgs workspace; };
  database = functions.readDatabase advisory-db;
  versions = functions.mkVersions { inherit pkgs toolchain; };
  librarySources = lib.mapAttrs (_: library: {
    whole = functions.mkLibrarySource (library // { inherit name pkgs; });
    manifest = functions.mkLibrarySource (
      library
      // {
        inherit name pkgs;
        files = null;
      }
    );
  }) workspace.library;
  layers = lib.mapAttrs (_: layer: functions.mkLayer (context // { inherit layer; })) table.layers;
  artifacts = lib.mapAttrs (
    _: layer:
    lib.listToAttrs (
      map (
        unit: lib.nameValuePair unit.name (functions.mkArtifacts (context // { inherit layer unit; }))
      ) shared
    )
  ) (lib.filterAttrs (id: _: layers.${id} != null) table.layers);
  # Units with a library that others need, and packages here that are no members, so have no records. What
  # nobody else needs is compiled by its own records side by side, which takes less time than one more build
  # that they would wait for.
  needed = lib.genAttrs (lib.concatMap (unit: unit.needs) units) (_: true);
  shared = map withLibraryTree (
    lib.filter (
      unit: lib.any (name: workspace.packages.${name}.hasLib && needed ? ${name}) unit.members
    ) units
    ++ map (name: {
      inherit name;
      members = [ name ];
      libraryNeeds = workspace.closure.${name}.library;
    }) (lib.filter (name: !workspace.packages.${name}.isMember) (lib.attrNames workspace.packages))
  );
  # What all layers, and all stages, have in common of a unit is evaluated once.
  withLibraryTree =
    unit:
    unit
    // {
      libraryTree = workspace.tree {
        libraries = unit.members ++ unit.libraryNeeds;
        built = unit.members;
        compiles = "library";
      };
    };
  withPart =
    unit:
    unit
    // {
      part = workspace.tree {
        whole = unit.members;
        libraries = unit.needs;
      };
    };
  # A stage of workspace scope has one record, of all members.
  whole = withPart {
    name = "workspace";
    inherit (workspace) members;
    # Packages here that are no members: cargo wants to see their manifests.
    needs = lib.subtractLists workspace.members (
      lib.unique (lib.concatMap (name: workspace.closure.${name}.all) workspace.members)
    );
    libraryNeeds = [ ];
  };
  parts = map withPart units;
  unitOf = lib.listToAttrs (
    lib.concatMap (unit: map (member: lib.nameValuePair member unit.name) unit.members) shared
  );
  # What is compiled already for those who build on these packages.
  artifactsOf =
    layer: packages:
    let
      wanted = lib.unique (lib.filter (unit: unit != null) (map (name: unitOf.${name} or null) packages));
    in
    {
      treeLayer = layers.${layer};
      artifacts = lib.optionals (layers.${layer} != null) (map (unit: artifacts.${layer}.${unit}) wanted);
    };

  recordsOf =
    rows: comparedBy:
    lib.mapAttrs (
      _: stage:
      lib.listToAttrs (
        map
          (
            unit:
            lib.nameValuePair unit.name (
              functions.mkRecord (
                context
                // {
                  inherit stage unit;
                  compared = comparedBy stage unit.name;
                }
              )
            )
          )
          (
            functions.mkShards {
              inherit stage;
              inherit (config) shards;
              units = if stage.scope == "member" then parts else [ whole ];
            }
          )
      )
    ) rows;
  materials = recordsOf table.material (_: _: null);
  # Where there is nothing to compare with, what only compares has no record; nor has what nobody asks for.
  records = recordsOf (lib.filterAttrs (
    _: stage:
    stage.record == stage.id && (stage.material == null || before != null) && !(isUnasked stage)
  ) table.stage) comparedOf;
  comparedOf =
    stage: unit:
    if stage.material == null then
      null
    else
      functions.mkCompared (views // { inherit materials stage unit; });
  gates = lib.listToAttrs (
    map (stage: lib.nameValuePair stage.id (functions.mkGate (views // { inherit stage; }))) enabled
  );
  # Who asks for a group asks for what is in it, whatever set that belongs to.
  groups = lib.mapAttrs (
    id: stages:
    functions.mkGroup (
      context
      // {
        inherit id;
        checks = lib.filterAttrs (stage: _: lib.elem stage stages) gates;
      }
    )
  ) table.groups;
  views = context // {
    inherit records revision src;
    baseline = before;
    baselineName = baseline.shortRev or "the input `baseline`";
    stages = selected;
    # Else another day would be another derivation of each check, where no verdict depends on it.
    today = functions.readDay (if config.isDated then today else null);
    # Of a database its age counts.
    todayOfDatabase = functions.readDay (if config.isDated || database != null then today else null);
  };
  packages = {
    api-docs = functions.mkApiDocs (
      views
      // {
        pages = functions.mkDocPages (context // { inherit whole; });
        # A day that somebody names is none of the sources.
        sourceDay =
          let
            told = src.lastModifiedDate or today;
          in
          if told != null && builtins.match "[0-9]{14}" told != null then functions.readDay told else null;
      }
    );
    badges = functions.mkBadges views;
    fixes = functions.mkFixes views;
    junit = functions.mkJunit views;
    lcov = functions.mkLcov views;
    report = functions.mkReport views;
    sbom = functions.mkSbom (views // { stages = enabled; });
    status = functions.mkStatus views;
  }
  # Where there is one: `docs/book.toml`.
  // lib.filterAttrs (_: book: book != null) {
    book = functions.mkBook {
      inherit
        name
        pkgs
        src
        table
        ;
    };
  };
  released = functions.readReleased {
    inherit src workspace;
    named = config.release.programs;
  };
  programs = {
    notify = functions.mkNotify (views // { inherit (packages) report; });
    # What is of the machine that one is at.
    verify-performance = functions.mkVerifyPerformance (
      views
      // {
        inherit materials;
        stage = lib.findFirst (stage: stage.gate == "time") null table.stages;
      }
    );
  }
  // lib.optionalAttrs (released != [ ]) {
    release = functions.mkReleaseAssets (
      views
      // {
        inherit released time;
        stages = enabled;
      }
    );
  };
in
{
  inherit
    artifacts
    config
    groups
    materials
    packages
    programs
    records
    toolchain
    units
    workspace
    ;
  baseline = before;
  stages = map (stage: stage.id) selected;
  layers = lib.filterAttrs (_: layer: layer != null) layers;
  checks = lib.genAttrs (map (stage: stage.id) selected) (id: gates.${id});
  # Other names of these.
  aliases = {
    generate_api_docs = packages.api-docs;
    generate_build_report = packages.report;
    generate_failure_report = packages.report;
    suggest_fixes = packages.fixes;
    update_status = packages.status;
  };
  devShell = functions.mkDevShell context;
  # What people start, as a flake has it.
  apps.notify = {
    type = "app";
    program = lib.getExe programs.notify;
    meta = { inherit (programs.notify.meta) description; };
  };
}
