# Which files of a package's folder its builds see, and which from elsewhere its code names.
#
# A test may read any file of its package, so all of them count, but for those that people read: prose
# and documentation at the top of the folder, unless the code names them. What only a test, bench or
# example needs does not count for the package's library.
{ lib, paths }:
{ src, packages }:
let
  inherit (paths)
    holds
    isIn
    isState
    isView
    join
    ;
  at = folder: if folder == "" then src else src + "/${folder}";

  isProse =
    name: type:
    if type == "directory" then
      lib.elem name [
        "docs"
        "doc"
        ".github"
      ]
    else
      builtins.match ".*\\.(md|nix)|(README|LICENSE|LICENCE|COPYING|CHANGELOG|NOTICE)[^/]*|\\.gitignore|\\.envrc|flake\\.lock" name
      != null;

  testFolders = [
    "tests"
    "benches"
    "examples"
  ];

  ofPackage =
    package:
    let
      inherit (package) folder;
      # Other packages lie below this one, such as all below a package at the root.
      nested = lib.filter (other: other != folder && isIn folder other) allFolders;
      isNested = path: lib.elem path nested;
      list =
        inner:
        lib.concatLists (
          lib.mapAttrsToList (
            name: type:
            let
              path = join inner name;
            in
            if isState name type || isNested path then
              [ ]
            else if type == "directory" then
              list path
            else
              lib.optional (lib.hasSuffix ".rs" name) path
          ) (builtins.readDir (at inner))
        );
      code = lib.listToAttrs (
        map (file: lib.nameValuePair file (builtins.readFile (src + "/${file}"))) (list folder)
      );
      isTest = file: lib.any (name: isIn (join folder name) file) testFolders;
      libraryCode = lib.filterAttrs (file: _: !(isTest file)) code;

      names = texts: name: lib.any (text: holds text name) (lib.attrValues texts);
      top = builtins.readDir (at folder);
      proseNamed =
        texts: lib.genAttrs (lib.filter (name: isProse name top.${name}) (lib.attrNames top)) (names texts);
      # A library, or an example in its documentation, may take a file out of a folder of tests.
      testsNamed = lib.genAttrs testFolders (name: names libraryCode "${name}/");

      # Without names, all prose is there.
      filter =
        named: keepsTests: path: type:
        let
          base = baseNameOf path;
          inner = lib.removePrefix "${toString (at folder)}/" path;
          isTop = inner == base;
        in
        !(
          isState base type
          || isView (join folder inner)
          || isNested (join folder inner)
          ||
            folder == ""
            && isTop
            && lib.elem base [
              "Cargo.lock"
              "Cargo.toml"
              ".cargo"
            ]
          || isTop && !keepsTests && lib.elem base testFolders && !testsNamed.${base}
          || isTop && named != null && isProse base type && !(named.${base} or false)
        );
      source =
        kind: named: keepsTests:
        builtins.path {
          path = at folder;
          name = "${package.name}-${kind}";
          filter = filter named keepsTests;
        };
      elsewhere = import ./includes.nix { inherit lib paths; } { inherit folder src; };
      published = import ./published.nix { inherit lib paths; } { inherit package src; };
    in
    {
      # All of the package, and what is left without what only tests, benches and examples need.
      all = source "all" (proseNamed code) true;
      code = source "code" (proseNamed libraryCode) false;
      # All of it with its prose, and the files outside of the folder that go into the package that is published.
      packaged = source "packaged" null true;
      published = published.elsewhere;
      inherit (published) licences links;
      # Files outside of the folder that the code includes, as paths from the root.
      codeIncludes = elsewhere libraryCode;
      includes = elsewhere code;
    };
  allFolders = map (package: package.folder) (lib.attrValues packages);
in
lib.mapAttrs (_: ofPackage) packages
