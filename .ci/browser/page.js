// What holds of each page, as the browser has read it: an object of names to what is wrong with them, none where all holds.
(() => {
  const faults = {};
  const must = (name, wrong) => { if (wrong.length) faults[name] = wrong.slice(0, 5); };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const count = (selector, wanted) => must(selector, all(selector).length === wanted ? [] : [all(selector).length]);
  for (const one of ["main", "h1", "header", "style", "head > title"]) {
    count(one, 1);
  }
  // The page of the status has nothing to find and nothing to fold; those of a site have what they need, and lead to others.
  const isSite = location.pathname.includes("site/");
  const isReport = !isSite && !location.pathname.endsWith(".status.html");
  if (!isSite) {
    for (const one of ["footer", "nav", "script"]) {
      count(one, isReport ? 1 : 0);
    }
  }
  for (const none of ["img", "iframe", "object", "embed", "link", "form", "base", "[style]", "[src]", "[autofocus]"]) {
    count(none, 0);
  }
  must("handlers", all("*").filter((it) => it.getAttributeNames().some((name) => name.startsWith("on"))).map((it) => it.outerHTML.slice(0, 200)));
  must("planted", window.planted === undefined ? [] : [String(window.planted)]);
  const ids = all("[id]").map((it) => it.id);
  must("ids", ids.filter((id, at) => ids.indexOf(id) !== at));
  const known = new Set(ids);
  const leads = (it) => {
    const href = it.getAttribute("href");
    // Whether there is such a file is asked where files can be seen.
    if (isSite && /^(\.\.?\/|https:\/\/example\.org\/)/.test(href)) return true;
    return href === "report.json" || (href.startsWith("#") && known.has(href.slice(1)));
  };
  must("links", all("a").filter((it) => !leads(it)).map((it) => it.outerHTML.slice(0, 200)));
  must("names", all("a, button, summary, input, [role=img], [role=region]").filter((it) => {
    const label = it.id && document.querySelector(`label[for="${it.id}"]`);
    return !(it.getAttribute("aria-label") || it.textContent.trim() || label);
  }).map((it) => it.outerHTML.slice(0, 200)));
  const levels = all("h1, h2, h3, h4").map((it) => Number(it.tagName[1]));
  must("levels", levels.filter((level, at) => at > 0 && level > levels[at - 1] + 1));
  const text = document.body.textContent;
  must("characters", text.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/gu) || []);
  must("width", document.documentElement.scrollWidth <= innerWidth ? [] : [document.documentElement.scrollWidth]);

  // WCAG 2.2, success criterion 1.4.3, over the whole ground that is below a text.
  const color = (text) => text.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const part = (it) => (it / 255 <= 0.04045 ? it / 255 / 12.92 : ((it / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = color(getComputedStyle(at).backgroundColor);
      if (found[3] === undefined || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const dim = [];
  const seen = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || seen.has(element) || !element.checkVisibility()) continue;
    seen.add(element);
    const style = getComputedStyle(element);
    const ink = element.closest("svg.plot") ? style.fill : style.color;
    const [a, b] = [light(color(ink)), light(ground(element))].sort((a, b) => b - a);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) dim.push(`${ratio.toFixed(2)}: ${element.outerHTML.slice(0, 150)}`);
  }
  must("contrast", dim);
  return faults;
})()
