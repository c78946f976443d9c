# shellcheck shell=bash
# Lays out the part of a workspace that a derivation builds, and hands artifacts from one derivation
# to the next. $treeSpec, $treeLibraries and $treeCopies (of workspace/tree.nix), $treeLayer
# and $artifacts (earlier outputs) come from mkTreeDerivation.nix.

# Cargo compares times: what is laid out here is as old as every file of the store, so that artifacts
# of the same sources are fresh.
tree_lay_out() {
  local to from libraries
  # Cargo counts what lies in a package's folder as its files, so its home is elsewhere.
  export CARGO_HOME=$NIX_BUILD_TOP/cargo-home
  mkdir source
  cd source
  read -ra libraries <<<"${treeLibraries:-}"
  tree_follow . "${libraries[@]}"
  while IFS=$'\t' read -r to from; do
    tree_open_folder "${to%/*}"
    [ "${to%/*}" = "$to" ] || [ -d "${to%/*}" ] || mkdir -p "${to%/*}"
    if [ -d "$from" ]; then
      cp -r --preserve=timestamps "$from/." "$to"
      chmod -R u+w "$to"
    else
      cp --remove-destination --preserve=timestamps "$from" "$to"
    fi
  done <"$treeSpec"
  # A tree that is not for cargo has none.
  [ ! -d .blocks ] || tree_finish
  cd ..
}

# What cargo wants beside.
tree_finish() {
  # The lock file is what cargo would write; should cargo see that otherwise, it may put it right, from the
  # crates that the workspace has locked.
  chmod u+w Cargo.lock
  echo 'fn main() {}' >.blocks/never.rs
  echo 'fn main() {}' >.blocks/build.rs
  : >.blocks/lib.rs
}

# tree_open_folder <path>: where a link stands for a folder on the way to the path, a folder of links takes its
# place, so that more can be put there.
tree_open_folder() {
  local folder="" part parts whole
  IFS=/ read -ra parts <<<"$1"
  for part in "${parts[@]}"; do
    folder+=${folder:+/}$part
    [ -L "$folder" ] || continue
    whole=$(readlink "$folder")
    rm "$folder"
    cp -rs --no-preserve=mode "$whole" "$folder"
  done
}

# tree_archive_links <folder of links> <output>: what tree_follow unpacks for those who use the output.
tree_archive_links() {
  tar --directory="$1" --create --file="$2/links.tar" \
    --sort=name --mtime=@1 --owner=0 --group=0 --numeric-owner --mode=u+w .
}

# tree_follow <folder> <output…>: unpacks links to what is in the outputs, of all at once: making hundreds of
# links one by one would take longer than a member takes to compile.
tree_follow() {
  local folder=$1
  shift
  [ $# -eq 0 ] || cat "${@/%//links.tar}" | tar --directory="$folder" --extract --ignore-zeros --absolute-names
}

# What others made is linked, entry by entry: many small files would take longer to copy than a member
# takes to compile. What cargo may have to write again is copied. That is so where a package that is whole
# here has a build script: it may count as old, because more of its files are here than where its library
# was compiled, and with it all that depends on it.
tree_inherit() {
  local artifact outputs
  mkdir -p target
  read -ra outputs <<<"${artifacts:-}"
  if [ -z "${treeCopies:-}" ]; then
    tree_follow target ${treeLayer:+"$treeLayer"} "${outputs[@]}"
  else
    tree_follow target ${treeLayer:+"$treeLayer"}
    for artifact in "${outputs[@]}"; do
      # With times and modes as they are (a library that is no program counts as no object of coverage),
      # but writable.
      tar --directory="$artifact" --exclude=./links.tar --mode=u+w --create . \
        | tar --directory=target --extract
    done
  fi
  : >"$NIX_BUILD_TOP/inherited"
}

# tree_compiler <id>: lets cargo begin with what the layer's compiler of that name said about itself, which it
# would otherwise ask in each of many small builds. Cargo takes it for the same compiler only.
tree_compiler() {
  [ ! -e "$treeLayer/compilers/$1.json" ] || cat "$treeLayer/compilers/$1.json" >target/.rustc_info.json
}

tree_keep_compiler() {
  mkdir -p "$out/compilers"
  mv target/.rustc_info.json "$out/compilers/$1.json"
}

# Keeps what was compiled here, but for what stands for the workspace's other members.
tree_hand_on() {
  mkdir -p "$out"
  # Empty folders too: cargo makes that of a build script's results where it is missing.
  find target '(' -type f -o -type d -empty ')' -newer "$NIX_BUILD_TOP/inherited" -not -name '*.d' -not -path '*blocks[-_]workspace-*' \
    '(' -path '*/.fingerprint/*' -o -path '*/build/*' -o -path '*/deps/*' ')' -printf '%P\0' \
    | tar --directory=target --null --files-from=- --create \
    | tar --directory="$out" --extract
  tree_link_entries
}

# Links to the entries of the folders in which cargo keeps what it made.
tree_link_entries() {
  local folder links
  links=$(mktemp -d)
  for folder in "$out"/{*,*/*}/{.fingerprint,build,deps}; do
    [ -d "$folder" ] || continue
    mkdir -p "$links/${folder#"$out/"}"
    # A folder may be empty, and then has no entry to link.
    find "$folder" -mindepth 1 -maxdepth 1 -print0 | xargs -0 --no-run-if-empty ln -s -t "$links/${folder#"$out/"}"
  done
  tree_archive_links "$links" "$out"
}

# Compiles what later derivations share. Code that does not compile is no fault here: whoever needs it
# compiles it again, and its record says why it cannot. A machine that ran out of memory is one.
tree_compile_here() {
  local log=$NIX_BUILD_TOP/log status=0 fault
  "$@" 2>&1 | tee "$log" || status=${PIPESTATUS[0]}
  [ "$status" -ne 0 ] || return 0
  fault=$(find_fault "$log")
  [ -z "$fault" ] || echo "error: ${fault#*$'\t'}" >&2
  [ -z "$fault" ] && [ "$status" -eq 101 ] || return 1
}
