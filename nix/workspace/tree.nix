# A part of a workspace as a build sees it: some packages whole, the libraries that they need, and
# instead of all others a package that asks for their crates, so that cargo resolves the same features
# and versions as for the whole workspace. The result is the libraries' names, and for the rest a text of
# one line a path, which tree.sh lays out: where it goes, and what goes there.
{ lib, paths }:
workspace:
let
  inherit (workspace)
    asking
    extraFiles
    files
    library
    lock
    packages
    patched
    root
    src
    ;
  toToml = import ./toml.nix { inherit lib; };
  manifests = import ./manifests.nix { inherit lib; } root;

  # The name is in the way of no crate, and the folder in the way of no glob.
  features = {
    name = "blocks-workspace";
    version = "0.0.0";
    folder = ".blocks";
  };

  file = name: text: builtins.toFile name text;
  rootFile =
    path:
    builtins.path {
      path = src + "/${path}";
      name = builtins.replaceStrings [ " " "@" "~" ] [ "_" "_" "_" ] (
        lib.removePrefix "." (baseNameOf path)
      );
    };
  line = to: from: "${to}\t${from}\n";
  # What a link leads to, as a file.
  linked = path: line path (builtins.toFile "linked" (builtins.readFile (src + "/${path}")));

  localOf =
    kinds: package:
    lib.concatMap (
      edge:
      if !(lib.elem edge.kind kinds) then
        [ ]
      else if edge.local != null then
        [ { inherit (packages.${edge.local}) name version; } ]
      else
        lib.filter (it: it != null) [ (lock.resolve package edge) ]
    ) package.dependencies;
  lockEntry = kinds: package: {
    inherit (package) name version;
    dependencies = localOf kinds package;
  };
  lockEntries = lib.mapAttrs (_: package: {
    all = lockEntry [ "normal" "build" "dev" ] package;
    library = lockEntry [ "normal" "build" ] package;
  }) packages;
in
{
  # Names of packages that are whole, and of those whose libraries are enough. What crates from elsewhere
  # are patched with is always here: cargo wants to see it.
  whole ? [ ],
  libraries ? [ ],
  # Those of the libraries that are built here: nobody else may need their sources, so that these are laid
  # out file by file and not by a derivation of theirs.
  built ? [ ],
  # What of the package that asks can be compiled: `nothing`, its `library`, which needs those that are
  # here, or `all` of it, with what tests and build scripts need.
  compiles ? "nothing",
}:
let
  asLibraries = lib.subtractLists whole (lib.unique (libraries ++ patched));
  here = lib.sort lib.lessThan (whole ++ asLibraries);
  isWhole = name: lib.elem name whole;
  atRoot = lib.findFirst (name: packages.${name}.folder == "") null here;
  withLibrary = lib.filter (name: packages.${name}.hasLib) here;

  onLocal =
    features:
    lib.genAttrs withLibrary (
      name:
      let
        on = features.${name} or [ ];
      in
      { path = "../${packages.${name}.folder}"; } // lib.optionalAttrs (on != [ ]) { features = on; }
    );
  manifestFile = content: file "Cargo.toml" (toToml content);
  featuresManifest = manifestFile (
    manifests.asking {
      inherit (features) name version;
      inherit (asking) could tables;
      inherit compiles;
      dependencies = onLocal asking.features;
      devDependencies = onLocal asking.featuresWithDev;
    }
  );
  # Libraries that can be packages beside the workspace: a package at the root is the workspace's own, and so
  # is, to cargo, what lies in the folder of a member.
  ownFolders = map (name: "${packages.${name}.folder}/") (lib.filter (name: name != atRoot) whole);
  canBeApart =
    name:
    name != atRoot && !(lib.any (folder: lib.hasPrefix folder packages.${name}.folder) ownFolders);
  besideIt = lib.filter canBeApart asLibraries;
  rootManifest =
    { withoutTests, apart }:
    manifestFile (
      manifests.root {
        members =
          map (name: packages.${name}.folder) (
            lib.filter (
              name: packages.${name}.isMember && name != atRoot && !(apart && lib.elem name besideIt)
            ) here
          )
          ++ [ features.folder ];
        exclude = lib.optionals apart (map (name: packages.${name}.folder) besideIt);
        # What these manifests take from the root.
        heirs = map (name: packages.${name}.raw) (lib.filter (name: isWhole name && name != atRoot) here);
        package =
          if atRoot == null then
            { }
          else if isWhole atRoot then
            if withoutTests then manifests.withoutTests packages.${atRoot} else packages.${atRoot}.manifest
          else
            manifests.library packages.${atRoot};
      }
    );
  # Only of a whole package at the root is there another one without tests.
  rootManifestsWith = apart: rec {
    plain = rootManifest {
      inherit apart;
      withoutTests = false;
    };
    withoutTests =
      if atRoot != null && isWhole atRoot then
        rootManifest {
          inherit apart;
          withoutTests = true;
        }
      else
        plain;
  };
  rootManifests = {
    apart = rootManifestsWith true;
    together = rootManifestsWith false;
  };
  lockFile = file "Cargo.lock" (
    lock.render (
      map (name: if isWhole name then lockEntries.${name}.all else lockEntries.${name}.library) here
      ++ [
        {
          inherit (features) name version;
          dependencies =
            asking.resolved ++ map (name: { inherit (packages.${name}) name version; }) withLibrary;
        }
      ]
    )
  );
in
# What follows differs between the stages of the same packages, and costs little.
{
  # Files of the root that tools read.
  reads ? [ ],
  # Texts for people, otherwise left out: those at the top of whole packages, and at the root.
  texts ? [ ],
  # Whether whole packages are here as they are published: with all texts for people, and with those that their
  # manifests name elsewhere; and libraries that are here by their manifests only with the file of their licence.
  packaged ? false,
  # Whether whole packages are here without what only tests, benches and examples need.
  withoutTests ? false,
  # Whether the libraries are here by their manifests only, for tools that compile nothing.
  onlyManifests ? false,
  # Whether the libraries are packages beside the workspace, where they can be, and not members of it: what wraps
  # the compiler for members does not see them then.
  apart ? false,
  # The whole packages that are asked (null: all of them).
  asked ? null,
}:
let
  # A name may be that of a crate from elsewhere too, such as an earlier release of the member, which a
  # tool of its own tests is made with. {root} is the folder that the tree is laid out in. rustfmt knows
  # names only, and no crates from elsewhere.
  specOf =
    name:
    let
      package = packages.${name};
    in
    if onlyManifests || !(lock.isForeign name) then
      name
    else
      "path+file://${paths.join "{root}" package.folder}#${name}@${package.version}";
  # Packages of which there is more than a manifest.
  readers = if onlyManifests then whole else here;
  isThere = path: builtins.pathExists (src + "/${path}");
  # What the configuration names has to be there; the rest is read where it is.
  extra = lib.concatMap (
    name:
    map (
      path:
      if isThere path then
        path
      else
        throw ".github/pipeline-config.yml: members.${name}.files names `${path}`, which is not in the workspace (a flake sees only files that git knows)"
    ) (extraFiles.${name} or [ ])
  ) readers;
  # A link would lead to what is not here, and counts as none.
  isText =
    folder: name:
    (builtins.readDir (if folder == "" then src else src + "/${folder}")).${name} or null == "regular";
  textsOf = folder: map (paths.join folder) (lib.filter (isText folder) texts);
  present =
    lib.filter isThere (
      [
        ".cargo/config.toml"
        ".cargo/config"
      ]
      ++ reads
    )
    ++ lib.concatMap (
      name: if isWhole name && !withoutTests then files.${name}.includes else files.${name}.codeIncludes
    ) readers
    ++ lib.concatMap (name: files.${name}.published) (lib.optionals packaged whole)
    ++ lib.concatMap (name: files.${name}.licences) (
      lib.optionals (packaged && onlyManifests) asLibraries
    )
    ++ lib.concatMap textsOf (
      lib.optionals (texts != [ ]) ([ "" ] ++ map (name: packages.${name}.folder) whole)
    )
    ++ extra;
  # What lies in a folder that is here comes with it: laid out before that, it would be in its way.
  outermost =
    all:
    lib.filter (path: !(lib.any (other: other != path && paths.isIn other path) all)) (lib.unique all);
  # Folders before what lies in them.
  sortByDepth = lib.sort (a: b: packages.${a}.folder < packages.${b}.folder);
  spec =
    lib.concatMapStrings (
      name:
      let
        inherit (packages.${name}) folder;
      in
      line (if folder == "" then "." else folder)
        files.${name}.${
          if packaged then
            "packaged"
          else if withoutTests then
            "code"
          else
            "all"
        }
      + lib.optionalString (withoutTests && folder != "") (
        line "${folder}/Cargo.toml" library.${name}.ownManifest
      )
    ) (sortByDepth whole)
    + lib.concatMapStrings (
      name:
      let
        inherit (packages.${name}) folder;
      in
      line (if folder == "" then "." else folder) library.${name}.files
      + lib.optionalString (folder != "") (line "${folder}/Cargo.toml" library.${name}.manifest)
    ) (sortByDepth built)
    + lib.concatMapStrings (path: line path (rootFile path)) (outermost present)
    + lib.concatMapStrings linked (
      lib.concatMap (name: files.${name}.links) (lib.optionals packaged whole)
    )
    +
      line "Cargo.toml"
        rootManifests.${if apart then "apart" else "together"}.${
          if withoutTests then "withoutTests" else "plain"
        }
    + line "Cargo.lock" lockFile
    + line "${features.folder}/Cargo.toml" featuresManifest;
  # All that is in it, by names that are made from contents.
  contents =
    spec
    + lib.concatMapStrings (
      name: "${lib.optionalString (!onlyManifests) library.${name}.files} ${library.${name}.manifest}\n"
    ) asLibraries;
in
{
  inherit onlyManifests;
  libraries = lib.subtractLists built asLibraries;
  # Whether no library that is here counts as a member.
  allApart = apart && lib.all canBeApart asLibraries;
  # Whether cargo may find something old that others compiled; see tree.sh.
  copies = lib.any (name: packages.${name}.hasBuildScript) whole;
  spec = file "tree" spec;
  id = "nix-${
    builtins.substring 0 32 (
      builtins.hashString "sha256" (builtins.unsafeDiscardStringContext contents)
    )
  }";
  # The words that select its packages for cargo. Nothing of the package that asks is built beside
  # whole packages; selected it must be, so that its features count.
  select = lib.concatMap (spec: [
    "--package"
    spec
  ]) (map specOf (if asked == null then whole else asked) ++ [ features.name ]);
}
