# What the pages of a book are made of: its folder, and what chapters take in from elsewhere.
{
  functions,
  lib,
  pkgs,
}:
let
  bookOf =
    src:
    functions.mkBook {
      inherit pkgs src;
      name = "fixture";
      table = functions.readStages { };
    };
  # The lines that lay out files beside the book's folder, without their places in the store.
  laid =
    book:
    map (line: lib.last (lib.splitString " tree/" line)) (
      lib.filter (lib.hasPrefix "install -D ") (lib.splitString "\n" book.drvAttrs.buildCommand)
    );
in
{
  "a book has what its chapters take in, once, and nothing else of the workspace" = {
    is = laid (bookOf ./booked);
    wants = [
      "src/lib.rs"
      "README.md"
    ];
  };
  "where there is no book there is no package of one" = {
    is = [
      (bookOf ./workspace)
      (
        (functions.mkPipeline {
          inherit pkgs;
          src = ./workspace;
          blocks = pkgs.jq;
        }).packages
          ? book
      )
    ];
    wants = [
      null
      false
    ];
  };
}
