"""The printed layout of tables: spans tile the grid, whatever the trees of lines."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from gaisite.model.grids import Grid, GridHeader, HeaderKind, Scope, lay_out
from gaisite.model.tables import Axis, Line, Table
from gaisite.texts import Texts


def label(text: str) -> Texts:
    return Texts((("en", text),))


Tree = list["Tree"]


def grow(trees: Sequence[Tree], parent: str = "") -> tuple[Line, ...]:
    lines = []
    for number, below in enumerate(trees):
        line_id = f"{parent}.l{number}" if parent else f"l{number}"
        lines.append(Line(id=line_id, label=label(line_id), lines=grow(below, line_id)))
    return tuple(lines)


def make_table(rows: Sequence[Tree], columns: Sequence[Tree], column_head: Texts | None = None) -> Table:
    corner = label("corner")
    return Table(
        id="t", caption=label("t"), rows=grow(rows), columns=grow(columns), corner=corner, column_head=column_head
    )  # fmt: skip


trees: st.SearchStrategy[Tree] = st.recursive(
    st.builds(list), lambda below: st.lists(below, min_size=1, max_size=4), max_leaves=12
)
forests = st.lists(trees, min_size=1, max_size=5)
tables = st.builds(make_table, forests, forests, st.one_of(st.none(), st.just(label("all"))))


def place(rows: Sequence[Sequence[GridHeader]], width: int) -> dict[tuple[int, int], GridHeader]:
    """The slots of a grid by row and column, filled as HTML fills them: each cell in the first free column."""
    slots: dict[tuple[int, int], GridHeader] = {}
    for y, row in enumerate(rows):
        x = 0
        for header in row:
            while (y, x) in slots:
                x += 1
            for down in range(header.rowspan):
                for right in range(header.colspan):
                    assert (y + down, x + right) not in slots, "two header cells overlap"
                    slots[y + down, x + right] = header
            assert x + header.colspan <= width, "a header cell reaches out of the table"
    assert all(y < len(rows) for y, _ in slots), "a header cell reaches below its rows"
    return slots


@given(tables)
def test_head_tiles_its_grid(table: Table) -> None:
    grid = lay_out(table)
    columns = table.leaves(Axis.COLUMNS)
    width = grid.stub + len(columns)
    slots = place(grid.head, width)
    assert len(slots) == len(grid.head) * width
    lowest = [slots[len(grid.head) - 1, x] for x in range(width)]
    assert [header.kind for header in lowest[: grid.stub]] == [HeaderKind.CORNER] * grid.stub
    assert tuple(header.line for header in lowest[grid.stub :]) == columns


@given(tables)
def test_row_headers_tile_the_stub_of_their_body(table: Table) -> None:
    grid = lay_out(table)
    assert [body.line for body in grid.bodies] == list(table.rows)
    assert tuple(row.line for body in grid.bodies for row in body.rows) == table.leaves(Axis.ROWS)
    for body in grid.bodies:
        slots = place([row.headers for row in body.rows], grid.stub)
        assert len(slots) == len(body.rows) * grid.stub
        for y, row in enumerate(body.rows):
            lines = [slots[y, x].line for x in range(grid.stub)]
            assert list(dict.fromkeys(line.id for line in lines if line)) == [*row.path, row.line.id]


@given(tables)
def test_column_groups_fill_the_table_and_no_group_header_crosses_one(table: Table) -> None:
    grid = lay_out(table)
    assert sum(grid.colgroups) == len(table.leaves(Axis.COLUMNS))
    edges = {sum(grid.colgroups[:number]) for number in range(len(grid.colgroups) + 1)}
    for header, start in begin_columns(grid):
        if header.scope is Scope.COLUMN_GROUP:
            assert {start, start + header.colspan} <= edges
            assert not edges & set(range(start + 1, start + header.colspan))


def begin_columns(grid: Grid) -> list[tuple[GridHeader, int]]:
    """The header cells of the columns, each with the column in which it begins, the stub left out."""
    slots = place(grid.head, grid.stub + sum(grid.colgroups))
    found: dict[int, tuple[GridHeader, int]] = {}
    for (_, x), header in sorted(slots.items(), key=lambda item: item[0]):
        found.setdefault(id(header), (header, x - grid.stub))
    return [pair for pair in found.values() if pair[0].kind is HeaderKind.LINE]


@given(tables)
def test_only_a_header_of_its_whole_body_heads_a_row_group(table: Table) -> None:
    for body in lay_out(table).bodies:
        for row in body.rows:
            for header in row.headers:
                is_group = header.line is body.line and bool(body.line.lines)
                assert (header.scope is Scope.ROW_GROUP) == is_group
                assert not is_group or header.rowspan == len(body.rows)


def test_rows_split_by_a_report_widen_the_other_row_headers() -> None:
    grid = lay_out(make_table([[], [[], []]], [[], []]))
    first, second, third = (row for body in grid.bodies for row in body.rows)
    assert grid.stub == 2
    assert [(header.colspan, header.rowspan) for header in first.headers] == [(2, 1)]
    assert [(header.colspan, header.rowspan) for header in second.headers] == [(1, 2), (1, 1)]
    assert [(header.colspan, header.rowspan) for header in third.headers] == [(1, 1)]
    assert grid.head[0][0].colspan == 2
    assert third.path == ("l1",)


def test_column_head_stands_over_all_columns_beside_the_corner() -> None:
    grid = lay_out(make_table([[]], [[], [[], []]], label("all")))
    corner, head = grid.head[0]
    assert (corner.kind, corner.rowspan, corner.colspan) == (HeaderKind.CORNER, 3, 1)
    assert (head.kind, head.rowspan, head.colspan, head.is_leaf) == (HeaderKind.COLUMN_HEAD, 1, 3, False)
    assert [header.is_leaf for header in grid.head[1]] == [True, False]
