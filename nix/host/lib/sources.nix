# Sources that keep some of their files only.
lib:
let
  # A filtered source, lazily: filters add up, and the store path is made from all of them.
  cleanSourceWith =
    {
      src,
      filter ? _path: _type: true,
      name ? null,
    }:
    let
      filtered = src._isLibCleanSourceWith or false;
      origSrc = if filtered then src.origSrc else src;
      both = if filtered then path: type: src.filter path type && filter path type else filter;
      finalName =
        if name != null then
          name
        else if filtered then
          src.name
        else
          "source";
    in
    {
      inherit origSrc;
      filter = both;
      name = finalName;
      _isLibCleanSourceWith = true;
      outPath = builtins.path {
        path = origSrc;
        filter = both;
        name = finalName;
      };
    };

  # Version control, build results and editors' leavings are no source.
  cleanSourceFilter =
    path: type:
    let
      base = baseNameOf (toString path);
    in
    !(
      base == ".git"
      || base == ".svn"
      || base == "CVS"
      || base == ".hg"
      || base == ".jj"
      || lib.hasSuffix "~" base
      || builtins.match "^\\.sw[a-z]$" base != null
      || builtins.match "^\\..*\\.sw[a-z]$" base != null
      || lib.hasSuffix ".o" base
      || lib.hasSuffix ".so" base
      || (type == "symlink" && lib.hasPrefix "result" base)
      || type == "unknown"
    );
in
{
  inherit cleanSourceWith cleanSourceFilter;
  cleanSource =
    src:
    cleanSourceWith {
      inherit src;
      filter = cleanSourceFilter;
    };
  sourceFilesBySuffices =
    src: suffices:
    cleanSourceWith {
      inherit src;
      filter =
        path: type:
        type == "directory" || builtins.any (suffix: lib.hasSuffix suffix (baseNameOf path)) suffices;
    };
}
