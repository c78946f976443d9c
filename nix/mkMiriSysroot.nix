_:
/**
  The standard library as Miri interprets it, made once of a toolchain. Its crates from elsewhere lie in the component
  rust-src (<https://github.com/rust-lang/rust/pull/156196>, since May of 2026), so that nothing is fetched.

  # Inputs

  `pkgs`
  : nixpkgs for the system.

  `toolchain`
  : A nightly with the components miri and rust-src.
*/
{ pkgs, toolchain }:
pkgs.runCommand "miri-sysroot"
  {
    nativeBuildInputs = [
      toolchain
      pkgs.stdenv.cc
    ];
    library = "${toolchain}/lib/rustlib/src/rust/library";
  }
  ''
    if [ ! -d "$library/vendor" ]; then
      echo "error: the toolchain's rust-src has no crates that the standard library needs ($library/vendor)" >&2
      echo "Update rust-overlay to a nightly of June 2026 or newer, or give another by channels.rust-miri of mkPipeline." >&2
      exit 1
    fi
    export HOME=$NIX_BUILD_TOP CARGO_HOME=$NIX_BUILD_TOP/cargo CARGO_NET_OFFLINE=true
    mkdir -p "$CARGO_HOME"
    printf '[source.crates-io]\nreplace-with = "library"\n[source.library]\ndirectory = "%s"\n' "$library/vendor" \
      >"$CARGO_HOME/config.toml"
    cargo miri setup
    cp -r "$(cargo miri setup --print-sysroot)" "$out"
  ''
