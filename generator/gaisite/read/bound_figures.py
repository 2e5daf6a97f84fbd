"""The figures that a narrative binds: each `[[…]]` becomes what the tables say, and leads to the cell that says it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from itertools import combinations

from gaisite.findings import Fact, Place, fault
from gaisite.model.content import Figure, ReportTable, State
from gaisite.model.continuity import find_path, trace_through
from gaisite.model.forms import Form, Relation
from gaisite.model.labels import label_cell
from gaisite.model.numbers import write_change, write_number
from gaisite.model.percentages import take_percentage
from gaisite.model.sums import list_components, read_cell, read_unit
from gaisite.model.tables import Address, Axis
from gaisite.read.addresses import find_cells, list_names, name_report
from gaisite.read.bindings import Binding, Direction, Operation, Placer, Reference, read_binding
from gaisite.read.cjk import IS_HAN
from gaisite.read.fields import nearest
from gaisite.read.figures import Figures
from gaisite.read.names import FormNames
from gaisite.texts import Texts

MAX_CANDIDATES = 3
MAX_SUGGESTIONS = 50
"""In one narrative: to look for what was meant takes long, and after so many mistakes nobody reads on."""
MAX_DIGITS = 60
"""Of a sum: more than any that is exact needs."""
SIGNS = "+-＋－−"
PERCENT = Texts((("", "%"),))
NO_UNIT = Texts((("zh-CN", "无"), ("en", "none")))


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundFigure:
    """What the page shows for a binding."""

    text: str
    href: str
    """Of the cell; where there are several, of the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundCell:
    """A figure that a binding names."""

    reference: Reference
    year: int
    form: Form
    address: Address
    figure: Figure
    unit: Texts | None
    label: Texts
    anchor: str
    """Id on the page of the cell to look at."""

    @property
    def value(self) -> int | Decimal:
        """The number; a cell without one is never bound."""
        return self.figure.value or 0


@dataclass(slots=True, kw_only=True)
class Binder:
    """Finds the figures that the narrative of one year binds."""

    year: int
    years: Mapping[int, Figures | None]
    """The figures of all years of the agency; None where they cannot be read, which is told there."""
    forms: Mapping[str, FormNames]
    is_hidden: Callable[[int], bool]
    """Whether a year's report is a draft that the site does not show."""
    names: dict[int, FormNames] = field(default_factory=dict)
    found: dict[tuple[int, tuple[str, ...]], tuple[Address, ...]] = field(default_factory=dict)
    """The cells that a path may mean in a year, as far as they were looked for."""
    suggestions: int = 0
    lead: str = ""
    """From the page of the narrative to the folder of its report: `../` for one that was superseded."""

    def turn_back(self, figures: Figures) -> "Binder":
        """What binds the figures of a superseded report of the year, in place of the present ones."""
        years = {**self.years, self.year: figures}
        return Binder(year=self.year, years=years, forms=self.forms, is_hidden=self.is_hidden, lead="../")

    def bind(self, text: str, place: Placer) -> BoundFigure | None:
        """The figure that a text between the brackets binds; None where its figures cannot be read, which is known.

        Raises ContentError, at the place of what is wrong, where it binds none.
        """
        binding = read_binding(text, place)
        cells = [self.find_cell(reference, place) for reference in binding.references]
        known = [cell for cell in cells if cell is not None]
        if len(known) < len(cells):
            return None
        self.check_breaks(binding, known, place)
        first = known[0]
        link = "" if first.year == self.year else f"{self.lead}../{first.year}/index.html"
        return BoundFigure(text=write_binding(binding, known, place), href=f"{link}#{first.anchor}")

    def find_cell(self, reference: Reference, place: Placer) -> BoundCell | None:
        """The figure that a reference names; None where the figures of its year cannot be read."""
        spot = place(reference.start, reference.length)
        year = self.year if reference.year is None else reference.year
        figures = self.find_year(year, spot)
        if figures is None:
            return None
        address = self.find_address(reference, year, figures, spot)
        table = figures.tables[address.table]
        figure, label = read_cell(table, address), label_cell(table.table, address.row, address.column)
        if figure.state is not State.NUMBER:
            if not figures.readable:
                return None
            check = "bound-not-applicable" if figure.state is State.NOT_APPLICABLE else "bound-blank"
            raise fault(check, spot, cell=label, year=str(year))
        return BoundCell(
            reference=reference, year=year, form=self.forms[figures.form].form, address=address, figure=figure,
            unit=read_unit(table, address), label=label, anchor=find_anchor(table, address),
        )  # fmt: skip

    def find_year(self, year: int, spot: Place) -> Figures | None:
        """The figures of a year; None where they cannot be read."""
        if year not in self.years:
            known = ", ".join(str(each) for each in sorted(self.years))
            raise fault("bound-year", spot, year=str(year), known=known)
        if year != self.year and self.is_hidden(year):
            raise fault("bound-draft", spot, year=str(year))
        return self.years[year]

    def find_address(self, reference: Reference, year: int, figures: Figures, spot: Place) -> Address:
        """The one cell that a reference means in the report of a year."""
        if year not in self.names:
            self.names[year] = name_report(figures.tables, self.forms[figures.form])
        key = (year, reference.path)
        if key not in self.found:
            self.found[key] = find_cells(self.names[year], reference.path)
        found = self.found[key]
        if len(found) == 1:
            return found[0]
        if not found:
            near = self.suggest(reference.name, self.names[year])
            raise fault("bound-unknown", spot, found=reference.name, year=str(year), near=near)
        shown = ", ".join(str(address) for address in found[:MAX_CANDIDATES])
        candidates = shown + (", …" if len(found) > MAX_CANDIDATES else "")
        raise fault("bound-ambiguous", spot, found=reference.name, number=len(found), candidates=candidates)

    def suggest(self, name: str, names: FormNames) -> str:
        """The known name that is most like a written one; empty where none is, or enough were looked for."""
        self.suggestions += 1
        return nearest(name, list_names(names)) if self.suggestions <= MAX_SUGGESTIONS else ""

    def check_breaks(self, binding: Binding, cells: list[BoundCell], place: Placer) -> None:
        """Raise ContentError where the forms keep two figures apart that would be put together."""
        forms = {names.form.id: names.form for names in self.forms.values()}
        for one, other in combinations({(cell.form.id, cell.address): cell for cell in cells}.values(), 2):
            if one.form.id == other.form.id:
                continue
            later, earlier = (one, other) if find_path(one.form, (other.form.id,), forms) else (other, one)
            descent = trace_through(later.form, earlier.form, later.address, forms)
            continued = descent.joined and descent.there == (earlier.address,)
            apart = descent.relation is Relation.NOT_COMPARABLE and earlier.address in descent.there
            if apart or (binding.operation is Operation.CHANGE and not continued):
                spot = place(other.reference.start, other.reference.length)
                facts: dict[str, Fact] = {"note": descent.note} if descent.note is not None else {}
                raise fault("bound-break", spot, **name_two(one, other), **facts)


def find_anchor(table: ReportTable, address: Address) -> str:
    """Id on the page of a cell; of a row group's sum, the first cell that adds something to it."""
    rows = list_components(table.table, Axis.ROWS, address.row)
    row = next((row for row in rows if table.figure(row, address.column).value), rows[0])
    return f"{address.table}.{row}.{address.column}"


def name_two(one: BoundCell, other: BoundCell) -> dict[str, Fact]:
    """The facts that tell two figures apart."""
    return {"one": one.label, "year": str(one.year), "other": other.label, "other_year": str(other.year)}


def write_binding(binding: Binding, cells: list[BoundCell], place: Placer) -> str:
    """What a binding prints; ContentError where its figures cannot be put together."""
    if len(cells) == 1:
        value, text, unit = cells[0].value, cells[0].figure.text, cells[0].unit
    else:
        check_units(cells, place)
        value, text, unit = combine(binding.operation, cells, place)
    if binding.direction is not None:
        if value and (value > 0) is not (binding.direction is Direction.UP):
            spot = place(cells[0].reference.start, cells[0].reference.length)
            raise fault("bound-direction", spot, value=text, sign=binding.direction)
        text = text.lstrip(SIGNS)
    return text if binding.bare or unit is None else join_unit(text, unit.official)


def check_units(cells: list[BoundCell], place: Placer) -> None:
    """Raise ContentError where figures of unlike units would be put together."""
    first = cells[0]
    for cell in cells[1:]:
        if (cell.unit and cell.unit.official) != (first.unit and first.unit.official):
            spot = place(cell.reference.start, cell.reference.length)
            units: dict[str, Fact] = {"unit": first.unit or NO_UNIT, "other_unit": cell.unit or NO_UNIT}
            raise fault("bound-units", spot, **name_two(first, cell), **units)


def combine(operation: Operation, cells: list[BoundCell], place: Placer) -> tuple[int | Decimal, str, Texts | None]:
    """Value, text and unit of several figures put together; ContentError where there is no percentage of the base."""
    if operation is Operation.SUM:
        total: int | Decimal = 0
        with localcontext(prec=MAX_DIGITS):
            for cell in cells:
                total += -cell.value if cell.reference.taken else cell.value
        return total, write_number(total).replace("-", "−"), cells[0].unit
    one, other = cells
    base = other if operation is Operation.SHARE else one
    if base.value <= 0:
        spot = place(base.reference.start, base.reference.length)
        raise fault("bound-base", spot, cell=base.label, value=base.figure.text)
    if operation is Operation.SHARE:
        share = take_percentage(one.value, other.value)
        return share, write_number(share).replace("-", "−"), PERCENT
    change = take_percentage(other.value - one.value, one.value)
    return change, write_change(change), PERCENT


def join_unit(text: str, unit: str) -> str:
    """A number with its unit, between them a space where the unit's script has spaces."""
    return text + unit if unit == PERCENT.official or IS_HAN(unit) else f"{text} {unit}"
