# Package sets whose functions take what they need from the set by name.
lib:
let
  callPackageWith =
    scope: file: overrides:
    let
      function = if lib.isFunction file then file else import file;
      wanted = builtins.functionArgs function;
      missing = builtins.filter (name: !wanted.${name} && !(scope ? ${name}) && !(overrides ? ${name})) (
        builtins.attrNames wanted
      );
    in
    if missing != [ ] then
      throw "nix/host: ${toString file} wants ${toString missing}, which the stand-ins do not have"
    else
      function (builtins.intersectAttrs wanted scope // overrides);

  makeScope =
    newScope: function:
    let
      self = function self // {
        callPackage = self.newScope self;
        newScope = scope: newScope (self // scope);
        overrideScope =
          overlay:
          makeScope newScope (
            final:
            let
              previous = function final;
            in
            previous // overlay final previous
          );
        packages = function;
      };
    in
    self;
in
{
  inherit callPackageWith makeScope;
}
