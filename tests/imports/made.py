"""Documents as offices have them, made from a form: the same report as Word file, workbook, web page and text."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO

import docx
import openpyxl
from docx.oxml.ns import qn

from gaisite.imports.layout import FormLayout, TableLayout
from gaisite.model.forms import Form
from gaisite.model.tables import Address, FigureType, Line, Table


@dataclass(frozen=True, slots=True)
class Made:
    """A cell of a made table, spanned as the official layout spans it."""

    text: str
    across: int = 1
    down: int = 1


Rows = list[list[Made]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A made report: what its figures are, and how it is laid out."""

    form: Form
    figures: dict[Address, str]
    tables: tuple[tuple[str, Rows], ...]
    """Caption and rows."""
    missing: frozenset[Address] = field(default_factory=frozenset)
    """Rows that are left out."""


def make_report(form: Form, seed: int) -> Report:
    """A report with figures of every size, blanks among them."""
    numbers = random.Random(seed)
    layout = FormLayout(form=form)
    figures = {
        Address(table=each.table.id, row=row.id, column=column.id): make_figure(
            each.table.cell_type(row, column), numbers
        )
        for each in layout.tables
        for row in each.rows
        for column in each.columns
    }
    tables = tuple((each.table.caption.official, lay_out(each, figures)) for each in layout.tables)
    return Report(form=form, figures=figures, tables=tables)


def make_figure(type: FigureType, numbers: random.Random) -> str:
    choice = numbers.random()
    if choice < 0.25:
        return ""
    if choice < 0.5:
        return "0"
    whole = str(numbers.choice([1, 7, 10, 28, 335, 1282, 40321]))
    if type is FigureType.AMOUNT:
        return f"{whole}.{numbers.choice(['5', '50', '6540', '311082'])}"
    return (numbers.choice(["", "+", "-"]) if type is FigureType.CHANGE else "") + whole


def lay_out(layout: TableLayout, figures: dict[Address, str]) -> Rows:
    """A table as the form prints it: header rows, row headers with their spans, cells."""
    table = layout.table
    depth, width = measure_depth(table.columns), measure_depth(table.rows)
    labelled = len(layout.rows) > 1 or width > 1
    head = list(lay_out_head(table.columns, depth))
    if labelled or table.id != layout.table.id:
        head[0].insert(0, Made(table.corner.official, across=width, down=depth))
    elif len(layout.columns) < 6:
        head[0].insert(0, Made(table.corner.official, down=depth))
        labelled = True
    body = []
    for labels, row in lay_out_rows(table.rows, width):
        cells = [Made(figures[Address(table=table.id, row=row.id, column=column.id)]) for column in layout.columns]
        body.append([*(labels if labelled else []), *cells])
    return [*head, *body]


def measure_depth(lines: tuple[Line, ...]) -> int:
    return max(1 + (measure_depth(line.lines) if line.lines else 0) for line in lines)


def lay_out_head(lines: tuple[Line, ...], depth: int) -> Iterator[list[Made]]:
    """The header's rows, each label with its span."""
    level = lines
    for left in range(depth, 0, -1):
        yield [
            Made(line.label.official, across=len(list(line.leaves())), down=1 if line.lines else left) for line in level
        ]
        level = tuple(below for line in level for below in line.lines)


def lay_out_rows(lines: tuple[Line, ...], width: int) -> Iterator[tuple[list[Made], Line]]:
    """Each row with the labels that begin in it."""
    for line in lines:
        if not line.lines:
            yield [Made(line.label.official, across=width)], line
            continue
        first = True
        for labels, row in lay_out_rows(line.lines, width - 1):
            group = [Made(line.label.official, down=len(list(line.leaves())))] if first else []
            yield [*group, *labels], row
            first = False


# --- layouts that are not clean -----------------------------------------------------------------------------------------


def change_cells(report: Report, change: object) -> Report:
    tables = tuple(
        (caption, [[replace(cell, text=change(cell.text)) for cell in row] for row in rows])  # type: ignore[operator]
        for caption, rows in report.tables
    )
    return replace(report, tables=tables)


def add_paragraphs(report: Report) -> Report:
    """Empty paragraphs around what is in the cells, labels broken in two."""
    return change_cells(
        report, lambda text: f"\n{text[:3]}\n{text[3:]}\n" if len(text) > 5 and not text[0].isdigit() else f"{text}\n"
    )


def widen_digits(report: Report) -> Report:
    """Digits and signs as wide as Chinese letters."""
    wide = {ord(char): ord(char) + 0xFEE0 for char in "0123456789+-"}
    return change_cells(
        report, lambda text: text.translate(wide) if text and text.strip("+-.0123456789") == "" else text
    )


def split_tables(report: Report) -> Report:
    """Every large table goes on over the page, with its header once more."""
    tables: list[tuple[str, Rows]] = []
    for caption, rows in report.tables:
        head = next(place for place, row in enumerate(rows) if any(is_figure(cell.text) for cell in row))
        starts = [place for place in range(head + 4, len(rows)) if not any(cell.down > 1 for cell in rows[place])]
        if len(rows) < 12 or not starts:
            tables.append((caption, rows))
            continue
        # Only where no group of rows is cut in two: Word repeats what it cuts, which is tried with real files.
        whole = [place for place in starts if is_between(rows, head, place)]
        place = whole[len(whole) // 2] if whole else len(rows)
        tables.extend([(caption, rows[:place]), ("", [*rows[:head], *rows[place:]])])
    return replace(report, tables=tuple(tables))


def is_figure(text: str) -> bool:
    return text == "" or text.strip("+-.0123456789") == ""


def is_between(rows: Rows, head: int, place: int) -> bool:
    """Whether no label of a row reaches over a place."""
    return not any(row < place < row + cell.down for row in range(head, place) for cell in rows[row])


def leave_row_out(report: Report) -> Report:
    """A row that the agency could not fill in and left out: the last one of the first table of several."""
    caption, rows = report.tables[0]
    table: Table = next(FormLayout(form=report.form).tables[0].table for _ in [0])
    row = table.rows[-1]
    return replace(
        report,
        tables=((caption, rows[:-1]), *report.tables[1:]),
        missing=frozenset({Address(table=table.id, row=row.id)}),
    )


# --- files --------------------------------------------------------------------------------------------------------------


def place_cells(rows: Rows) -> Iterator[tuple[int, int, Made]]:
    """Where each cell begins in a grid, counted from 0."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            taken |= {(row + down, column + across) for down in range(cell.down) for across in range(cell.across)}
            column += cell.across


def measure_width(rows: Rows) -> int:
    return max(column + cell.across for _, column, cell in place_cells(rows))


def list_sections(report: Report) -> Iterator[tuple[str, list[tuple[str, Rows]]]]:
    """Each section's heading with its tables."""
    left = list(report.tables)
    for section in report.form.sections:
        tables = []
        for table in section.tables:
            caption = report.form.table(table).caption.official
            while left and left[0][0] in (caption, ""):
                tables.append(left.pop(0))
        yield section.heading.official, tables


def write_docx(report: Report) -> bytes:
    document = docx.Document()
    document.add_heading("某局2022年政府信息公开工作年度报告", 0)
    for heading, tables in list_sections(report):
        document.add_paragraph(heading)
        document.add_paragraph("这一部分的说明，共 12 项。")
        for caption, rows in tables:
            if caption:
                document.add_paragraph(caption)
            grid = document.add_table(len(rows), measure_width(rows))
            for row, column, cell in list(place_cells(rows)):
                start = grid.cell(row, column)
                merged = start.merge(grid.cell(row + cell.down - 1, column + cell.across - 1))
                lines = cell.text.split("\n")
                merged.text = lines[0]
                for line in lines[1:]:
                    merged.add_paragraph(line)
    stream = BytesIO()
    document.save(stream)
    assert qn("w:tbl")
    return stream.getvalue()


def write_xlsx(report: Report) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    line = 1
    for heading, tables in list_sections(report):
        sheet.cell(line, 1, heading)
        line += 1
        for caption, rows in tables:
            if caption:
                sheet.cell(line, 1, caption)
                line += 1
            for row, column, cell in place_cells(rows):
                sheet.cell(line + row, column + 1, cell.text or None)
                if cell.across > 1 or cell.down > 1:
                    last_row, last_column = line + row + cell.down - 1, column + cell.across
                    sheet.merge_cells(
                        start_row=line + row, start_column=column + 1, end_row=last_row, end_column=last_column
                    )
            line += len(rows) + 1
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_html(report: Report, encoding: str = "utf-8") -> bytes:
    parts = [
        f'<html><head><meta charset="{encoding}"><title>x</title></head><body><h1>某局2022年政府信息公开工作年度报告</h1>'
    ]
    for heading, tables in list_sections(report):
        parts.append(f"<p><strong>{heading}</strong></p><p>这一部分的说明，共 12 项。</p>")
        for caption, rows in tables:
            parts.append(f"<p>{caption}</p><table>")
            for row in rows:
                cells = (
                    f'<td colspan="{cell.across}" rowspan="{cell.down}"><p>{"</p><p>".join(cell.text.split(chr(10)))}</p></td>'
                    for cell in row
                )
                parts.append(f"<tr>{''.join(cells)}</tr>")
            parts.append("</table>")
    return "".join([*parts, "</body></html>"]).encode(encoding)


def write_txt(report: Report) -> bytes:
    """One cell a line, a blank line after each row, as a copied page gives it; merged cells once, blanks kept."""
    lines = ["某局2022年政府信息公开工作年度报告", ""]
    for heading, tables in list_sections(report):
        lines += [heading, "", "这一部分的说明，共 12 项。", ""]
        for caption, rows in tables:
            if caption:
                lines += [f"\t{caption}", ""]
            for row in rows:
                lines += [f"\t{''.join(cell.text.split(chr(10)))}" for cell in row]
                lines.append("")
    return "\n".join(lines).encode()


def write_pdf(report: Report) -> bytes:
    import weasyprint

    style = "<style>@page{size:A3}table{border-collapse:collapse}td{border:1px solid;font-size:8px}</style>"
    return weasyprint.HTML(string=write_html(report).decode().replace("</head>", f"{style}</head>")).write_pdf()
