_:
/**
  The sources of a package's library as those who depend on it see them, at their place in the
  workspace: without tests, and with a manifest of the library only.

  # Inputs

  `files`
  : The files of the package's folder that its library needs; null for the manifest only, with an empty
    library so that cargo finds one.

  `isClosed`
  : Whether one link may stand for the folder.

  `name`
  : A word for derivation names.

  `manifest`
  : The manifest, a file.

  `package`
  : The package, as readWorkspace gives it.

  `pkgs`
  : nixpkgs for the system.
*/
{
  files,
  isClosed,
  manifest,
  name,
  package,
  pkgs,
  ...
}:
let
  folder = if package.folder == "" then "." else package.folder;
  library = "${folder}/${package.manifest.lib.path or "src/lib.rs"}";
in
# By its name the first that Nix makes: much waits for it, and it takes no time (see mkRecord.nix).
pkgs.runCommand "${name}-as-library-${package.name}" { inherit manifest; } ''
  source ${./tree.sh}
  tree=$out/tree
  mkdir -p "$tree/${folder}"
  ${
    if files == null then
      ''
        mkdir -p "$tree/${dirOf library}"
        : >"$tree/${library}"
      ''
    else
      ''
        cp -r --no-preserve=ownership "${files}/." "$tree/${folder}"
        chmod -R u+w "$tree/${folder}"
      ''
  }
  cp --remove-destination "$manifest" "$tree/${folder}/Cargo.toml"
  ${
    if isClosed then
      ''
        mkdir -p "links/${dirOf folder}"
        ln -s "$tree/${folder}" "links/${folder}"
      ''
    else
      ''
        mkdir links
        cp -rs "$tree/." links
      ''
  }
  tree_archive_links links "$out"
''
