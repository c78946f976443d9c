_:
/**
  The sources of a package's library as those who depend on it see them, at their place in the
  workspace: without tests, and with a manifest of the library only.

  # Inputs

  `files`
  : The files of the package's folder that its library needs.

  `manifest`
  : The manifest, a file.

  `package`
  : The package, as readWorkspace gives it.

  `pkgs`
  : nixpkgs for the system.
*/
{
  files,
  manifest,
  package,
  pkgs,
}:
pkgs.runCommand "${package.name}-library" { inherit files manifest; } ''
  mkdir -p "$out/${package.folder}"
  cp -r --no-preserve=ownership "$files/." "$out/${package.folder}"
  chmod -R u+w "$out/${package.folder}"
  cp --remove-destination "$manifest" "$out/${package.folder}/Cargo.toml"
''
