"""Importing: from a file to the files of a report, with all that could not be decided as findings."""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gaisite.findings import Fact, Finding, Place, fault
from gaisite.imports.documents import Document, Paragraph
from gaisite.imports.grids import GridReader
from gaisite.imports.layout import FormLayout
from gaisite.imports.narrative import Narrative, sort_paragraphs, write_sections
from gaisite.imports.opening import open_document
from gaisite.imports.readings import Findings, Reading, Spot
from gaisite.imports.recognise import recognise_form
from gaisite.imports.streams import StreamReader
from gaisite.imports.writing import FiguresWriter, write_receipt
from gaisite.model.content import Agency
from gaisite.model.tables import Address, Axis, Line
from gaisite.read.folders import RECEIPT
from gaisite.read.links import is_address
from gaisite.scaffold.ground import Ground
from gaisite.scaffold.narratives import FRONT_MATTER
from gaisite.scaffold.rows import Naming
from gaisite.scaffold.spelling import clean_text, spell_scalar
from gaisite.texts import Texts

PUBLISHED = re.compile(
    r"(?:发布日期|公开日期|发布时间|公布日期|发文日期|成文日期|Published|Date of publication)\s*[:：]?\s*"
    r"([12][0-9]{3})\s*[-/.年]\s*([01]?[0-9])\s*[-/.月]\s*([0-3]?[0-9])\s*日?(?:\s*([0-2]?[0-9]):([0-5][0-9]))?",
    re.IGNORECASE,
)
ATTACHED = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A report as it was read from a file."""

    agency: str
    year: int
    document: Document
    layout: FormLayout
    read: Findings
    files: Mapping[str, str]
    """Text by path from the project folder."""
    attachments: Mapping[str, Path]
    """Files to be copied, by path from the project folder."""
    findings: tuple[Finding, ...]

    @property
    def doubtful(self) -> int:
        """How many cells are undecided."""
        return sum(1 for _ in self.read.doubtful)

    @property
    def figures(self) -> int:
        """How many cells have a figure."""
        return sum(bool(each.text) for each in self.read.readings.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWishes:
    """What a file is imported as."""

    path: Path
    agency: Agency
    agency_id: str
    year: int
    form: str = ""
    """Empty: the one whose labels it prints."""
    labels: bool = False


def import_report(ground: Ground, wishes: ImportWishes) -> Imported:
    """The report in a file; ContentError where none can be read from it."""
    layouts = {form_id: FormLayout(form=form) for form_id, form in ground.forms.items()}
    letters = frozenset().union(*(layout.letters for layout in layouts.values()))
    document = open_document(wishes.path, letters)
    place = Place(file=document.name)
    layout = layouts[wishes.form] if wishes.form else recognise_form(document, layouts, wishes.year)
    if layout is None:
        raise fault("import-form", place, known=", ".join(layouts))
    read, blocks = read_tables(document, layout)
    if not read.rows:
        raise fault("import-nothing", place, form=layout.form.id)
    title = layout.form.title.official.format(year=wishes.year, agency=wishes.agency.name_in(wishes.year).official)
    narrative = sort_paragraphs(blocks, layout.form, title)
    folder = f"content/{wishes.agency_id}/{wishes.year}"
    attachments = list_attachments(document, wishes.path, folder)
    naming = Naming(labels=wishes.labels, language=ground.language)
    findings = tuple(tell(document, layout, read, narrative, wishes))
    front = read_front(ground.project / folder / "report.md", draft=any(read.doubtful))
    return Imported(
        agency=wishes.agency_id,
        year=wishes.year,
        document=document,
        layout=layout,
        read=read,
        files={
            f"{folder}/figures.yaml": FiguresWriter(
                layout=layout, findings=read, naming=naming, name=document.name
            ).write(),
            f"{folder}/report.md": write_report(document, layout, narrative, attachments, front=front),
            f"{folder}/{RECEIPT}": write_receipt(document, layout, read),
        },
        attachments=attachments,
        findings=findings,
    )


def read_tables(document: Document, layout: FormLayout) -> tuple[Findings, list[Paragraph]]:
    """The figures of a document, and its paragraphs without what was a table."""
    read = GridReader(form=layout).read(document.grids)
    paragraphs = list(document.paragraphs)
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    stream = StreamReader(form=layout, findings=read, text=text)
    stream.read()
    return read, list(cut_spans(paragraphs, stream.spans))


def cut_spans(paragraphs: Sequence[Paragraph], spans: Sequence[tuple[int, int]]) -> Iterator[Paragraph]:
    """Paragraphs without some parts of their joined text."""
    position = 0
    for paragraph in paragraphs:
        begin, end = position, position + len(paragraph.text)
        position = end + 1
        inside = [
            (max(first, begin) - begin, min(last, end) - begin) for first, last in spans if first < end and last > begin
        ]
        if not inside:
            yield paragraph
            continue
        kept, reached = [], 0
        for first, last in inside:
            kept.append(paragraph.text[reached:first])
            reached = last
        kept.append(paragraph.text[reached:])
        yield from (replace(paragraph, text=part.strip(), markdown=part.strip()) for part in kept if part.strip())


def list_attachments(document: Document, path: Path, folder: str) -> dict[str, Path]:
    """The files beside a document that it leads to, by where they will lie."""
    found: dict[str, Path] = {}
    for _, address in document.links:
        if not is_address(address):
            continue
        parts = urlsplit(address)
        name = unquote(parts.path)
        beside = path.parent / name
        if parts.scheme or parts.netloc or not name or not ATTACHED.search(name) or not os.path.isfile(beside):
            continue
        if beside.resolve().is_relative_to(path.parent.resolve()):
            found[f"{folder}/files/{beside.name}"] = beside
    return found


def write_report(
    document: Document, layout: FormLayout, narrative: Narrative, attachments: Mapping[str, Path], *, front: list[str]
) -> str:
    """report.md; `front` is what stands in its front matter besides what the document tells."""
    published = find_date(document)
    told = [f"published: {published}"] if published else []
    titles = {Path(unquote(address)).name: title for title, address in document.links}
    items = [
        f"{{file: {spell_scalar(f'files/{path.name}')}, title: {spell_scalar(titles.get(path.name) or path.stem)}}}"
        for path in attachments.values()
    ]
    told += [f"attachments: [{', '.join(items)}]"] if items else []
    # What the report says of itself already stays, unless the document says it.
    said = {line.partition(":")[0] for line in told}
    lines = [*drop_keys(front, said), *told]
    head = "---\n" + "".join(f"{line}\n" for line in lines) + "---\n\n" if lines else ""
    return head + "\n\n".join(write_sections(narrative, layout.form)) + "\n"


def read_front(path: Path, *, draft: bool) -> list[str]:
    """The lines of the front matter of a report that is there; those of a draft where it is to be one."""
    text = path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n") if path.is_file() else ""
    front = FRONT_MATTER.match(text)
    lines = front[0].split("\n")[1:-2] if front else []
    return ["draft: true", *drop_keys(lines, {"draft"})] if draft else lines


def drop_keys(lines: Iterable[str], keys: Collection[str]) -> Iterator[str]:
    """Lines of YAML without those of some keys, and without what belongs to them."""
    dropped = False
    for line in lines:
        if line[:1] not in ("", " ", "\t", "-", "#"):
            dropped = line.partition(":")[0].strip() in keys
        if not dropped:
            yield line


def find_date(document: Document) -> str:
    """The day of publication that a document states, with the time where it does; empty where it states none."""
    stated = {match.groups() for each in document.paragraphs for match in PUBLISHED.finditer(each.text)}
    if len(stated) != 1:
        return ""
    year, month, day, hour, minute = stated.pop()
    time = f" {int(hour):02}:{minute}" if hour else ""
    return f"{year}-{int(month):02}-{int(day):02}{time}"


# --- what there is to say of it


def tell(
    document: Document, layout: FormLayout, read: Findings, narrative: Narrative, wishes: ImportWishes
) -> Iterator[Finding]:
    """Everything about an import that somebody must look at."""
    place = Place(file=document.name)
    if not layout.form.serves(wishes.year):
        yield note("import-year", place, form=layout.form.id, year=wishes.year)
    yield from tell_doubts(read, layout, place)
    for unknown in read.unknown:
        yield note(
            "import-unread",
            place,
            label=clean_text(unknown.label),
            raw=clean_text(unknown.raw),
            where=say_spot(unknown.spot),
        )
    for misprint in read.misprints:
        yield note("import-label", place, printed=misprint.printed, official=misprint.official)
    for printed, official in narrative.headings:
        yield note("import-label", place, printed=printed, official=official)
    yield from tell_missing(read, layout, place)
    for section in layout.form.sections:
        if section.id not in narrative.sections:
            yield note("import-section", place, section=section.heading)


def tell_missing(read: Findings, layout: FormLayout, place: Place) -> Iterator[Finding]:
    """The tables and rows of the form that the document does not have."""
    for each in layout.tables:
        if not any(row.table == each.table.id for row in read.rows):
            yield note("import-table", place, table=each.table.caption)
            continue
        missing = [row for row in each.rows if Address(table=each.table.id, row=row.id) not in read.rows]
        hosts = {row.host for row in read.local_rows if row.table == each.table.id}
        for row in missing:
            if not row.optional and not row.sum_of and row.id not in hosts:
                yield note("import-row", place, row=row.label, table=each.table.caption)


def tell_doubts(read: Findings, layout: FormLayout, place: Place) -> Iterator[Finding]:
    """The cells that are undecided, those of one row that have one cause together."""
    rows: dict[tuple[str, str, str, tuple[str, ...]], list[Reading]] = {}
    for each in read.doubtful:
        whole = each.doubt.value in ("glued", "cells", "head")
        key = (
            each.at.table,
            each.at.row,
            "" if whole else each.at.column,
            each.candidates if each.doubt == "glued" else (),
        )
        rows.setdefault(key, []).append(each)
    for readings in rows.values():
        first = readings[0]
        candidates = " / ".join(
            dict.fromkeys(candidate for each in readings for candidate in each.candidates if candidate)
        )
        doubt = first.doubt.value
        yield note(
            f"import-{doubt}",
            place,
            str(first.at),
            cell=name_cell(read, layout, first.at, whole=len(readings) > 1),
            raw=clean_text(first.raw),
            where=say_spot(first.spot),
            candidates=candidates,
        )


def note(check: str, place: Place, at: str = "", /, **facts: Fact) -> Finding:
    """A finding."""
    return fault(check, place, at, **facts).finding


def name_cell(read: Findings, layout: FormLayout, at: Address, *, whole: bool) -> Texts:
    """The labels of a cell, or of its row alone."""
    table = next(each.table for each in layout.tables if each.table.id == at.table)
    local = {f"{row.host}.{row.key}": row.label for row in read.local_rows if row.table == at.table}
    row = table.find(Axis.ROWS, at.row) or Line(id=at.row, label=Texts.of({"zh-CN": local.get(at.row, at.row)}))
    column = table.find(Axis.COLUMNS, at.column)
    if whole or column is None:
        return row.label
    languages = dict(row.label.by_language)
    return Texts.of({each: f"{label} › {column.label.within(each)}" for each, label in languages.items()})


def say_spot(spot: Spot) -> str:
    """Where something stands, in numbers: table-row-column; empty where it is running text."""
    return "-".join(str(part) for part in (spot.grid, spot.row, spot.column) if part)
