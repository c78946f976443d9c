# The folder of the stand-in flakes: a copy, because facts.json has to lie beside them.

write_inputs() {
  inputs=$home/inputs${nixpkgs_lib:+-with-lib}
  mkdir -p "$inputs"
  rsync --archive --checksum --delete --exclude sh --exclude check --exclude /facts.json --exclude /real-lib \
    "$here/" "$inputs/"
  cmp -s "$home/facts.json" "$inputs/facts.json" || cp "$home/facts.json" "$inputs/facts.json"
  [ -z "$nixpkgs_lib" ] || copy_real_lib
}

copy_real_lib() {
  local from
  for from in "$nixpkgs_lib/lib" "$nixpkgs_lib"; do
    [ ! -f "$from/default.nix" ] || break
  done
  [ -f "$from/default.nix" ] || fail "--nixpkgs-lib: $nixpkgs_lib holds no lib/default.nix"
  rsync --archive --checksum --delete "$from/" "$inputs/real-lib/"
}
