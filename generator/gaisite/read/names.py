"""Finding a line by what an editor calls it: its id or its official label, at its place or where it is unmistakable."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from gaisite.model.forms import Form
from gaisite.model.tables import Axis, Line, Table

ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|[0-9]+[.、．)）]|[（(][一二三四五六七八九十0-9]+[)）]|[IVXLC]+\.)")
MAX_ORDINAL = 20
"""Characters; what is longer is no number of a section, whatever it would be worth."""
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"'})


def normalise_label(text: str) -> str:
    """A label without what people vary: spaces, the width of characters, the shape of quotation marks."""
    return "".join(unicodedata.normalize("NFKC", text).translate(QUOTES).split())


def strip_ordinal(text: str) -> str:
    """A label or heading without its number, normalised."""
    return normalise_label(ORDINAL.sub("", text.strip()))


def read_ordinal(text: str) -> int:
    """The number before a label or heading, in digits, Chinese or Roman; 0 where there is none."""
    found = ORDINAL.match(text.strip())
    number = normalise_label(found[0]).strip(".、()")[:MAX_ORDINAL] if found else ""
    if not number or number.isascii():
        return int(number) if number.isdigit() else read_roman(number)
    value = 0
    for digit in number:
        unit = int(unicodedata.numeric(digit))
        value = (value or 1) * unit if unit == 10 else value + unit
    return value


def read_roman(number: str) -> int:
    """The value of a Roman number; 0 of none."""
    values = [ROMAN[letter] for letter in number]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNames:
    """The names of a tree of lines: for each parent id ('' is the root), the line that each name means there.

    None stands for a name that more than one deeper line bears: it means none of them.
    """

    by_parent: dict[str, dict[str, Line | None]]

    def find(self, parent: str, name: str) -> Line | None:
        """The line called so under a parent: a child, or a deeper line whose name is unmistakable there."""
        names = self.by_parent.get(parent, {})
        return names.get(name) or names.get(normalise_label(name))

    def known(self, parent: str) -> tuple[str, ...]:
        """The names to suggest under a parent."""
        return tuple(name for name, line in self.by_parent.get(parent, {}).items() if line is not None)


def name_lines(lines: tuple[Line, ...]) -> LineNames:
    """The names of a tree."""
    by_parent: dict[str, dict[str, Line | None]] = {}
    collect_names("", lines, by_parent)
    return LineNames(by_parent=by_parent)


def collect_names(parent: str, lines: tuple[Line, ...], by_parent: dict[str, dict[str, Line | None]]) -> None:
    """Fill in the names under one parent and under all below it."""
    for line in lines:
        if line.lines:
            collect_names(line.id, line.lines, by_parent)
    names: dict[str, Line | None] = dict(name_briefly(lines))
    names |= {name: line for line in lines for name in names_of(line)}
    deeper: dict[str, Line | None] = {}
    for line in lines:
        for name, below in by_parent.get(line.id, {}).items():
            deeper[name] = None if name in deeper else below
    by_parent[parent] = deeper | names


def name_briefly(lines: Iterable[Line]) -> dict[str, Line | None]:
    """The lines by their labels without the ordinal; None where two would be called alike."""
    names: dict[str, Line | None] = {}
    for line in lines:
        for name in {strip_ordinal(label) for _, label in line.label.by_language}:
            names[name] = None if name in names else line
    return names


def names_of(line: Line) -> Iterable[str]:
    """What a line may be called: the last part of its id, and its label in each language."""
    yield line.key
    for _, label in line.label.by_language:
        yield label
        yield normalise_label(label)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableNames:
    """A table with the names of its rows and columns."""

    table: Table
    rows: LineNames
    columns: LineNames


def name_table(table: Table) -> TableNames:
    """The names of a table."""
    return TableNames(table=table, rows=name_lines(table.rows), columns=name_lines(table.columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormNames:
    """A form with the names of its tables and their lines; made once, used by every report of the form."""

    form: Form
    tables: dict[str, TableNames]
    """By every name of the table: id and caption."""

    def find(self, name: str) -> TableNames | None:
        """The table called so."""
        return self.tables.get(name) or self.tables.get(normalise_label(name))


def name_form(form: Form) -> FormNames:
    """The names of a form."""
    tables: dict[str, TableNames] = {}
    for table in form.tables:
        names = name_table(table)
        tables[table.id] = names
        for _, caption in table.caption.by_language:
            tables[normalise_label(caption)] = names
    return FormNames(form=form, tables=tables)


def list_missing(table: Table, named: set[str]) -> tuple[str, ...]:
    """Ids of the rows that a report should name and does not: no totals, no optional rows."""
    leaves = table.leaves(Axis.ROWS)
    return tuple(row.id for row in leaves if row.id not in named and not row.sum_of and not row.optional)
