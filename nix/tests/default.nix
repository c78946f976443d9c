# placeholder
{ ... }: "ok"
