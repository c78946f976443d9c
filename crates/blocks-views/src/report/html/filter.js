
"use strict";
// A box for words to look for, which "/" leads to. Without a script there is none. `apply` gets the words in small letters, none
// where all is to be seen, and gives how many things have them.
const addFilter = (placeholder, apply) => {
  const box = document.createElement("div");
  box.className = "filter";
  box.setAttribute("role", "search");
  const label = document.createElement("label");
  label.textContent = "Filter";
  const input = document.createElement("input");
  input.type = "search";
  input.id = "filter";
  input.placeholder = placeholder;
  input.autocomplete = "off";
  input.spellcheck = false;
  label.htmlFor = input.id;
  const told = document.createElement("output");
  told.htmlFor = input.id;
  box.append(told, label, input);
  document.querySelector(".tools").append(box);

  const filter = () => {
    const wanted = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const count = apply(wanted);
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
};
