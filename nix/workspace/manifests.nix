# The manifests that a part of a workspace has instead of its own.
{ lib }:
root:
let
  shared = root.workspace or { };
  edition = root.package.edition or "2015";
  edition' = if lib.isAttrs edition then shared.package.edition or "2015" else edition;
  # What cargo takes where no resolver is named.
  resolver =
    shared.resolver or root.package.resolver or (
      if
        !(root ? package)
        || lib.elem edition' [
          "2015"
          "2018"
        ]
      then
        "1"
      else if edition' == "2021" then
        "2"
      else
        "3"
    );

  without = table: removeAttrs table [ "dev-dependencies" ];
  isInherited = it: lib.isAttrs it && it.workspace or false == true;
  # The keys of a table of the workspace that manifests take.
  taken =
    heirs: tables: from:
    lib.filterAttrs (
      name: _: lib.any (heir: lib.any (table: isInherited (table.${name} or null)) (tables heir)) heirs
    ) from;
  dependencyTables =
    heir:
    lib.concatMap (
      table:
      map (kind: table.${kind} or { }) [
        "dependencies"
        "dev-dependencies"
        "build-dependencies"
        "dev_dependencies"
        "build_dependencies"
      ]
    ) ([ heir ] ++ lib.attrValues (heir.target or { }));
  nonEmpty = lib.filterAttrs (_: it: it != { } && it != [ ]);
  self = {
    # A package without its tests, benches and examples.
    withoutTests =
      package:
      removeAttrs package.manifest [
        "badges"
        "bench"
        "example"
        "patch"
        "profile"
        "replace"
        "test"
        "workspace"
      ]
      // {
        package =
          removeAttrs package.manifest.package [
            "metadata"
            "workspace"
          ]
          // {
            autobenches = false;
            autoexamples = false;
            autotests = false;
          };
      };

    # A package of which only the library is compiled.
    library =
      package:
      let
        own = self.withoutTests package;
      in
      without (removeAttrs own [ "bin" ])
      // {
        package = removeAttrs own.package [ "default-run" ] // {
          autobins = false;
        };
      }
      // lib.optionalAttrs (own ? target) { target = lib.mapAttrs (_: without) own.target; };

    # The root's, with the members that are here and what they inherit.
    root =
      {
        members,
        heirs,
        package,
        exclude,
      }:
      removeAttrs package [ "workspace" ]
      // nonEmpty {
        profile = root.profile or { };
        patch = root.patch or { };
        replace = root.replace or { };
        cargo-features = root.cargo-features or [ ];
        workspace = {
          inherit members resolver;
        }
        // nonEmpty {
          exclude = shared.exclude or [ ] ++ exclude;
          package = taken heirs (heir: [ heir.package ]) (shared.package or { });
          dependencies = taken heirs dependencyTables (shared.dependencies or { });
          lints = if lib.any (heir: isInherited (heir.lints or null)) heirs then shared.lints or { } else { };
        };
      };

    # The package that asks for what the members ask for.
    asking =
      {
        name,
        version,
        could,
        tables,
        compiles,
        dependencies,
        devDependencies,
      }:
      let
        never = "never";
        merged =
          tables
          // nonEmpty {
            dependencies = tables.dependencies or { } // dependencies;
            dev-dependencies = tables.dev-dependencies or { } // devDependencies;
          };
      in
      merged
      // {
        package = {
          inherit name version;
          edition = "2021";
          autobins = false;
          autoexamples = false;
          autotests = false;
          build = if compiles == "all" && tables ? build-dependencies then "build.rs" else false;
        };
        features = {
          could = could;
          ${never} = [ ];
        };
      }
      // (
        if compiles != "nothing" then
          {
            lib = {
              path = "lib.rs";
              doctest = false;
              # What only tests need is compiled in a layer, not for each member.
              test = compiles == "all";
            };
          }
          # Where a panic aborts, crates are compiled once more for tests, where it does not. Examples, which
          # take what only tests need, are compiled as libraries are.
          // lib.optionalAttrs (compiles == "all") {
            example = [
              {
                name = "all";
                path = "never.rs";
              }
            ];
          }
        else
          {
            bin = [
              {
                name = never;
                path = "never.rs";
                required-features = [ never ];
              }
            ];
          }
      );
  };
in
self
