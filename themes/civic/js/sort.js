// Tables whose rows a reader may sort: each column's label becomes a button. Without script they keep their order.
(() => {
  "use strict";
  const NUMBER = /^[+-]?(\d+)(?:\.(\d+))?$/;
  const collator = new Intl.Collator(document.documentElement.lang || "zh-CN", { numeric: true });

  // Exact, however many digits: a float would take two large figures for the same one.
  const scale = (text, decimals) => {
    const [, whole, fraction = ""] = NUMBER.exec(text);
    return BigInt((text.startsWith("-") ? "-" : "") + whole + fraction.padEnd(decimals, "0"));
  };
  const countDecimals = (text) => (NUMBER.exec(text)[2] ?? "").length;

  const compare = (a, b) => {
    if (!NUMBER.test(a) || !NUMBER.test(b)) return collator.compare(a, b);
    const decimals = Math.max(countDecimals(a), countDecimals(b));
    const [first, second] = [scale(a, decimals), scale(b, decimals)];
    return first < second ? -1 : first > second ? 1 : 0;
  };

  const readCell = (cell) => (cell.localName === "th" ? cell.textContent.trim() : (cell.dataset.value ?? ""));

  const sortRows = (body, place, direction) => {
    const rows = [...body.rows].map((row, order) => ({ row, order, value: readCell(row.cells[place]) }));
    rows.sort((a, b) => {
      // What is blank comes last whichever way: it is neither small nor large.
      if (!a.value || !b.value) return Number(!a.value) - Number(!b.value) || a.order - b.order;
      return direction * compare(a.value, b.value) || a.order - b.order;
    });
    body.append(...rows.map(({ row }) => row));
  };

  const prepare = (table) => {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const note = document.getElementById(`${table.id}-sorting`);
    if (note) note.hidden = false;
    const status = document.createElement("p");
    status.className = "vh";
    status.setAttribute("role", "status");
    table.closest(".table-scroll").after(status);
    heads.forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      const label = button.firstChild.textContent.trim();
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        sortRows(body, place, up ? 1 : -1);
        const said = table.dataset[up ? "sortedUp" : "sortedDown"].replace("{column}", label);
        status.textContent = note ? `${said} ${note.textContent}` : said;
      });
    });
  };

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    if (table.tBodies.length === 1 && table.tHead.rows.length === 1 && table.tBodies[0].rows.length > 1) prepare(table);
  }
})();
