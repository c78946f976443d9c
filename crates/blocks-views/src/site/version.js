
"use strict";
(() => {
  // The filter over members. Without a script all are there, and there is none.
  const items = [...document.querySelectorAll("article.member")]
    .map((element) => ({ element, text: element.textContent.toLowerCase() }));
  const sections = [...document.querySelectorAll("section:has(> article.member)")];
  addFilter("name, words\u2026 (/)", (wanted) => {
    let count = 0;
    for (const { element, text } of items) {
      const is = wanted.every((word) => text.includes(word));
      element.hidden = !is;
      count += is ? 1 : 0;
    }
    for (const one of sections) {
      one.hidden = !one.querySelector("article.member:not([hidden])");
    }
    return count;
  });
})();
