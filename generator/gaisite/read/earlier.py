"""A report as it was published before: put together again from its record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from gaisite.findings import ContentError, Place, Problems, fault
from gaisite.model.content import BLANK, Acknowledgement, Figure, Narrative, Report, ReportTable, State
from gaisite.model.forms import Form
from gaisite.model.record import NOT_APPLICABLE_TEXT, Version
from gaisite.model.tables import Axis, FigureType, Line, Table, insert_rows
from gaisite.read.figures import Figures
from gaisite.read.files import Source
from gaisite.read.local_rows import replace_table
from gaisite.read.names import FormNames
from gaisite.read.narratives import NarrativeContext, read_narrative
from gaisite.read.numbers import MAX_DIGITS, NARROW, SPELLINGS
from gaisite.texts import Texts


def restore_report(
    report: Report, version: Version, context: NarrativeContext, forms: Mapping[str, FormNames], place: Place
) -> Report:
    """The report as it was in one version; ContentError where there is no such form, or the record does not fit it."""
    if version.form not in forms:
        raise fault("published-misfit", place, date=version.date, form=version.form)
    restoration = Restoration(version=version, form=forms[version.form].form, place=place)
    return restoration.restore(report, context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration:
    """Puts one recorded version together again; ContentError where it does not fit its form."""

    version: Version
    form: Form
    place: Place
    """Of published.json."""

    def restore(self, report: Report, context: NarrativeContext) -> Report:
        """The report as it was; `context` is for its narrative, in which mistakes matter no longer."""
        form = self.add_local_rows()
        tables = {table.id: self.restore_table(table) for table in form.tables}
        known = {f"{name}.{row}.{column}" for name, table in tables.items() for row, column in table.figures}
        known |= {f"{name}.{column}" for name, table in tables.items() for column in table.units}
        if not known.issuperset((*self.version.figures, *self.version.computed, *self.version.units)):
            raise self.misfit()
        figures = Figures(form=form.id, tables=tables, acknowledgements=(), place=self.place, readable=True)
        binder = context.binder.turn_back(figures) if context.binder else None
        return replace(
            report,
            form=form.id,
            tables=tables,
            acknowledgements=tuple(
                Acknowledgement(check=each.check, at=each.at, reason=each.reason, place=self.place)
                for each in self.version.explanations
            ),
            narrative=read_again(self.version.narrative, replace(context, form=form, binder=binder, earlier=True)),
            place=self.place,
            corrections=(),
            record=(),
        )

    def misfit(self) -> ContentError:
        """The error for a record that does not fit its form."""
        return fault("published-misfit", self.place, date=self.version.date, form=self.form.id)

    def add_local_rows(self) -> Form:
        """The form with the rows that the report added."""
        form, tables = self.form, {table.id for table in self.form.tables}
        for row in self.version.local_rows:
            table_id, _, host = row.host.partition(".")
            if table_id not in tables or (host and form.table(table_id).find(Axis.ROWS, host) is None):
                raise self.misfit()
            line = Line(id=f"{host}.{row.key}" if host else row.key, label=row.label, local=True)
            form = replace_table(form, insert_rows(form.table(table_id), host, (line,)))
        return form

    def restore_table(self, table: Table) -> ReportTable:
        """One table with its figures and units."""
        figures = {
            (row.id, column.id): self.restore_figure(table, row, column)
            for row in table.leaves(Axis.ROWS)
            for column in table.leaves(Axis.COLUMNS)
        }
        return ReportTable(table=table, figures=figures, units=self.restore_units(table), place=self.place)

    def restore_figure(self, table: Table, row: Line, column: Line) -> Figure:
        """The figure of a cell; blank where nothing was recorded."""
        at = f"{table.id}.{row.id}.{column.id}"
        computed = at in self.version.computed
        text = self.version.computed.get(at) if computed else self.version.figures.get(at)
        if not text:
            return BLANK
        if text == NOT_APPLICABLE_TEXT:
            return Figure(State.NOT_APPLICABLE, text=text)
        type = table.cell_type(row, column)
        if not SPELLINGS[type].fullmatch(text) or len(text) > MAX_DIGITS:
            raise self.misfit()
        value = Decimal(text) if type is FigureType.AMOUNT else int(text.translate(NARROW))
        return Figure(State.NUMBER, value, text, computed=computed)

    def restore_units(self, table: Table) -> Mapping[str, Texts]:
        """The units that the report stated, by column."""
        return {
            column.id: choice
            for column in table.leaves(Axis.COLUMNS)
            for choice in column.unit_choices
            if self.version.units.get(f"{table.id}.{column.id}") == choice.official
        }


def read_again(text: str, context: NarrativeContext) -> Narrative:
    """A narrative as it was; of what cannot be shown any longer the text stays, a link that leads nowhere for one."""
    file = "published.json"
    problems = Problems()
    with problems.gather():
        return read_narrative(Source(file=file, text=text), context, problems)
    return Narrative(place=Place(file=file), sections={})
