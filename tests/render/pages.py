"""Pages as trees of elements, and tables as the HTML standard reads them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@dataclass(eq=False)
class Element:
    """An element with what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def classes(self) -> list[str]:
        return self.get("class").split()

    @property
    def text(self) -> str:
        """All text in it, white space as a browser collapses it."""
        return " ".join("".join(self.list_texts()).split())

    def list_texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child.list_texts()

    def walk(self) -> Iterator["Element"]:
        """The elements in it, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def all(self, tag: str = "", **attributes: str) -> list["Element"]:
        """The elements in it with this tag and these attributes; `class_` is one of the classes."""
        wanted = attributes.pop("class_", "")
        return [
            element
            for element in self.walk()
            if (not tag or element.tag == tag)
            and (not wanted or wanted in element.classes)
            and all(element.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> "Element":
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tag} {attributes}"
        return found[0]


class TreeBuilder(HTMLParser):
    """Builds the tree of a page whose every element is closed, as those of the theme are."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        assert len(element.attributes) == len(attrs), f"an attribute of {tag} is given twice"
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(markup: str) -> Element:
    builder = TreeBuilder()
    builder.feed(markup)
    builder.close()
    assert len(builder.open) == 1, f"<{builder.open[-1].tag}> is never closed"
    return builder.open[0]


def read_page(path: Path) -> Element:
    return parse(path.read_text(encoding="utf-8"))


def find_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def tag_names(page: Element) -> dict[str, str]:
    """The page tags, `<meta name content>`."""
    return {tag.get("name"): tag.get("content") for tag in page.all("meta") if tag.get("name")}


# --- tables: https://html.spec.whatwg.org/multipage/tables.html, "forming a table" and "forming relationships" --------


@dataclass(eq=False)
class Cell:
    """A cell and the slots that it covers."""

    element: Element
    x: int
    y: int
    width: int
    height: int
    group: Element
    """The row group it is anchored in."""

    @property
    def is_header(self) -> bool:
        return self.element.tag == "th"

    @property
    def scope(self) -> str:
        return self.element.get("scope")


class Table:
    """A table with its slots filled."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.slots: dict[tuple[int, int], list[Cell]] = {}
        self.cells: list[Cell] = []
        self.row_ends: dict[int, int] = {}
        y = 0
        for group in (child for child in element.walk() if child.tag in ("thead", "tbody", "tfoot")):
            rows = group.all("tr")
            for number, row in enumerate(rows):
                self.place_row(row, group, y + number)
                self.row_ends[y + number] = y + len(rows)
            y += len(rows)
        self.height = y
        self.width = max(x for x, _ in self.slots) + 1
        self.column_groups = [int(group.get("span") or 1) for group in element.all("colgroup")]
        self.group_headers = [cell for cell in self.cells if cell.is_header and cell.scope in ("rowgroup", "colgroup")]

    def place_row(self, row: Element, group: Element, y: int) -> None:
        x = 0
        for element in (child for child in row.children if isinstance(child, Element)):
            while (x, y) in self.slots:
                x += 1
            width, height = int(element.get("colspan") or 1), int(element.get("rowspan") or 1)
            cell = Cell(element, x, y, width, height, group)
            self.cells.append(cell)
            for right in range(width):
                for down in range(height):
                    self.slots.setdefault((x + right, y + down), []).append(cell)
            x += width

    def find_faults(self) -> Iterator[str]:
        """What is wrong with the table's geometry."""
        for y in range(self.height):
            for x in range(self.width):
                if len(self.slots.get((x, y), ())) != 1:
                    yield f"{len(self.slots.get((x, y), ()))} cells at column {x}, row {y}"
        for cell in self.cells:
            if cell.y + cell.height > self.row_ends[cell.y]:
                yield f"{cell.element.text} reaches out of its row group"
        if sum(self.column_groups) != self.width:
            yield "the column groups do not add up to the table's width"

    def list_headers(self, cell: Cell) -> set[str]:
        """The ids of a cell's header cells by the standard's algorithm, for a cell without `headers`."""
        found: list[Cell] = []
        for y in range(cell.y, cell.y + cell.height):
            found += self.scan(cell, (cell.x, y), (-1, 0))
        for x in range(cell.x, cell.x + cell.width):
            found += self.scan(cell, (x, cell.y), (0, -1))
        right, bottom = cell.x + cell.width - 1, cell.y + cell.height - 1
        for header in self.group_headers:
            before = header.x <= right and header.y <= bottom
            in_rows = header.scope == "rowgroup" and header.group is cell.group
            in_columns = header.scope == "colgroup" and self.column_group(header) == self.column_group(cell)
            if before and (in_rows or in_columns):
                found.append(header)
        return {header.element.get("id") for header in found if header.element.text and header is not cell}

    def column_group(self, cell: Cell) -> int:
        """The number of the column group that a cell is anchored in."""
        end = 0
        for number, span in enumerate(self.column_groups):
            end += span
            if cell.x < end:
                return number
        raise AssertionError("a cell beyond all column groups")

    def scan(self, principal: Cell, start: tuple[int, int], step: tuple[int, int]) -> Iterator[Cell]:
        """The internal algorithm for scanning and assigning header cells."""
        (x, y), (dx, dy) = start, step
        opaque: list[Cell] = []
        block: list[Cell] = [principal] if principal.is_header else []
        while x + dx >= 0 and y + dy >= 0:
            x, y = x + dx, y + dy
            covering = self.slots.get((x, y), [])
            if len(covering) != 1:
                continue
            (current,) = covering
            if not current.is_header:
                opaque += block
                block = []
                continue
            block.append(current)
            if dx == 0:
                hidden = any((each.x, each.width) == (current.x, current.width) for each in opaque)
                blocked = hidden or current.scope != "col"
            else:
                hidden = any((each.y, each.height) == (current.y, current.height) for each in opaque)
                blocked = hidden or current.scope != "row"
            if not blocked:
                yield current


def find_tables(page: Element) -> list[Table]:
    return [Table(element) for element in page.all("table")]
