# The manifest of a package that asks for all that the workspace's members ask of crates from
# elsewhere. Selected beside a member, it makes cargo resolve the features that a build of the whole
# workspace has, though the other members are not there; and a layer that compiles it compiles what
# all members share. It changes only when what is asked for changes.
{ lib }:
{
  lock,
  packages,
}:
let
  featuresOf = import ./features.nix { inherit lib; };
  plain = featuresOf {
    inherit packages;
    dev = false;
  };
  withDev = featuresOf {
    inherit packages;
    dev = true;
  };

  # Every dependency that any package here has from elsewhere, with what it is resolved to.
  edges = lib.concatMap (
    package:
    map (edge: edge // { resolved = lock.resolve package edge; }) (
      lib.filter (edge: edge.local == null) package.dependencies
    )
  ) (lib.attrValues packages);
  known = lib.filter (edge: edge.resolved != null) edges;
  idOf = lib.listToAttrs (map (edge: lib.nameValuePair (edgeKey edge) edge.resolved) known);
  edgeKey = edge: builtins.toJSON (removeAttrs edge [ "resolved" ]);

  # The same crate has the same name in all tables, as cargo demands.
  alias =
    resolved: "${resolved.name}-${builtins.replaceStrings [ "." "+" ] [ "_" "_" ] resolved.version}";
  requirement =
    edge: resolved:
    removeAttrs edge.source [ "version" ]
    // {
      package = resolved.name;
    }
    //
      lib.optionalAttrs
        (lib.hasPrefix "registry+" resolved.source || lib.hasPrefix "sparse+" resolved.source)
        {
          version = "=${lib.head (lib.splitString "+" resolved.version)}";
        };

  # Rows of { table, target, edge, resolved, features, default, optional }.
  rowOf =
    table: optional: asked:
    let
      resolved = idOf.${edgeKey asked.edge} or null;
    in
    lib.optional (resolved != null) {
      table = if asked.host || asked.edge.kind == "build" then "build-dependencies" else table;
      inherit (asked.edge) target;
      inherit (asked) edge features default;
      inherit optional resolved;
    };
  on =
    lib.concatMap (rowOf "dependencies" false) plain.asked
    ++ lib.concatMap (rowOf "dev-dependencies" false) withDev.asked;
  # What is off, so that the lock file stays whole.
  off = lib.concatMap (
    edge:
    rowOf "dependencies" true {
      host = false;
      inherit edge;
      inherit (edge) features default;
    }
  ) (map (edge: removeAttrs edge [ "resolved" ]) known);

  place = row: "${row.table}|${toString row.target}|${alias row.resolved}";
  grouped = rows: lib.attrValues (lib.groupBy place rows);
  merge =
    rows:
    let
      first = lib.head rows;
      features = lib.sort lib.lessThan (lib.unique (lib.concatMap (row: row.features) rows));
    in
    {
      inherit (first) table target;
      name = alias first.resolved;
      value =
        requirement first.edge first.resolved
        // lib.optionalAttrs (features != [ ]) { inherit features; }
        // lib.optionalAttrs (!(lib.any (row: row.default) rows)) { default-features = false; }
        // lib.optionalAttrs first.optional { optional = true; };
    };
  isOn = lib.listToAttrs (map (row: lib.nameValuePair (alias row.resolved) true) on);
  entries =
    map merge (grouped on)
    ++ map merge (grouped (lib.filter (row: !(isOn ? ${alias row.resolved})) off));

  tablesOf =
    target:
    lib.mapAttrs (_: lib.listToAttrs) (
      lib.groupBy (entry: entry.table) (lib.filter (entry: entry.target == target) entries)
    );
  targets = lib.unique (lib.filter (target: target != null) (map (entry: entry.target) entries));

  # Features that some member could ask for: cargo resolves a lock file with all of them.
  could = lib.unique (
    lib.concatMap (edge: map (word: "${alias edge.resolved}/${word}") edge.features) known
    ++ lib.concatMap (
      package:
      lib.concatMap (
        text:
        let
          slash = builtins.match "([^/?]*)\\??/(.*)" text;
          named = lib.filter (
            edge: slash != null && edge.key == lib.head slash && edge.local == null
          ) package.dependencies;
        in
        map (edge: "${alias (lock.resolve package edge)}/${lib.elemAt slash 1}") (
          lib.filter (edge: lock.resolve package edge != null) named
        )
      ) (lib.concatLists (lib.attrValues (package.manifest.features or { })))
    ) (lib.attrValues packages)
  );
in
{
  inherit (plain) features;
  featuresWithDev = withDev.features;
  tables =
    tablesOf null // lib.optionalAttrs (targets != [ ]) { target = lib.genAttrs targets tablesOf; };
  could = lib.sort lib.lessThan could;
  # What it depends on, for its entry in a lock file.
  resolved = lib.attrValues (
    lib.listToAttrs (map (row: lib.nameValuePair (alias row.resolved) row.resolved) (on ++ off))
  );
}
