# The dependencies of a manifest as a list: one entry for each line of each table.
{ lib }:
manifest:
let
  kinds = {
    normal = "dependencies";
    dev = "dev-dependencies";
    build = "build-dependencies";
  };
  ofTable =
    target: table:
    lib.concatLists (
      lib.mapAttrsToList (
        kind: name:
        lib.mapAttrsToList (
          key: it:
          {
            inherit key kind target;
            package = it.package or key;
            optional = it.optional or false;
            features = it.features or [ ];
            default = it.default-features or it.default_features or true;
            # What else says which package it is: a requirement, a git repository, a registry.
            source = removeAttrs it [
              "default-features"
              "default_features"
              "features"
              "optional"
              "package"
              "path"
              "public"
            ];
          }
          // lib.optionalAttrs (it ? path) { inherit (it) path; }
        ) (table.${name} or { })
      ) kinds
    );
in
ofTable null manifest ++ lib.concatLists (lib.mapAttrsToList ofTable (manifest.target or { }))
