"""Tables, forms and reports as values, for tests that need no files."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from gaisite.findings import Place
from gaisite.model.content import BLANK, Acknowledgement, Figure, Narrative, Report, ReportTable, State
from gaisite.model.form_checks import CheckKind, FormCheck
from gaisite.model.forms import Continuity, Form
from gaisite.model.sums import complete_totals
from gaisite.model.tables import Axis, Line, Table
from gaisite.texts import Texts

NOT_APPLICABLE = Figure(State.NOT_APPLICABLE, text="n/a")
FILE = "content/a/2021/figures.yaml"
PLACE = Place(file=FILE)

Cells = Mapping[tuple[str, str], Figure]


def texts(text: str) -> Texts:
    return Texts((("en", text),))


def number(value: int | str, **places: int) -> Figure:
    """A figure as it is read: an integer, or the text of an amount."""
    if isinstance(value, int):
        return Figure(State.NUMBER, value, str(value), **places)
    return Figure(State.NUMBER, Decimal(value), value, **places)


def line(id: str, *lines: Line, sum_of: Sequence[str] = (), **settings: object) -> Line:
    return Line(id=id, label=texts(id), lines=lines, sum_of=tuple(sum_of), **settings)  # type: ignore[arg-type]


def make_table(rows: Sequence[Line], columns: Sequence[Line], id: str = "t", **settings: object) -> Table:
    return Table(id=id, caption=texts(id), rows=tuple(rows), columns=tuple(columns), corner=texts("corner"), **settings)  # type: ignore[arg-type]


def make_report_table(table: Table, figures: Cells, **settings: object) -> ReportTable:
    """A table of a report: totals that are not among the figures were left out, anything else is blank."""
    complete = complete_totals(table, figures)
    for row in table.leaves(Axis.ROWS):
        for column in table.leaves(Axis.COLUMNS):
            complete.setdefault((row.id, column.id), BLANK)
    defaults: dict[str, object] = {"units": {}, "place": PLACE}
    return ReportTable(table=table, figures=complete, **(defaults | settings))  # type: ignore[arg-type]


def total_check(axis: Axis, *lines: str, id: str = "", table: str = "t") -> FormCheck:
    kind = CheckKind.TOTAL
    return FormCheck(id=id or f"{axis}-sum", kind=kind, table=table, axis=axis, lines=lines, title=texts("sums"))


def balance_check(axis: Axis, lines: Sequence[str], others: Sequence[str]) -> FormCheck:
    return FormCheck(
        id="balance",
        kind=CheckKind.BALANCE,
        table="t",
        axis=axis,
        lines=tuple(lines),
        others=tuple(others),
        title=texts("balance"),
    )


def carry_check(
    line: str, *sources: str, plus: Sequence[str] = (), minus: Sequence[str] = (), axis: Axis = Axis.ROWS
) -> FormCheck:
    return FormCheck(
        id="carry-over",
        kind=CheckKind.CARRY_OVER,
        table="t",
        axis=axis,
        lines=(line,),
        others=sources,
        plus=tuple(plus),
        minus=tuple(minus),
        title=texts("carried over"),
    )


def least_check(line: str, plus: Sequence[str], minus: Sequence[str] = (), axis: Axis = Axis.ROWS) -> FormCheck:
    return FormCheck(
        id="at-least",
        kind=CheckKind.AT_LEAST,
        table="t",
        axis=axis,
        lines=(line,),
        plus=tuple(plus),
        minus=tuple(minus),
        title=texts("at least"),
    )


def make_form(
    *tables: Table,
    id: str = "form",
    checks: Sequence[FormCheck] = (),
    continuity: Continuity | None = None,
    years: tuple[int, int | None] = (2019, None),
) -> Form:
    return Form(
        id=id,
        title=texts("{agency} {year}"),
        short=texts(id),
        first_year=years[0],
        last_year=years[1],
        notices=(),
        sections=(),
        tables=tables,
        checks=tuple(checks),
        continuity=(continuity,) if continuity else (),
    )


def make_report(
    form: Form,
    figures: Mapping[str, Cells] | Callable[[Table], ReportTable],
    year: int = 2021,
    acknowledgements: Sequence[Acknowledgement] = (),
) -> Report:
    tables = (
        {table.id: figures(table) for table in form.tables}
        if callable(figures)
        else {table.id: make_report_table(table, figures.get(table.id, {})) for table in form.tables}
    )
    return Report(
        agency="a",
        year=year,
        form=form.id,
        tables=tables,
        acknowledgements=tuple(acknowledgements),
        narrative=Narrative(place=Place(file="content/a/2021/report.md"), sections={}),
        place=PLACE,
    )
