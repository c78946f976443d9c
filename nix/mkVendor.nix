_:
/**
  The crates from elsewhere as one path of the store. crane has a path a crate, and a sandbox takes each path that
  a build may see into itself, for each of many small builds.

  # Inputs

  `pkgs`
  : nixpkgs for the system.

  `cargoVendorDir`
  : What crane's vendorCargoDeps made.

  # Outputs

  A folder of the same form: a `config.toml` for cargo, which names folders of crates.
*/
{ pkgs, cargoVendorDir }:
pkgs.runCommand "vendored" { inherit cargoVendorDir; } ''
  mkdir "$out"
  number=0
  while IFS= read -r line; do
    case $line in
      'directory = "'*'"')
        folder=''${line#*\"}
        number=$((number + 1))
        cp -rL --no-preserve=ownership "''${folder%\"}" "$out/$number"
        line="directory = \"$out/$number\""
        ;;
    esac
    printf '%s\n' "$line"
  done <"$cargoVendorDir/config.toml" >"$out/config.toml"
''
