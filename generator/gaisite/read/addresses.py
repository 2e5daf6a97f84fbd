"""Finding the cells that a path of names may mean: by ids or labels, the table or the column left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gaisite.model.content import ReportTable
from gaisite.model.tables import Address, Axis, Line, walk_lines
from gaisite.read.names import FormNames, LineNames, TableNames, name_briefly, name_table, normalise_label

MAX_STEPS = 12
"""No table is so deep."""


def name_report(tables: Mapping[str, ReportTable], form: FormNames) -> FormNames:
    """The names of a report's tables: those of its form, and of the rows that the report adds."""
    own = {
        name: names if tables[names.table.id].table is names.table else name_table(tables[names.table.id].table)
        for name, names in form.tables.items()
    }
    return FormNames(form=form.form, tables=own)


def find_cells(names: FormNames, path: Sequence[str]) -> tuple[Address, ...]:
    """The cells, and sums of row groups, that a path may mean: one where it is unmistakable, none where it is unknown.

    An id from the table down to the row or the cell means what it says, whatever else bears such names.
    """
    if len(path) > MAX_STEPS:
        return ()
    exact = find_exact(names, ".".join(path))
    if exact is not None:
        return (exact,)
    found: dict[Address, None] = {}
    named = names.find(path[0])
    for table in {each.table.id: each for each in names.tables.values()}.values():
        found.update(dict.fromkeys(match_path(table, path)))
        if named is not None and named.table.id == table.table.id:
            found.update(dict.fromkeys(match_path(table, path[1:])))
    return tuple(found)


def find_exact(names: FormNames, text: str) -> Address | None:
    """The cell, or the sum of a row group, of this id; that of the principal column where the id ends at a row."""
    table_id, _, rest = text.partition(".")
    table = names.tables.get(table_id)
    address = table.table.find_address(rest) if table is not None and table.table.id == table_id else None
    if table is None or address is None or not address.row:
        return None
    columns = list_columns(table, [address.column] if address.column else [])
    return Address(table=table_id, row=address.row, column=columns[0]) if len(columns) == 1 else None


def match_path(table: TableNames, path: Sequence[str]) -> tuple[Address, ...]:
    """The cells of a table that a path may mean; as much of it as can name rows does."""
    for length in range(len(path), -1, -1):
        rows = list_rows(table, path[:length])
        columns = list_columns(table, path[length:]) if rows else ()
        if columns:
            return tuple(Address(table=table.table.id, row=row, column=column) for row in rows for column in columns)
    return ()


def list_rows(table: TableNames, path: Sequence[str]) -> tuple[str, ...]:
    """Ids of the rows and row groups that a path may mean; of all rows where it is empty."""
    if not path:
        return tuple(leaf.id for leaf in table.table.leaves(Axis.ROWS))
    return tuple(dict.fromkeys(line.id for line in find_lines(table.rows, table.table.rows, path)))


def list_columns(table: TableNames, path: Sequence[str]) -> tuple[str, ...]:
    """Ids of the columns that a path may mean; the principal one, or else all, where it is empty."""
    if not path:
        return (table.table.principal,) if table.table.principal else list_leaves(table.table.columns)
    whole = table.table.find(Axis.COLUMNS, ".".join(path))
    found = (whole,) if whole is not None else find_lines(table.columns, table.table.columns, path)
    return list_leaves(found)


def list_leaves(lines: Iterable[Line]) -> tuple[str, ...]:
    """Ids of the lines with cells at or below some lines."""
    return tuple(dict.fromkeys(leaf.id for line in lines for leaf in line.leaves()))


def find_lines(names: LineNames, lines: Sequence[Line], path: Sequence[str], parent: str = "") -> Iterator[Line]:
    """The lines that a path from a parent may mean."""
    for line in find_called(names, lines, path[0], parent):
        if len(path) == 1:
            yield line
        else:
            yield from find_lines(names, line.lines, path[1:], line.id)


def find_called(names: LineNames, lines: Sequence[Line], name: str, parent: str) -> Iterator[Line]:
    """The line called so under a parent; every one of that name where several bear it."""
    known = names.by_parent.get(parent, {})
    key = name if name in known else normalise_label(name)
    line = known.get(key)
    if line is not None:
        yield line
    elif key in known:
        for below in lines:
            if key in name_briefly([below]):
                yield below
            yield from find_called(names, below.lines, name, below.id)


def list_names(names: FormNames) -> Iterator[str]:
    """What may be written for the rows and cells of a report."""
    for table in {each.table.id: each.table for each in names.tables.values()}.values():
        for row in walk_lines(table.rows):
            yield row.label.official
            for column in table.leaves(Axis.COLUMNS):
                yield f"{table.id}.{row.id}.{column.id}"
                yield f"{row.label.official} > {column.label.official}"
