// Full-text search with Pagefind. In its index every Chinese character is a word, so that any part of a text is found.
(() => {
  "use strict";
  const box = document.querySelector("[data-search]");
  if (!box) return;
  const [input, status, results] = [box.querySelector("input"), box.querySelector("[role=status]"), box.querySelector("ol")];
  const { search, offline, failed, count, none, more } = box.dataset;
  const HAN = "\\p{Script=Han}";
  const PAGE = 20;
  // Stands for the point of a decimal in the index.
  const LETTER = "\u01c0";
  const POINT = /(?<=[0-9])\.(?=[0-9])/g;
  const BORDER = new RegExp(`(?<=${HAN})(?=[\\p{L}\\p{N}])|(?<=[0-9A-Za-z])(?=${HAN})`, "gu");
  const SPACE = new RegExp(`(?<=${HAN}) (?=[\\p{L}\\p{N}，。、；：？！（）《》“”])|(?<=[0-9A-Za-z，。、；：？！（）《》“”]) (?=${HAN})`, "gu");
  const join = (text) => text.replaceAll(SPACE, "").replaceAll(LETTER, ".");

  // Each term is searched as it stands, its characters and figures in their order.
  const split = (text) =>
    text.trim().split(/\s+/)
      .map((term) => term.replaceAll(POINT, LETTER).replaceAll(/[^\p{L}\p{N}]+/gu, " ").replaceAll(BORDER, " ").trim())
      .filter(Boolean).map((term) => (term.includes(" ") ? `"${term}"` : term));

  /** The pages that have all the terms: Pagefind takes no more than one phrase at a time. */
  const lookUp = async (terms) => {
    const [first, ...others] = await Promise.all(terms.map(async (term) => (await index.search(term)).results));
    const ids = others.map((results) => new Set(results.map(({ id }) => id)));
    return first.filter(({ id }) => ids.every((each) => each.has(id)));
  };

  const write = (parent, excerpt) => {
    const marked = new DOMParser().parseFromString(excerpt.replaceAll(/ <\/mark>/g, "</mark> "), "text/html").body;
    const text = [...marked.childNodes].map((node) => (node.localName === "mark" ? `\u0001${node.textContent}\u0002` : node.textContent)).join("");
    const plain = join(text.replaceAll("\u0002 \u0001", "").replaceAll(/ (?=[\u0001\u0002])|(?<=[\u0001\u0002]) /g, ""));
    for (const [place, piece] of plain.split(/[\u0001\u0002]/).entries()) {
      const node = place % 2 ? document.createElement("mark") : document.createTextNode(piece);
      if (place % 2) node.textContent = piece;
      parent.append(node);
    }
  };

  const show = async (found, from) => {
    for (const result of found.slice(from, from + PAGE)) {
      const { raw_url: url, meta, excerpt } = await result.data();
      const [item, link, text] = ["li", "a", "p"].map((tag) => document.createElement(tag));
      link.href = new URL(url.replace(/^\//, ""), new URL(box.dataset.root, document.baseURI));
      link.textContent = join(meta.title ?? url);
      write(text, excerpt);
      item.append(link, text);
      results.append(item);
    }
    if (found.length > from + PAGE) {
      const [item, button] = [document.createElement("li"), document.createElement("button")];
      button.type = "button";
      button.textContent = more;
      button.addEventListener("click", () => {
        item.remove();
        show(found, from + PAGE);
      });
      item.append(button);
      results.append(item);
    }
  };

  let index;
  let asked = 0;
  const ask = async () => {
    const turn = ++asked;
    const terms = split(input.value);
    if (!terms.length) {
      results.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      index ??= await import(new URL(search, document.baseURI));
      const found = await lookUp(terms);
      if (turn !== asked) return;
      results.replaceChildren();
      status.textContent = found.length ? count.replace("{count}", found.length) : none;
      await show(found, 0);
    } catch {
      status.textContent = failed;
    }
  };

  box.hidden = false;
  if (location.protocol === "file:") {
    input.disabled = true;
    status.textContent = offline;
    return;
  }
  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 200);
  };
  input.addEventListener("input", (event) => event.isComposing || soon());
  input.addEventListener("compositionend", soon);
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  ask();
})();
