
"use strict";
(() => {
  // Buttons that copy commands. Without a clipboard there are none.
  const copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  };
  if (navigator.clipboard) {
    for (const line of document.querySelectorAll(".cmd")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Copy";
      button.setAttribute("aria-live", "polite");
      button.setAttribute("aria-label", "Copy the command");
      const code = line.querySelector("code");
      button.addEventListener("click", () => {
        button.removeAttribute("aria-label");
        copy(button, code.textContent);
      });
      line.append(button);
    }
  }

  // What a link leads to is unfolded, also by browsers that do not do so themselves.
  const unfold = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
    }
    const own = element && element.querySelector(":scope > details");
    if (own) own.open = true;
  };
  const show = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    unfold(target);
    target.scrollIntoView();
  };
  addEventListener("hashchange", show);
  show();
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll(".causes details")) one.open = true;
  });

  // The filter: over stages, causes, tests, members, files and benchmarks.
  const items = [...document.querySelectorAll("tr.f, .causes > li, .tests > li")]
    .map((element) => ({ element, text: element.textContent.toLowerCase() }));
  const holders = [...document.querySelectorAll("article, main details:has(> .tests), details.rest")];
  const folded = new Map();
  addFilter("stage, test, file\u2026 (/)", (wanted) => {
    let count = 0;
    for (const { element, text } of items) {
      const card = element.closest("article");
      const around = card ? card.querySelector("h3").textContent.toLowerCase() : "";
      const is = wanted.every((word) => text.includes(word) || around.includes(word));
      element.hidden = !is;
      count += is ? 1 : 0;
    }
    for (const holder of holders) {
      const inside = holder.querySelector(".causes > li, .tests > li");
      const some = holder.querySelector(".causes > li:not([hidden]), .tests > li:not([hidden])");
      const own = (holder.querySelector("h3, summary") || holder).textContent.toLowerCase();
      holder.hidden = wanted.length > 0 && !some && (inside !== null || !wanted.every((word) => own.includes(word)));
      if (holder.tagName !== "DETAILS") continue;
      if (wanted.length > 0) {
        if (!folded.has(holder)) folded.set(holder, holder.open);
        holder.open = some !== null;
      } else if (folded.has(holder)) {
        holder.open = folded.get(holder);
        folded.delete(holder);
      }
    }
    for (const list of document.querySelectorAll(".causes")) {
      list.hidden = !list.querySelector(":scope > li:not([hidden])");
    }
    return count;
  });
})();
