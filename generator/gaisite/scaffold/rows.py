"""The cells of one row as a flow mapping, as flat as the names of the columns allow."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gaisite.model.tables import Line, walk_lines
from gaisite.read.names import names_of, normalise_label
from gaisite.scaffold.spelling import clean_text, spell_scalar
from gaisite.texts import Texts

CellWriter = Callable[[Line], str | None]
"""What stands behind a column's name; None: the column is left out."""

SEPARATOR = Texts.of({"zh-CN": "；", "en": "; "})


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How lines are called and shown in a new figures.yaml."""

    labels: bool
    """Whether by their official labels instead of their ids."""
    language: str
    """Of the comments."""

    @property
    def separator(self) -> str:
        """Between the items of a list in a comment."""
        return SEPARATOR.within(self.language)

    def call(self, line: Line) -> str:
        """The key of a line."""
        return self.spell(line.label) if self.labels else line.key

    def spell(self, label: Texts) -> str:
        """An official label as a key."""
        return spell_scalar(clean_text(label.official))

    def show(self, label: Texts) -> str:
        """An official label for a comment, with its translation where the portal is in another language."""
        official, translated = clean_text(label.official), clean_text(label.within(self.language))
        return official if official == translated else f"{official} / {translated}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWriter:
    """Writes what stands in the columns of a table, in their order."""

    columns: tuple[Line, ...]
    naming: Naming
    shared: frozenset[str]
    """Names that several columns or groups of the table bear, normalised."""

    def write(self, content: CellWriter) -> str:
        """A row, in braces."""
        return "{" + ", ".join(self.write_cells(self.columns, content)) + "}"

    def write_cells(self, columns: tuple[Line, ...], content: CellWriter) -> Iterator[str]:
        """The cells of some columns; a group has braces of its own only where its columns need it to be told apart."""
        for column in columns:
            if not column.lines:
                text = content(column)
                if text is not None:
                    yield f"{self.naming.call(column)}: {text}"
            elif self.is_unmistakable(column):
                yield from self.write_cells(column.lines, content)
            else:
                yield f"{self.naming.call(column)}: {{{', '.join(self.write_cells(column.lines, content))}}}"

    def write_legend(self) -> str:
        """What the keys of a row stand for."""
        return self.naming.separator.join(self.explain_columns(self.columns, ()))

    def explain_columns(self, columns: tuple[Line, ...], above: tuple[str, ...]) -> Iterator[str]:
        """Each key with its label, after those of the groups that have no key of their own; totals are left out."""
        for column in columns:
            label = self.naming.show(column.label)
            if column.lines and self.is_unmistakable(column):
                yield from self.explain_columns(column.lines, (*above, label))
            elif column.lines:
                inner = self.naming.separator.join(self.explain_columns(column.lines, ()))
                yield f"{self.naming.call(column)} {label} {{{inner}}}"
            elif not column.sum_of:
                yield f"{self.naming.call(column)} {' · '.join((*above, label))}"

    def is_unmistakable(self, group: Line) -> bool:
        """Whether each column of a group can be called by its own name alone."""
        return not any(name_line(leaf, self.naming) in self.shared for leaf in group.leaves())


def name_line(line: Line, naming: Naming) -> str:
    """What a line is called, normalised."""
    return normalise_label(line.label.official if naming.labels else line.key)


def make_row_writer(columns: tuple[Line, ...], naming: Naming) -> RowWriter:
    """The writer for the rows of a table with these columns."""
    counts = Counter(
        name for line in walk_lines(columns) for name in {normalise_label(each) for each in names_of(line)}
    )
    shared = frozenset(name for name, count in counts.items() if count > 1)
    return RowWriter(columns=columns, naming=naming, shared=shared)
