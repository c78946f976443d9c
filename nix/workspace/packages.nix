# The packages that lie in a workspace: its members, and the folders that path dependencies and
# patches lead to. By name, each with its manifest as cargo understands it.
{ lib, paths }:
{ src, root }:
let
  expand = import ./globs.nix { inherit lib paths; };
  inheritFrom = import ./inherit.nix { inherit lib paths; };
  dependenciesOf = import ./dependencies.nix { inherit lib; };

  isWorkspace = root ? workspace;
  named = expand {
    inherit src;
    list = root.workspace.members or [ ];
  };
  excluded = map paths.normal (root.workspace.exclude or [ ]);
  isExcluded = folder: lib.any (out: paths.isIn out folder) excluded && !(lib.elem folder named);

  # Patches by the name of the package that they replace.
  patches = builtins.foldl' (all: registry: all // registry) { } (lib.attrValues (root.patch or { }));
  patched = lib.mapAttrs' (key: it: lib.nameValuePair (it.package or key) (paths.normal it.path)) (
    lib.filterAttrs (_: it: it ? path) patches
  );

  read =
    folder:
    let
      file = paths.join folder "Cargo.toml";
      raw = if folder == "" then root else lib.importTOML (src + "/${file}");
      manifest = inheritFrom { inherit folder root; } raw;
      outside =
        path:
        throw ''
          ${file}: the path dependency `${path}` leads out of the workspace's folder, where no flake can
          see it: move it into the workspace, or take it by git or from a registry'';
      to =
        dependency:
        let
          path = paths.normal (paths.join folder dependency.path);
        in
        if dependency ? path then
          (if path == null then outside dependency.path else path)
        else
          patched.${dependency.package} or null;
    in
    {
      inherit folder manifest raw;
      inherit (manifest.package) name;
      version = manifest.package.version or "0.0.0";
      isMember = !(isExcluded folder) && (isWorkspace || folder == "");
      isProcMacro =
        manifest.lib.proc-macro or manifest.lib.proc_macro or false
        || lib.elem "proc-macro" (manifest.lib.crate-type or manifest.lib.crate_type or [ ]);
      hasBuildScript =
        manifest.package.build or true != false
        && (manifest.package ? build || builtins.pathExists (src + "/${paths.join folder "build.rs"}"));
      hasLib = manifest ? lib || builtins.pathExists (src + "/${paths.join folder "src/lib.rs"}");
      dependencies = map (dependency: dependency // { folder = to dependency; }) (
        dependenciesOf manifest
      );
    };

  start =
    lib.optional (root ? package) ""
    ++ lib.filter (folder: !(isExcluded folder)) named
    ++ lib.attrValues patched;
  found = builtins.genericClosure {
    startSet = map (folder: {
      key = folder;
      package = read folder;
    }) start;
    operator =
      { package, ... }:
      map (folder: {
        key = folder;
        package = read folder;
      }) (lib.filter (folder: folder != null) (map (dependency: dependency.folder) package.dependencies));
  };
  nameAt = lib.listToAttrs (map (it: lib.nameValuePair it.key it.package.name) found);
  # A dependency knows the name of the package here that it is on; null for one from elsewhere.
  connected =
    package:
    package
    // {
      dependencies = map (
        dependency:
        dependency
        // {
          local = if dependency.folder == null then null else nameAt.${dependency.folder};
        }
      ) package.dependencies;
    };
in
{
  packages = lib.listToAttrs (
    map (it: lib.nameValuePair it.package.name (connected it.package)) found
  );
  # What crates from elsewhere may depend on.
  patched = map (folder: nameAt.${folder}) (lib.attrValues patched);
}
