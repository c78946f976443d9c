{ functions, lib }:
/**
  What a release carries beside the crates, for this system: archives of programs, bills of materials, notes, checksums, and
  `release.json`, a list of all. A program that needs the store is refused.

  # Inputs

  `released`
  : Names of the members whose programs are released.

  `revision`
  : The commit of the sources; null where nobody knows it.

  `time`
  : When that was made, in seconds since 1970; null where nobody knows it.

  The rest is the context that mkPipeline makes, with `records`, `src`, and in `stages` all that are not switched off.
*/
{
  blocks,
  config,
  name,
  pkgs,
  released,
  revision,
  src,
  stages,
  time,
  versions,
  workspace,
  ...
}@context:
let
  platform = pkgs.stdenv.hostPlatform;
  own = platform.rust.rustcTarget;
  parts = target: lib.splitString "-" target;
  processor = target: lib.head (parts target);
  system = lib.elemAt (parts own) 2;
  isOfHere = target: processor target == processor own && lib.elem system (parts target);
  named = lib.filter isOfHere config.release.targets;
  # What is linked here names the store; with musl, nothing is named at all.
  usual = if platform.isLinux then "${processor own}-unknown-linux-musl" else own;
  targets = if named == [ ] then [ usual ] else named;

  holdsBoms = stage: lib.any (evidence: (evidence.kind or "") == "cyclonedx") stage.evidence;
  view = functions.mkViewCommand (
    context
    // {
      view = "release assets";
      baseline = null;
      stages = lib.filter holdsBoms stages;
    }
  );

  within = folder: file: if folder == "" then file else "${folder}/${file}";
  isFile = path: builtins.pathExists (src + "/${path}");
  # One file, and not all sources.
  one =
    path:
    builtins.path {
      path = src + "/${path}";
      name = baseNameOf path;
    };
  isLicence =
    file: builtins.match "(licen[sc]e|copying|notice|unlicense).*" (lib.toLower file) != null;
  # A link would lead out of what is taken; what it leads to is mostly at the root.
  licencesOf =
    folder:
    map (within folder) (
      lib.filter isLicence (
        lib.attrNames (
          lib.filterAttrs (_: type: type == "regular") (
            builtins.readDir (if folder == "" then src else src + "/${folder}")
          )
        )
      )
    );
  changelogOf =
    folder: within (if config.release.changelog == "member" then folder else "") "CHANGELOG.md";
  # Of one name, the first counts.
  textsOf =
    folder:
    licencesOf folder
    ++ lib.filter isFile [
      (within folder "README.md")
      "README.md"
      (changelogOf folder)
    ]
    ++ licencesOf "";
  member =
    name:
    let
      inherit (workspace.packages.${name}) folder version;
    in
    {
      inherit name version;
      texts = lib.listToAttrs (
        map (path: lib.nameValuePair (baseNameOf path) (one path)) (textsOf folder)
      );
      changelog =
        if isFile (changelogOf folder) then
          one (changelogOf folder)
        else
          throw "${changelogOf folder} is not there, and a release tells what it brings";
    };
  order = target: {
    inherit revision target;
    engine = "nix";
    rustc = "";
    time = if time == null then 0 else time;
    programs = functions.mkPrograms (context // { inherit target; });
    members = map member released;
  };
in
pkgs.runCommand "${name}-release"
  (
    view.attributes
    // {
      passAsFile = view.attributes.passAsFile ++ [ "orders" ];
      orders = builtins.toJSON (map order targets);
      nativeBuildInputs = [
        blocks
        pkgs.jq
      ];
    }
  )
  ''
    jq --arg rustc "$(head -n 1 ${versions})" 'map(.rustc = $rustc)' "$ordersPath" >orders.json
    ${lib.removeSuffix "\n" view.command} --order orders.json
  ''
