{ lib }:
/**
  The workspace's book as pages, by mdBook: of `docs/`, where that has a `book.toml`, and of files elsewhere that its
  chapters take in (`{{#include ../README.md}}`). Other files are no part of it, so that no edit of them builds it again.

  # Inputs

  `src`, `name`, `pkgs`
  : As for mkPipeline.

  `table`
  : The table: the stage `book` has the script that follows links.

  # Outputs

  A derivation with `index.html`; null where there is no book. What mdBook cannot take in fails it, for mdBook itself leaves a
  hole in the page and ends with 0; and so does a link or a picture that leads nowhere within the book.
*/
{
  src,
  name,
  pkgs,
  table,
  ...
}:
let
  paths = import ./workspace/paths.nix { inherit lib; };
  folder = "docs";
  root = toString src;
  inner = path: lib.removePrefix "${root}/" path;

  # The Markdown files of a folder and of those below it, from the workspace's root.
  pagesIn =
    at:
    lib.concatLists (
      lib.mapAttrsToList (
        entry: type:
        let
          path = "${at}/${entry}";
        in
        if type == "directory" then
          pagesIn path
        else
          lib.optional (type == "regular" && lib.hasSuffix ".md" entry) path
      ) (builtins.readDir (src + "/${at}"))
    );

  # What a page takes in from elsewhere. A file that is not there is mdBook's to name.
  taken =
    page:
    let
      text = builtins.readFile (src + "/${page}");
      found = lib.filter lib.isList (
        builtins.split "\\{\\{#(include|playground|rustdoc_include) +([^}: ]+)" text
      );
      pathOf = match: paths.normal "${paths.parent page}/${lib.elemAt match 1}";
      isElsewhere =
        path: path != null && !(paths.isIn folder path) && builtins.pathExists (src + "/${path}");
    in
    lib.optionals (paths.holds text "{{#") (lib.filter isElsewhere (map pathOf found));
  elsewhere = lib.unique (lib.concatMap taken (pagesIn folder));

  chapters = builtins.path {
    path = src + "/${folder}";
    name = "chapters";
    filter = path: type: !(paths.isState (baseNameOf path) type || paths.isView (inner path));
  };
  links = lib.findFirst (file: file.name == "links") null table.stage.book.file;
  one =
    path:
    builtins.path {
      path = src + "/${path}";
      name = "taken";
    };
in
if !(builtins.pathExists (src + "/${folder}/book.toml")) then
  null
else
  pkgs.runCommand "${name}-book" { nativeBuildInputs = [ pkgs.mdbook ]; } ''
    mkdir -p tree
    cp -r --no-preserve=mode ${chapters} tree/${folder}
    ${lib.concatMapStrings (path: ''
      install -D -m 644 ${one path} tree/${lib.escapeShellArg path}
    '') elsewhere}
    mdbook build tree/${folder} --dest-dir "$out" 2>&1 | tee log
    if grep -E '^ *(ERROR|WARN) ' log; then
      echo "the book is not whole: the lines above say what mdBook could not do" >&2
      exit 1
    fi
    test -s "$out/index.html"
    pages=$PWD/pages
    (cd "$out" && find . -name '*.html' | grep -vxE '\./(404|print|toc)\.html' | sort) >"$pages"
    (cd tree && bash ${builtins.toFile "links" links.text} "$out" ${folder}) <"$pages" >broken
    if [ -s broken ]; then
      cat broken >&2
      echo "these links of the book lead nowhere: the page, the link, and the chapter" >&2
      exit 1
    fi
  ''
