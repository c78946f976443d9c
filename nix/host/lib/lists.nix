# Lists.
_lib: rec {
  inherit (builtins)
    all
    any
    concatLists
    concatMap
    elem
    elemAt
    filter
    foldl'
    genList
    groupBy
    head
    length
    partition
    sort
    tail
    ;

  foldl = foldl';
  last = list: elemAt list (length list - 1);
  reverseList = list: genList (n: elemAt list (length list - n - 1)) (length list);
  init = list: sublist 0 (length list - 1) list;
  range = first: final: if first > final then [ ] else genList (n: first + n) (final - first + 1);
  imap0 = function: list: genList (n: function n (elemAt list n)) (length list);
  imap1 = function: imap0 (n: function (n + 1));
  sublist =
    start: count: list:
    let
      left = length list - start;
      taken = if count > left then left else count;
    in
    genList (n: elemAt list (n + start)) (if taken < 0 then 0 else taken);
  take = sublist 0;
  drop = count: list: sublist count (length list) list;

  optional = condition: value: if condition then [ value ] else [ ];
  optionals = condition: list: if condition then list else [ ];
  toList = value: if builtins.isList value then value else [ value ];
  flatten = value: if builtins.isList value then concatMap flatten value else [ value ];
  unique = foldl' (seen: value: if elem value seen then seen else seen ++ [ value ]) [ ];
  subtractLists = removed: filter (value: !(elem value removed));
  findFirst =
    accepts: default: list:
    let
      found = filter accepts list;
    in
    if found == [ ] then default else head found;
  sortOn = key: sort (left: right: key left < key right);
}
