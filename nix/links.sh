# links.sh <folder>: each link of the pages in a folder that leads nowhere, as `page: link`, and 1 where there is one. Addresses
# of other servers are not asked. Of each page that is linked to, the anchor has to be there, too.
set -euo pipefail
cd "$1"

# links <page>: what it links to and shows, without what leads to other servers or is no address of a file.
links() {
  { grep -oE ' (href|src)="[^"]*"' "$1" || true; } | sed -E 's/^ [a-z]+="//; s/"$//; s/&amp;/\&/g' \
    | { grep -vE '^([a-z]+:|//|$)' || true; } | sort -u
}

# is_there <page> <link>
is_there() {
  local file=${2%%#*} anchor=""
  [[ "$2" != *"#"* ]] || anchor=${2#*#}
  file=${file%%\?*}
  if [ -z "$file" ]; then file=$1; else file=$(dirname "$1")/$file; fi
  [ ! -d "$file" ] || file=$file/index.html
  [ -f "$file" ] || return 1
  [ -z "$anchor" ] || grep -qF -e " id=\"$anchor\"" -e " name=\"$anchor\"" "$file"
}

broken=0
while read -r page; do
  while read -r link; do
    # Letters that are not of English have other names in an address than in the page.
    [[ "$link" != *%* ]] || printf -v link %b "${link//%/\\x}"
    [ -z "$link" ] || is_there "$page" "$link" || { echo "$page: $link"; broken=1; }
  done < <(links "$page")
  # What mdBook makes of all pages again, or for a server that knows its own address.
done < <(find . -name '*.html' -printf '%P\n' | grep -vxE '(404|print|toc)\.html' | sort)
exit "$broken"
