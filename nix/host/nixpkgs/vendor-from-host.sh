# Run by vendor-from-host.nix: $cratesPath holds lines of `name-version sha256`.
mkdir -p "$out/crates"
while read -r crate digest; do
  archive=""
  for candidate in /host/crates/*/"$crate.crate"; do
    [ ! -f "$candidate" ] || archive=$candidate
  done
  if [ -z "$archive" ]; then
    echo "$crate is not in cargo's cache on this machine; run: cargo fetch --locked" >&2
    exit 1
  fi
  echo "$digest  $archive" | sha256sum --check --quiet --strict
  tar -xzf "$archive" -C "$out/crates" --no-same-owner
  printf '{"files":{},"package":"%s"}' "$digest" >"$out/crates/$crate/.cargo-checksum.json"
done <"$cratesPath"
cat >"$out/config.toml" <<CONFIG
[source.crates-io]
replace-with = "host"
[source.host]
directory = "$out/crates"
CONFIG
