_:
/**
  The crates from elsewhere as one path of the store. crane has a path a crate, and a sandbox takes each path that
  a build may see into itself, for each of many small builds.

  # Inputs

  `pkgs`
  : nixpkgs for the system.

  `cargoVendorDir`
  : What crane's vendorCargoDeps made.

  `toolchain`
  : One with the component rust-src, where the standard library is compiled, too: what that needs lies there
    (see mkMiriSysroot). null where it is not (null).

  # Outputs

  A folder of the same form: a `config.toml` for cargo, which names folders of crates.
*/
{
  pkgs,
  cargoVendorDir,
  toolchain ? null,
}:
pkgs.runCommand "vendored"
  (
    {
      inherit cargoVendorDir;
    }
    // (if toolchain == null then { } else { library = "${toolchain}/lib/rustlib/src/rust/library"; })
  )
  ''
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
    [ -n "''${library:-}" ] || exit 0
    if [ ! -d "$library/vendor" ]; then
      echo "error: the toolchain's rust-src has no crates that the standard library needs ($library/vendor)" >&2
      echo "Update rust-overlay to a nightly of June 2026 or newer, or give another by channels.rust-nightly-src of mkPipeline." >&2
      exit 1
    fi
    if ! grep -q '^\[source\.crates-io\]' "$out/config.toml"; then
      number=$((number + 1))
      mkdir "$out/$number"
      printf '[source.crates-io]\nreplace-with = "library"\n[source.library]\ndirectory = "%s"\n' "$out/$number" \
        >>"$out/config.toml"
    fi
    # Into all folders, of which one stands for the registry. What is there already by the same name is the same crate.
    while [ "$number" -gt 0 ]; do
      chmod u+w "$out/$number"
      for crate in "$library"/vendor/*; do
        [ -e "$out/$number/''${crate##*/}" ] || cp -r "$crate" "$out/$number/"
      done
      number=$((number - 1))
    done
  ''
