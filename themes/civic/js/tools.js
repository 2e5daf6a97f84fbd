// Larger text and printing. Without script the browser's own zoom and menu do the same.
(() => {
  "use strict";
  const box = document.querySelector("[data-tools]");
  if (!box) return;
  const KEY = "gaisite-text-size";
  const sizes = [...box.querySelectorAll("[data-size]")];

  // A page opened from the disk, or a browser that keeps nothing, may refuse: then the choice lasts for this page.
  const remember = (size) => {
    try {
      localStorage.setItem(KEY, size);
    } catch {}
  };
  const recall = () => {
    try {
      return localStorage.getItem(KEY) ?? "";
    } catch {
      return "";
    }
  };
  const apply = (size) => {
    document.documentElement.dataset.textSize = size;
    for (const button of sizes) button.setAttribute("aria-pressed", String(button.dataset.size === size));
  };

  for (const button of sizes) {
    button.addEventListener("click", () => {
      apply(button.dataset.size);
      remember(button.dataset.size);
    });
  }
  box.querySelector("[data-print]").addEventListener("click", () => print());
  const kept = recall();
  apply(sizes.some((button) => button.dataset.size === kept) ? kept : "normal");
  box.hidden = false;
})();
