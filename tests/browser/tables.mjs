// What is wrong with the tables of a page (accessibility.md, T1–T8), and with which headers each cell that has an id is
// spoken. The function runs inside the page and is given the role and the name that the browser's accessibility tree has
// for each table, th and td, in document order.

export function inspectTables(told) {
  const elements = [...document.querySelectorAll("table, th, td")];
  const roleOf = new Map(elements.map((element, index) => [element, told[index]?.role ?? null]));
  const nameOf = new Map(elements.map((element, index) => [element, told[index]?.name ?? ""]));
  const textOf = (element) => element.textContent.replaceAll(/\s+/g, " ").trim();

  /** The cells of a table with their place, by the standard's algorithm for forming a table. */
  function formGrid(table, problems) {
    const slots = [];
    const cells = [];
    const rows = [];
    const sections = [...table.tBodies];
    if (table.tHead) sections.unshift(table.tHead);
    if (table.tFoot) sections.push(table.tFoot);
    for (const section of sections) {
      const last = rows.length + section.rows.length;
      for (const row of section.rows) rows.push({ row, section, last });
    }
    const taken = (y, x) => slots[y]?.[x] !== undefined;
    rows.forEach(({ row, section, last }, y) => {
      let x = 0;
      for (const element of row.cells) {
        while (taken(y, x)) x += 1;
        const height = element.rowSpan === 0 ? last - y : element.rowSpan;
        if (y + height > last) problems.push(`T4: rowspan of 「${textOf(element)}」 reaches out of its row group`);
        const cell = { element, section, x, y, width: element.colSpan, height: Math.min(height, last - y) };
        cell.header = element.localName === "th";
        cell.scope = (element.getAttribute("scope") ?? "").toLowerCase();
        cells.push(cell);
        for (let dy = 0; dy < cell.height; dy += 1) {
          for (let dx = 0; dx < cell.width; dx += 1) {
            slots[y + dy] ??= [];
            if (taken(y + dy, x + dx)) problems.push(`T4: 「${textOf(element)}」 lies over another cell`);
            slots[y + dy][x + dx] = cell;
          }
        }
        x += cell.width;
      }
    });
    return { slots, cells, width: Math.max(0, ...slots.map((row) => row?.length ?? 0)), height: rows.length };
  }

  /** For each column the colgroup that it belongs to. */
  function readColumnGroups(table) {
    const columns = [];
    for (const group of table.querySelectorAll(":scope > colgroup")) {
      const cols = [...group.querySelectorAll(":scope > col")];
      const width = cols.length > 0 ? cols.reduce((sum, col) => sum + col.span, 0) : group.span;
      for (let i = 0; i < width; i += 1) columns.push(group);
    }
    return columns;
  }

  const range = (from, length) => Array.from({ length }, (_, index) => from + index);

  function isColumnHeader(grid, cell) {
    if (!cell.header) return false;
    if (cell.scope !== "") return cell.scope === "col";
    return range(cell.y, cell.height).every((y) => grid.slots[y].every((other) => other.header));
  }

  function isRowHeader(grid, cell) {
    if (!cell.header) return false;
    if (cell.scope !== "") return cell.scope === "row";
    if (isColumnHeader(grid, cell)) return false;
    return range(cell.x, cell.width).every((x) => grid.slots.every((row) => row[x]?.header ?? true));
  }

  /** The standard's algorithm for scanning and assigning header cells, for a data cell. */
  function scan(grid, found, start, dx, dy) {
    const opaque = [];
    let block = [];
    let inBlock = false;
    for (let x = start.x + dx, y = start.y + dy; x >= 0 && y >= 0; x += dx, y += dy) {
      const current = grid.slots[y]?.[x];
      if (!current) continue;
      if (current.header) {
        inBlock = true;
        block.push(current);
        const blocked =
          dx === 0
            ? opaque.some((other) => other.x === current.x && other.width === current.width) ||
              !isColumnHeader(grid, current)
            : opaque.some((other) => other.y === current.y && other.height === current.height) ||
              !isRowHeader(grid, current);
        if (!blocked) found.add(current);
      } else if (inBlock) {
        inBlock = false;
        opaque.push(...block);
        block = [];
      }
    }
  }

  /** The headers of a data cell as the standard has them where no headers attribute is read. */
  function headersByStandard(grid, groups, cell) {
    const found = new Set();
    for (const y of range(cell.y, cell.height)) scan(grid, found, { x: cell.x, y }, -1, 0);
    for (const x of range(cell.x, cell.width)) scan(grid, found, { x, y: cell.y }, 0, -1);
    for (const other of grid.cells) {
      const before = other.x <= cell.x + cell.width - 1 && other.y <= cell.y + cell.height - 1;
      if (!other.header || !before) continue;
      if (other.scope === "rowgroup" && other.section === cell.section) found.add(other);
      const group = groups[cell.x];
      if (other.scope === "colgroup" && group && groups[other.x] === group) found.add(other);
    }
    return [...found].filter((header) => textOf(header.element) !== "");
  }

  /** The headers that Chromium speaks: each row header in the cell's row, each column header in its column. */
  function headersByGeometry(grid, cell) {
    const meets = (from, length, at, span) => from < at + span && at < from + length;
    const with_ = (role) => grid.cells.filter(({ element }) => roleOf.get(element) === role);
    const inRow = with_("rowheader").filter((header) => meets(header.y, header.height, cell.y, cell.height));
    const inColumn = with_("columnheader").filter((header) => meets(header.x, header.width, cell.x, cell.width));
    inRow.sort((a, b) => a.x - b.x || a.y - b.y);
    inColumn.sort((a, b) => a.y - b.y || a.x - b.x);
    return [...inRow, ...inColumn];
  }

  const ids = (headers) => headers.map(({ element }) => element.id || `「${textOf(element)}」`);

  function compareHeaders(grid, groups, cell, problems) {
    const given = (cell.element.getAttribute("headers") ?? "").split(/\s+/).filter(Boolean);
    const geometry = ids(headersByGeometry(grid, cell));
    const standard = ids(headersByStandard(grid, groups, cell));
    const where = `row ${cell.y + 1}, column ${cell.x + 1} 「${textOf(cell.element)}」`;
    if (given.join(" ") !== geometry.join(" ")) {
      problems.push(`T1: ${where}: headers="${given.join(" ")}", but Chromium speaks "${geometry.join(" ")}"`);
    }
    if ([...given].sort().join(" ") !== [...standard].sort().join(" ")) {
      problems.push(`T1: ${where}: headers="${given.join(" ")}", but the standard finds "${standard.join(" ")}"`);
    }
  }

  function checkHeaderIds(table, problems) {
    for (const cell of table.querySelectorAll("[headers]")) {
      for (const id of cell.getAttribute("headers").split(/\s+/).filter(Boolean)) {
        const target = document.getElementById(id);
        if (target?.localName !== "th" || target.closest("table") !== table) {
          problems.push(`T1: 「${textOf(cell)}」 names ${id}, which is no header cell of its table`);
        }
      }
    }
  }

  function checkShape(table, grid, groups, problems) {
    for (let y = 0; y < grid.height; y += 1) {
      const missing = range(0, grid.width).filter((x) => !grid.slots[y]?.[x]);
      if (missing.length > 0) problems.push(`T4: row ${y + 1} has no cell in column ${missing.map((x) => x + 1)}`);
    }
    if (groups.length > 0 && groups.length !== grid.width) {
      problems.push(`T4: the colgroups make ${groups.length} columns, the rows ${grid.width}`);
    }
    for (const { element, header } of grid.cells) {
      if (textOf(element) === "") problems.push(`T3: an empty ${element.localName} in row ${element.parentElement.rowIndex + 1}`);
      if (header && !element.hasAttribute("scope")) problems.push(`T6: 「${textOf(element)}」 has no scope`);
    }
  }

  function checkRoles(table, grid, problems) {
    if (roleOf.get(table) !== "table") problems.push(`T8: the table's role is ${roleOf.get(table)}`);
    if (getComputedStyle(table).display !== "table") problems.push("T8: the table is not displayed as one");
    for (const { element, header } of grid.cells) {
      // Chromium forgives this, other browsers take the cell out of its table.
      const display = getComputedStyle(element).display;
      if (display !== "table-cell") problems.push(`T8: ${element.localName} 「${textOf(element)}」 is displayed as ${display}`);
      const role = roleOf.get(element);
      const right = header ? ["columnheader", "rowheader"] : ["cell", "gridcell"];
      if (!right.includes(role)) problems.push(`T8: the role of ${element.localName} 「${textOf(element)}」 is ${role}`);
    }
  }

  /** A table that is wider than its place scrolls in a named region that the keyboard reaches. */
  function checkScroll(table, problems) {
    for (let box = table.parentElement; box; box = box.parentElement) {
      const scrolls = ["auto", "scroll"].includes(getComputedStyle(box).overflowX);
      if (!scrolls) continue;
      const label = document.getElementById(box.getAttribute("aria-labelledby") ?? "");
      const named = (label && textOf(label)) || box.getAttribute("aria-label");
      if (box.getAttribute("role") !== "region" || box.tabIndex !== 0 || !named) {
        problems.push("T7: the table scrolls in a box that is no named region with tabindex=0");
      }
      return;
    }
  }

  function checkCaption(table, problems) {
    const caption = table.caption ? textOf(table.caption) : "";
    if (caption === "") problems.push("T2: no caption");
    const same = [...document.querySelectorAll("caption")].filter((other) => textOf(other) === caption);
    if (caption !== "" && same.length > 1) problems.push("T2: another table of the page has the same caption");
    return caption;
  }

  return [...document.querySelectorAll("table")]
    .filter((table) => table.checkVisibility())
    .map((table) => {
      const problems = [];
      const caption = checkCaption(table, problems);
      const grid = formGrid(table, problems);
      const groups = readColumnGroups(table);
      checkShape(table, grid, groups, problems);
      checkRoles(table, grid, problems);
      checkScroll(table, problems);
      checkHeaderIds(table, problems);
      const data = grid.cells.filter((cell) => !cell.header);
      for (const cell of data) compareHeaders(grid, groups, cell, problems);
      const spoken = Object.fromEntries(
        data.filter((cell) => cell.element.id).map((cell) => [
          cell.element.id,
          headersByGeometry(grid, cell).map(({ element }) => nameOf.get(element)),
        ]),
      );
      return { caption, cells: data.length, problems, spoken };
    });
}
