# Which features and optional dependencies a build of all members turns on, by the rules of cargo's
# resolver, as far as the workspace's own manifests decide it. What crates from elsewhere turn on
# in each other is cargo's own business: it needs their manifests, which are not here.
#
# It is a walk over nodes. `at` is a package here and whether it is compiled for the machine that
# compiles (build scripts, procedural macros); an edge is a line of a dependency table.
{ lib }:
{
  packages,
  # Whether dev-dependencies count: they do where tests are built.
  dev,
}:
let
  node =
    kind: at: word: more:
    more
    // {
      inherit (at) name host;
      inherit kind word;
      key = "${kind} ${at.name} ${if at.host then "host" else "target"} ${word}";
    };
  package = at: node "package" at "" { };
  feature = at: word: node "feature" at word { };
  edge = at: index: node "edge" at (toString index) { inherit index; };
  asked =
    at: index: wants:
    node "asked" at "${toString index} ${wants}" { inherit index wants; };
  weak =
    at: dependency: wants:
    node "weak" at "${dependency} ${wants}" { inherit dependency wants; };

  # The edges of a package by the names that features call them by.
  edges = lib.mapAttrs (
    _: package:
    lib.groupBy (it: it.key) (lib.imap0 (index: it: it // { inherit index; }) package.dependencies)
  ) packages;
  counts = at: it: it.kind != "dev" || (dev && !at.host && packages.${at.name}.isMember);
  edgesNamed = at: key: lib.filter (counts at) (edges.${at.name}.${key} or [ ]);
  edgeOf = it: lib.elemAt packages.${it.name}.dependencies it.index;

  # The package here that an edge leads to.
  target = at: it: {
    name = it.local;
    host = at.host || it.kind == "build" || packages.${it.local}.isProcMacro;
  };

  # What an entry of a feature means: `feature`, `dep:crate`, `crate/feature` or `crate?/feature`.
  ofWord =
    at: text:
    let
      slash = builtins.match "([^/?]*)(\\??)/(.*)" text;
      only = builtins.match "dep:(.*)" text;
      wants = lib.elemAt slash 2;
    in
    if only != null then
      map (it: edge at it.index) (edgesNamed at (lib.head only))
    else if slash == null then
      [ (feature at text) ]
    else if lib.elemAt slash 1 == "?" then
      [ (weak at (lib.head slash) wants) ]
    else
      lib.concatMap (it: [
        (edge at it.index)
        (asked at it.index wants)
      ]) (edgesNamed at (lib.head slash));

  featuresOf = at: packages.${at.name}.manifest.features or { };
  after = {
    package =
      at:
      map (it: edge at it.index) (
        lib.filter (it: counts at it && !it.optional) (lib.concatLists (lib.attrValues edges.${at.name}))
      );
    feature =
      { word, ... }@at:
      if featuresOf at ? ${word} then
        lib.concatMap (ofWord at) (featuresOf at).${word}
      else
        # An optional dependency is a feature of its own name.
        map (it: edge at it.index) (lib.filter (it: it.optional) (edgesNamed at word));
    edge =
      at:
      let
        it = edgeOf at;
        words = it.features ++ lib.optional it.default "default";
      in
      lib.optionals (it.local != null) (
        [ (package (target at it)) ] ++ map (feature (target at it)) words
      );
    asked = at: lib.optional ((edgeOf at).local != null) (feature (target at (edgeOf at)) at.wants);
    weak = _: [ ];
  };

  walk =
    start:
    let
      all = builtins.genericClosure {
        startSet = start;
        operator = at: after.${at.kind} at;
      };
      on = lib.listToAttrs (map (at: lib.nameValuePair at.key true) all);
      # `crate?/feature` counts where the crate is on for another reason.
      woken = lib.concatMap (
        at:
        map (it: asked at it.index at.wants) (
          lib.filter (it: on ? ${(edge at it.index).key} && !(on ? ${(asked at it.index at.wants).key})) (
            edgesNamed at at.dependency
          )
        )
      ) (lib.filter (at: at.kind == "weak") all);
    in
    if woken == [ ] then all else walk (start ++ woken);

  start =
    it:
    lib.concatMap (
      host:
      let
        at = {
          inherit (it) name;
          inherit host;
        };
      in
      [
        (package at)
        (feature at "default")
      ]
    ) ([ false ] ++ lib.optional it.isProcMacro true);
  nodes = walk (
    lib.concatMap start (lib.filter (package: package.isMember) (lib.attrValues packages))
  );
  ofKind = kind: lib.filter (at: at.kind == kind) nodes;

  # What is asked of a crate from elsewhere, on which edge.
  foreign =
    kind: more:
    map (
      at:
      {
        inherit (at) host;
        edge = edgeOf at;
      }
      // more at
    ) (lib.filter (at: (edgeOf at).local == null) (ofKind kind));
in
{
  # For each package the features that are on, in alphabetical order.
  features = lib.mapAttrs (_: found: lib.sort lib.lessThan (lib.unique (map (at: at.word) found))) (
    lib.groupBy (at: at.name) (
      lib.filter (at: featuresOf at ? ${at.word} || at.word != "default") (ofKind "feature")
    )
  );
  asked =
    foreign "edge" (at: {
      inherit (edgeOf at) features default;
    })
    ++ foreign "asked" (at: {
      features = [ at.wants ];
      default = false;
    });
}
