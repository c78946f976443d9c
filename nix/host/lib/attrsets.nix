# Attribute sets.
lib: rec {
  inherit (builtins)
    attrNames
    attrValues
    catAttrs
    getAttr
    hasAttr
    listToAttrs
    mapAttrs
    ;

  nameValuePair = name: value: { inherit name value; };
  attrsToList = mapAttrsToList nameValuePair;
  genAttrs = names: function: listToAttrs (map (name: nameValuePair name (function name)) names);
  mapAttrs' = function: set: listToAttrs (mapAttrsToList function set);
  mapAttrsToList = function: set: map (name: function name set.${name}) (attrNames set);
  concatMapAttrs = function: set: mergeAttrsList (mapAttrsToList function set);
  mergeAttrsList = builtins.foldl' (left: right: left // right) { };
  optionalAttrs = condition: set: if condition then set else { };

  filterAttrs =
    accepts: set:
    builtins.removeAttrs set (builtins.filter (name: !accepts name set.${name}) (attrNames set));
  filterAttrsRecursive =
    accepts: set:
    mapAttrs (_: value: if builtins.isAttrs value then filterAttrsRecursive accepts value else value) (
      filterAttrs accepts set
    );
  recursiveUpdate =
    left: right:
    left
    // mapAttrs (
      name: value:
      if builtins.isAttrs value && builtins.isAttrs (left.${name} or null) then
        recursiveUpdate left.${name} value
      else
        value
    ) right;

  attrByPath =
    path: default: set:
    if path == [ ] then
      set
    else if builtins.isAttrs set && set ? ${lib.head path} then
      attrByPath (lib.tail path) default set.${lib.head path}
    else
      default;
  isDerivation = value: value.type or null == "derivation";
}
