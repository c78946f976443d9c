{ lib }:
/**
  A command of the table with the word `{packages}` replaced by the words that select packages.

  # Inputs

  `select`
  : The words: `--workspace`, or `--package NAME` for each.

  `words`
  : The command.
*/
select: words: lib.concatMap (word: if word == "{packages}" then select else [ word ]) words
