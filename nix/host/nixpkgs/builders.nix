# The functions that make small derivations.
{ lib, pkgs }:
rec {
  runCommand =
    name: env: buildCommand:
    pkgs.stdenv.mkDerivation (
      {
        inherit name buildCommand;
        passAsFile = [ "buildCommand" ] ++ (env.passAsFile or [ ]);
      }
      // builtins.removeAttrs env [ "passAsFile" ]
    );
  runCommandLocal = runCommand;

  writeText =
    name: text:
    runCommand name {
      inherit text;
      passAsFile = [ "text" ];
    } ''cp "$textPath" "$out"'';

  linkFarm =
    name: entries:
    let
      list =
        if builtins.isAttrs entries then
          lib.mapAttrsToList (name: path: { inherit name path; }) entries
        else
          entries;
    in
    runCommand name { } ''
      mkdir -p "$out"
      ${lib.concatMapStrings (entry: ''
        mkdir -p "$out/$(dirname ${lib.escapeShellArg entry.name})"
        ln -s ${entry.path} "$out/"${lib.escapeShellArg entry.name}
      '') list}
    '';

  makeSetupHook =
    {
      name ? "hook",
      substitutions ? { },
      ...
    }:
    script:
    runCommand name { passthru = { inherit substitutions; }; } ''
      mkdir -p "$out/nix-support"
      cp ${script} "$out/nix-support/setup-hook"
      chmod u+w "$out/nix-support/setup-hook"
      ${lib.concatStrings (
        lib.mapAttrsToList (key: value: ''
          hook=$(cat "$out/nix-support/setup-hook"; echo .)
          value=${lib.escapeShellArg value}
          printf '%s' "''${hook//"@${key}@"/"$value"}" >"$out/nix-support/setup-hook"
          sed -i '$ s/\.$//' "$out/nix-support/setup-hook"
        '') substitutions
      )}
    '';

  mkShell =
    {
      packages ? [ ],
      nativeBuildInputs ? [ ],
      inputsFrom ? [ ],
      ...
    }@args:
    pkgs.stdenv.mkDerivation (
      {
        name = "shell";
        # `nix develop` writes what it finds to the outputs that this variable names.
        outputs = [ "out" ];
      }
      // builtins.removeAttrs args [
        "packages"
        "inputsFrom"
      ]
      // {
        nativeBuildInputs =
          packages
          ++ nativeBuildInputs
          ++ builtins.concatLists (builtins.catAttrs "nativeBuildInputs" inputsFrom);
        passAsFile = [ "buildCommand" ];
        buildCommand = ''export >"$out"'';
      }
    );
}
