
"use strict";
(() => {
  // The filter over members. Without a script all are there, and there is none.
  const items = [...document.querySelectorAll("article.member")]
    .map((element) => ({ element, text: element.textContent.toLowerCase() }));
  const sections = [...document.querySelectorAll("section:has(> article.member)")];
  const box = document.createElement("div");
  box.className = "filter";
  box.setAttribute("role", "search");
  const label = document.createElement("label");
  label.textContent = "Filter";
  const input = document.createElement("input");
  input.type = "search";
  input.id = "filter";
  input.placeholder = "name, words\u2026 (/)";
  input.autocomplete = "off";
  input.spellcheck = false;
  label.htmlFor = input.id;
  const told = document.createElement("output");
  told.htmlFor = input.id;
  box.append(told, label, input);
  document.querySelector(".tools").append(box);

  const filter = () => {
    const wanted = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, text } of items) {
      const is = wanted.every((word) => text.includes(word));
      element.hidden = !is;
      count += is ? 1 : 0;
    }
    for (const one of sections) {
      one.hidden = !one.querySelector("article.member:not([hidden])");
    }
    told.textContent = wanted.length === 0 ? "" : `${count} found`;
  };
  input.addEventListener("input", filter);
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName || "");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    } else if (event.key === "Escape" && event.target === input) {
      input.value = "";
      filter();
    }
  });
})();
