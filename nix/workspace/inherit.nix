# A member's manifest with what it takes from the workspace's root (`x.workspace = true`) put in.
{ lib, paths }:
{ root, folder }:
manifest:
let
  shared = root.workspace or { };
  isInherited = it: lib.isAttrs it && it.workspace or false == true;

  package = lib.mapAttrs (
    name: it: if isInherited it then shared.package.${name} else it
  ) manifest.package;

  asTable = it: if lib.isString it then { version = it; } else it;
  # As cargo merges: features add up; a default feature that the member asks for is on.
  merged =
    name: own:
    let
      base = asTable shared.dependencies.${name};
      default = base.default-features or base.default_features or true;
      features = lib.unique ((base.features or [ ]) ++ (own.features or [ ]));
    in
    removeAttrs base [
      "default-features"
      "default_features"
      "features"
      "path"
    ]
    // lib.optionalAttrs (base ? path) {
      path = relativeTo (paths.normal base.path);
    }
    // lib.optionalAttrs (own ? optional) { inherit (own) optional; }
    // lib.optionalAttrs (features != [ ]) { inherit features; }
    // lib.optionalAttrs (!default && !(own.default-features or false)) { default-features = false; };

  # The way from the member's folder to a folder of the workspace.
  depth = if folder == "" then 0 else lib.length (lib.splitString "/" folder);
  relativeTo = path: lib.concatStrings (lib.genList (_: "../") depth) + path;

  dependencies = lib.mapAttrs (name: it: if isInherited it then merged name it else asTable it);
  kinds = [
    "dependencies"
    "dev-dependencies"
    "build-dependencies"
  ];
  withDependencies =
    table:
    # The spellings with an underscore are old, and cargo still reads them.
    removeAttrs table [
      "dev_dependencies"
      "build_dependencies"
    ]
    // lib.filterAttrs (_: of: of != { }) (
      lib.genAttrs kinds (
        kind: dependencies (table.${kind} or table.${builtins.replaceStrings [ "-" ] [ "_" ] kind} or { })
      )
    );
in
withDependencies manifest
// {
  inherit package;
}
// lib.optionalAttrs (manifest ? target) {
  target = lib.mapAttrs (_: withDependencies) manifest.target;
}
// lib.optionalAttrs (manifest ? lints) {
  lints = if isInherited manifest.lints then shared.lints or { } else manifest.lints;
}
