"""A workbook to fill in: the form's tables in the official layout, totals as formulas, checks that answer at once.

Nothing in it is newer than Excel 2016, and there is no macro. Labels and sums are locked, without a password.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gaisite.export.entry_checks import Comparer, Comparison, Place, spell_place
from gaisite.export.wording import NOT_APPLICABLE, find_unit, write_caption, write_figure, write_unit
from gaisite.export.workbooks import DIGITS, MADE, Book, CellFormat, Sheet, open_book
from gaisite.model.content import BLANK, Figure, ReportTable, State
from gaisite.model.forms import Form
from gaisite.model.grids import Grid, GridHeader, HeaderKind, lay_out
from gaisite.model.sums import add_figures, list_parts
from gaisite.model.tables import Address, Axis, FigureType, Line, Table
from gaisite.texts import Texts

MARK = "gaisite"
"""The document property by which import knows a workbook of ours; it names the form."""
TEXT_SHEET = Texts.of({"zh-CN": "正文", "en": "Text"})
CHECK_SHEET = Texts.of({"zh-CN": "核对", "en": "Checks"})
PREAMBLE = Texts.of({"zh-CN": "（正文之前的话，可以不写）", "en": "(before the first section; may stay empty)"})
HELP = Texts.of(
    {
        "zh-CN": "白色格子填写，灰色格子自动计算。没有数字的格子留空，不要填 0；不适用的填“不适用”。红色表示核对不符。",
        "en": "Fill in the white cells; grey ones are computed. Leave a cell without a number empty, do not write 0; "
        "write N/A where it does not apply. Red marks what does not agree.",
    }
)
WRONG = Texts.of({"zh-CN": "请填写 {kind}，或留空，或填“{nothing}”。", "en": "Write {kind}, nothing, or “{nothing}”."})
KINDS = {
    FigureType.COUNT: Texts.of({"zh-CN": "0 或正整数", "en": "a whole number from 0"}),
    FigureType.CHANGE: Texts.of({"zh-CN": "整数，减少的前面加 -", "en": "a whole number, with - for a decrease"}),
    FigureType.AMOUNT: Texts.of({"zh-CN": "数字", "en": "a number"}),
}
HEADS = Texts.of({"zh-CN": "核对内容|位置|左边|右边|结果", "en": "What is checked|Where|Left|Right|Result"})
RIGHT, FAULT = "✓", "✗"
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
STUB_WIDTHS, FIGURE_WIDTH, TEXT_WIDTHS, LINE_HEIGHT = (8, 14, 36), 12, (34, 100), 15


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryBook:
    """What a workbook is filled with before anybody fills it in."""

    form: Form
    title: str
    language: str
    tables: Mapping[str, ReportTable]
    """Those of the report as it is, or blank ones."""
    carried: Mapping[Address, Figure]
    """Figures that go on from last year's report."""
    texts: Mapping[str, str]
    """The narrative in Markdown by section; that before the first section under the empty id."""
    filled: bool = False
    """Whether the report is there: then a blank total is what it says, and no sum."""
    last: Mapping[Address, Figure] = field(default_factory=dict)
    """What last year's report says in the cells that this one is checked against, named as in this form."""

    def figure(self, table: str, row: str, column: str) -> Figure:
        """What stands in a cell: the report's own figure, or else the one that goes on."""
        own = self.tables[table].figure(row, column)
        carried = self.carried.get(Address(table=table, row=row, column=column), BLANK)
        return carried if own.state is State.BLANK and not self.filled else own


def write_entry_book(entry: EntryBook) -> bytes:
    """The file, with the same bytes for the same content; the extra `office` must be there."""
    book, file = open_book()
    Writer(entry=entry, book=book).write()
    book.set_properties({"title": entry.title, "created": MADE})
    book.set_custom_property(MARK, entry.form.id)
    book.set_calc_mode("auto")
    book.close()
    return file.getvalue()


@dataclass(slots=True, kw_only=True)
class Writer:
    """Writes one workbook."""

    entry: EntryBook
    book: Book
    places: dict[Address, Place] = field(default_factory=dict)
    free: set[Address] = field(default_factory=set)
    """Totals that are no formulas, since the report says something else."""
    heights: dict[tuple[str, int], int] = field(default_factory=dict)
    """Of rows that are higher than one line, by sheet and row."""
    formats: dict[tuple[tuple[str, object], ...], CellFormat] = field(default_factory=dict)

    def write(self) -> None:
        """The sheets of the sections that have tables, the text, the checks."""
        sheets = []
        for section in self.entry.form.sections:
            if section.tables:
                sheet = self.book.add_worksheet(name_sheet(section.heading.official))
                row = self.write_note(sheet, section.heading.official)
                for table in section.tables:
                    row = self.write_table(sheet, row, self.entry.tables[table])
                sheets.append(sheet)
        self.write_text()
        entry = self.entry
        comparer = Comparer(form=entry.form, places=self.places, last=entry.last, free=self.free)
        comparisons = tuple(comparer.compare_all())
        self.write_checks(comparisons)
        for sheet in sheets:
            self.mark_faults(sheet, comparisons)

    def style(self, **properties: object) -> CellFormat:
        """A cell format; each is made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_size": 10.5, "valign": "vcenter", **properties})
        return self.formats[key]

    def write_note(self, sheet: Sheet, heading: str) -> int:
        """The heading of a section; the row where its first table begins."""
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.hide_gridlines(2)
        self.fit_paper(sheet)
        sheet.write_string(0, 0, heading, self.style(bold=True, font_size=14))
        sheet.write_comment(0, 0, HELP.within(self.entry.language))
        return 1

    def fit_paper(self, sheet: Sheet) -> None:
        """Let a sheet be printed across A4, as wide as it is."""
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def write_table(self, sheet: Sheet, top: int, table: ReportTable) -> int:
        """A statutory table; the row where the next may begin."""
        grid, columns = lay_out(table.table), table.table.leaves(Axis.COLUMNS)
        for place, width in enumerate([*STUB_WIDTHS[-grid.stub :], *[FIGURE_WIDTH] * len(columns)]):
            sheet.set_column(place, place, width)
        sheet.write_string(top, 0, write_caption(table, self.entry.language), self.style(bold=True))
        self.write_head(sheet, top + 1, table, grid)
        row = first = top + 1 + len(grid.head)
        rows = [each for body in grid.bodies for each in body.rows]
        for number, each in enumerate(rows):
            for place, column in enumerate(columns):
                address = Address(table=table.table.id, row=each.line.id, column=column.id)
                self.places[address] = Place(sheet=sheet.get_name(), row=first + number, column=grid.stub + place)
        for each in rows:
            for header in each.headers:
                self.write_header(sheet, row, header.level, table, header)
            for column in columns:
                self.write_cell(sheet, table, each.line, column)
            row += 1
        return row + 1

    def write_head(self, sheet: Sheet, top: int, table: ReportTable, grid: Grid) -> None:
        """The header cells of the columns, each where it stands in print."""
        taken: set[tuple[int, int]] = set()
        for level, headers in enumerate(grid.head):
            place = 0
            for header in headers:
                while (level, place) in taken:
                    place += 1
                taken |= {(level + down, place + across) for down, across in spread(header)}
                self.write_header(sheet, top + level, place, table, header)

    def write_header(self, sheet: Sheet, row: int, column: int, table: ReportTable, header: GridHeader) -> None:
        """A header cell, merged over what it spans."""
        text = header.label.official
        if header.kind is HeaderKind.LINE and header.line is not None:
            text += write_unit(find_unit(table, header.line), self.entry.language)
        style = self.style(border=1, text_wrap=True, bg_color="#EEF2F6")
        self.make_room(sheet, row, text, header, self.measure(column, header.colspan, table))
        if header.colspan == header.rowspan == 1:
            sheet.write_string(row, column, text, style)
        else:
            sheet.merge_range(row, column, row + header.rowspan - 1, column + header.colspan - 1, text, style)

    def measure(self, column: int, across: int, table: ReportTable) -> int:
        """The width of some columns, in digits."""
        stub = STUB_WIDTHS[-lay_out(table.table).stub :]
        return sum(stub[place] if place < len(stub) else FIGURE_WIDTH for place in range(column, column + across))

    def make_room(self, sheet: Sheet, row: int, text: str, header: GridHeader, width: int) -> None:
        """Let a row be as high as a label in it needs: no program does so by itself for merged cells."""
        lines = -(-2 * len(text) // max(width - 1, 1)) if not text.isascii() else -(-len(text) // max(width - 1, 1))
        height = LINE_HEIGHT * max(-(-lines // header.rowspan), 1) + 4
        if height > self.heights.get((sheet.get_name(), row), 0):
            self.heights[sheet.get_name(), row] = height
            sheet.set_row(row, height)

    def write_cell(self, sheet: Sheet, table: ReportTable, row: Line, column: Line) -> None:
        """A cell to be filled in, or a sum that is locked."""
        address = Address(table=table.table.id, row=row.id, column=column.id)
        place, figure = self.places[address], self.entry.figure(*split(address))
        parts = list_summands(table.table, row, column)
        if parts:
            summands = [self.entry.figure(*split(part)) for part in parts]
            known = add_figures(summands)
            left_open = figure.state is State.BLANK and (known is None or not self.entry.filled)
            agrees = left_open or figure.computed or (figure.state is State.NUMBER and figure.text == tell(known).text)
            if agrees and all(each.value is None or is_exact(each.text) for each in (*summands, tell(known))):
                self.write_sum(sheet, place, [self.places[part] for part in parts], tell(known).text)
                return
            self.free.add(address)
        self.write_figure(sheet, place, figure)
        self.validate(sheet, place, table.table.cell_type(row, column))

    def write_sum(self, sheet: Sheet, place: Place, parts: list[Place], known: str) -> None:
        """A sum of other cells: empty while they are. It is rounded, since a spreadsheet adds up in binary."""
        cells = ",".join(spell_place(part) for part in parts)
        style = self.style(border=1, bg_color="#F2F2F2", num_format=find_pattern(known))
        formula = f'=IF(COUNT({cells})=0,"",ROUND(SUM({cells}),10))'
        sheet.write_formula(place.row, place.column, formula, style, float(known) if known else " ")

    def write_figure(self, sheet: Sheet, place: Place, figure: Figure) -> None:
        """What is known of a cell that may be filled in; as text where a spreadsheet's number would be another."""
        text = write_figure(figure, self.entry.language)
        style = self.style(border=1, locked=False, num_format=find_pattern(text), align="right")
        if not text:
            sheet.write_blank(place.row, place.column, None, style)
        elif figure.state is State.NUMBER and is_exact(text):
            sheet.write_number(place.row, place.column, float(text), style)
        else:
            sheet.write_string(place.row, place.column, text, self.style(border=1, locked=False, align="right"))

    def validate(self, sheet: Sheet, place: Place, type: FigureType) -> None:
        """Refuse what is no figure of the cell's type."""
        cell, nothing = spell_place(place), NOT_APPLICABLE.within(self.entry.language)
        rules = {
            FigureType.COUNT: f"AND(ISNUMBER({cell}),{cell}>=0,{cell}=INT({cell}))",
            FigureType.CHANGE: f"AND(ISNUMBER({cell}),{cell}=INT({cell}))",
            FigureType.AMOUNT: f"ISNUMBER({cell})",
        }
        message = WRONG.within(self.entry.language)
        kind = KINDS[type].within(self.entry.language)
        sheet.data_validation(
            place.row, place.column, place.row, place.column,
            {
                "validate": "custom",
                "value": f'=OR({rules[type]},{cell}="{nothing}")',
                "error_title": MARK,
                "error_message": message.format(kind=kind, nothing=nothing),
            },
        )  # fmt: skip

    def write_text(self) -> None:
        """The narrative: a row for each section."""
        sheet, language = self.book.add_worksheet(TEXT_SHEET.within(self.entry.language)), self.entry.language
        sheet.protect("", {"format_columns": True, "format_rows": True})
        self.fit_paper(sheet)
        for place, width in enumerate(TEXT_WIDTHS):
            sheet.set_column(place, place, width)
        label = self.style(border=1, text_wrap=True, bg_color="#EEF2F6", bold=True)
        body = self.style(border=1, text_wrap=True, locked=False)
        lines = [
            ("", PREAMBLE.within(language)),
            *((each.id, each.heading.official) for each in self.entry.form.sections),
        ]
        for row, (section, heading) in enumerate(lines):
            sheet.set_row(row, 40 if not section else 160)
            sheet.write_string(row, 0, heading, label)
            text = self.entry.texts.get(section, "")
            sheet.write_string(row, 1, text, body) if text else sheet.write_blank(row, 1, None, body)

    def write_checks(self, comparisons: Iterable[Comparison]) -> None:
        """Every check of the form, with what it compares and whether it agrees."""
        sheet = self.book.add_worksheet(CHECK_SHEET.within(self.entry.language))
        sheet.protect("")
        self.fit_paper(sheet)
        for place, width in enumerate((60, 36, 12, 12, 8)):
            sheet.set_column(place, place, width)
        for place, text in enumerate(HEADS.within(self.entry.language).split("|")):
            sheet.write_string(0, place, text, self.style(bold=True, bottom=1))
        row = 0
        for row, each in enumerate(comparisons, 1):
            sheet.write_string(row, 0, each.title.within(self.entry.language), self.style(text_wrap=True))
            sheet.write_string(row, 1, each.where.official, self.style(text_wrap=True))
            sheet.write_formula(row, 2, f"={each.left}", self.style(), "")
            sheet.write_formula(row, 3, f"={each.right}", self.style(), "")
            result = f'=IF({each.idle},"",IF({each.holds},"{RIGHT}","{FAULT}"))'
            sheet.write_formula(row, 4, result, self.style(), "")
        red = self.style(bg_color="#FFC7CE", font_color="#9C0006", bold=True)
        sheet.conditional_format(
            1, 4, max(row, 1), 4, {"type": "cell", "criteria": "==", "value": f'"{FAULT}"', "format": red}
        )

    def mark_faults(self, sheet: Sheet, comparisons: Iterable[Comparison]) -> None:
        """Let the cells of a check turn red while it does not agree."""
        red = self.style(bg_color="#FFC7CE", font_color="#9C0006", border=1)
        for each in comparisons:
            rule = f"=AND(NOT({each.idle}),NOT({each.holds}))"
            for place in each.places:
                if place.sheet == sheet.get_name():
                    cell = (place.row, place.column, place.row, place.column)
                    sheet.conditional_format(*cell, {"type": "formula", "criteria": rule, "format": red})


def name_sheet(heading: str) -> str:
    """A heading as the name of a sheet, which has 31 characters at most and no brackets."""
    return heading.translate(FORBIDDEN)[:31].strip()


def spread(header: GridHeader) -> Iterator[tuple[int, int]]:
    """The places that a header cell takes, from its own."""
    return ((down, across) for down in range(header.rowspan) for across in range(header.colspan))


def split(address: Address) -> tuple[str, str, str]:
    """The ids of a cell."""
    return address.table, address.row, address.column


def tell(sum_: int | Decimal | None) -> Figure:
    """A sum as a figure; blank where nothing was added up."""
    if sum_ is None:
        return BLANK
    return Figure(State.NUMBER, value=sum_, text=format(sum_, "f") if isinstance(sum_, Decimal) else str(sum_))


def list_summands(table: Table, row: Line, column: Line) -> tuple[Address, ...]:
    """The cells that a total adds up; none for a cell that is no total. A total of totals adds up its row."""
    if column.sum_of:
        parts = ((row.id, part) for part in list_parts(table, Axis.COLUMNS, column))
    else:
        parts = ((part, column.id) for part in list_parts(table, Axis.ROWS, row))
    return tuple(Address(table=table.id, row=one, column=other) for one, other in parts)


def find_pattern(text: str) -> str:
    """The number format that shows as many decimals as a text has."""
    decimals = len(text.partition(".")[2]) if is_exact(text) else 0
    return "0." + "0" * decimals if decimals else "General"


def is_exact(text: str) -> bool:
    """Whether a spreadsheet's number is read back as this text."""
    digits = text.removeprefix("-").replace(".", "", 1)
    if not digits.isascii() or not digits.isdigit() or len(digits) > DIGITS:
        return False
    return text == format(Decimal(text), "f") and not text.startswith("-0") and text[0] != "."
