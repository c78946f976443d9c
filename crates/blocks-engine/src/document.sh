#!/bin/sh
# Stands for rustdoc, and lets it write its pages into the folder $BLOCKS_PAGES.
#
# Rustdoc makes a link to another crate only where it finds that crate's folder. Cargo lets it document members side by
# side, and empties the folder of each when its turn comes: which links there are would depend on who was faster. In a
# folder that cargo does not know, those of all members are there from the start, and stay.
set -eu
before=""
for word; do
  shift
  [ -z "$before" ] || word=$BLOCKS_PAGES
  case $word in
    --out-dir=*) word=--out-dir=$BLOCKS_PAGES ;;
  esac
  set -- "$@" "$word"
  case $word in
    -o | --out-dir) before=$word ;;
    *) before="" ;;
  esac
done
exec "${BLOCKS_RUSTDOC:-rustdoc}" "$@"
