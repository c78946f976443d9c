
"use strict";
(() => {
  // An address of the newest release, whatever page of it.
  const latest = document.querySelector("meta[name=latest]");
  const to = new URL(location.href);
  const parts = to.pathname.split("/");
  const at = parts.lastIndexOf("latest");
  if (!latest || at < 0) return;
  parts[at] = encodeURIComponent(latest.content);
  // The host stays, whatever the path begins with.
  to.pathname = parts.join("/");
  location.replace(to);
})();
