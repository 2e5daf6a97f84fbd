"""Form files: statutory formats as data, every mistake in one with its place."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from gaisite.findings import Problems, fault
from gaisite.model.forms import Deadline, Form, Notice, Section
from gaisite.model.tables import Table
from gaisite.read.continuity import read_continuity
from gaisite.read.coverage import check_coverage
from gaisite.read.fields import LANGUAGE, Fields, is_date, place_node
from gaisite.read.figures import SETTINGS
from gaisite.read.files import Source, read_source
from gaisite.read.form_charts import read_charts
from gaisite.read.form_checks import read_checks
from gaisite.read.form_measures import read_measures
from gaisite.read.form_tables import check_hyphened_id, check_id, find_table, note_repeated, read_tables, read_texts
from gaisite.read.names import normalise_label
from gaisite.read.nodes import MappingNode, Scalar, read_nodes
from gaisite.texts import Texts

FORM_KEYS = (
    "form", "language", "title", "short", "years", "notices", "deadlines", "sections", "tables", "checks", "charts",
    "measures", "continuity",
)  # fmt: skip
SECTION_KEYS = ("heading", "guidance", "tables", "at_least", "at_most", "repeats")
DAY = re.compile(r"[0-9]{2}-[0-9]{2}")
COMMON_YEAR = 2001
"""A year without 29 February: a deadline must exist in every year."""
PLACEHOLDER = re.compile(r"\{[^}]*\}?|\}")
PLACEHOLDERS = ("{year}", "{agency}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFile:
    """A form without its continuity, and the fields in which that is written."""

    form: Form
    fields: Fields


def read_forms(folders: Sequence[Path], project: Path, problems: Problems) -> Mapping[str, Form]:
    """All forms of some folders by id, in the order of folders and names; a folder that is not there has none.

    An id that is used twice is noted and the first form kept.
    """
    files: dict[str, FormFile] = {}
    for path in list_form_files(folders):
        with problems.gather():
            file = read_form_file(read_source(path, project), problems)
            if file is not None:
                keep_form(file, files)
    forms = {form_id: file.form for form_id, file in files.items()}
    return {
        form_id: replace(file.form, continuity=read_continuity(file.fields, file.form, forms))
        for form_id, file in files.items()
    }


def list_form_files(folders: Iterable[Path]) -> Iterator[Path]:
    """The form files of some folders, by name within each."""
    for folder in folders:
        if folder.is_dir():
            yield from sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("."))


def keep_form(file: FormFile, files: dict[str, FormFile]) -> None:
    """Add a form; ContentError where there is one with its id."""
    first = files.setdefault(file.form.id, file)
    if first is not file:
        raise fault("form-twice", file.fields.place("form"), form=file.form.id, first=first.fields.source.file)


def check_forms(forms: Mapping[str, Form], problems: Problems) -> None:
    """Note what is wrong between forms: years that overlap, cells of which nothing or two things are said."""
    for form in forms.values():
        for continuity in form.continuity:
            problems.extend(check_coverage(continuity, form, forms[continuity.form]))


def read_form(source: Source, problems: Problems) -> Form | None:
    """The form of a file, without its continuity, which needs the other forms; None where it has no id or years."""
    file = read_form_file(source, problems)
    return file.form if file is not None else None


def read_form_file(source: Source, problems: Problems) -> FormFile | None:
    """The form of a file; what is missing in it is noted and replaced by something neutral."""
    fields = read_fields(source, problems)
    if fields is None:
        return None
    language = read_language(fields)
    form_id, years = read_id(fields), read_years(fields)
    tables = read_tables(fields, language, SETTINGS) if fields.require("tables") is not None else ()
    sections = read_sections(fields, tables, language)
    form = Form(
        id=form_id,
        title=read_title(fields, language),
        short=read_texts(fields, "short", language, required=True) or Texts(((language, form_id),)),
        first_year=years[0],
        last_year=years[1],
        notices=tuple(read_notices(fields, language)),
        deadlines=tuple(read_deadlines(fields, language)),
        sections=sections,
        tables=tables,
        checks=read_checks(fields, tables, sections, language),
        charts=read_charts(fields, tables, language),
        continuity=(),
        measures=read_measures(fields, tables),
    )
    return FormFile(form=form, fields=fields) if form_id and years[0] else None


def read_fields(source: Source, problems: Problems) -> Fields | None:
    """The fields of a form file; None where it holds no mapping."""
    before = len(problems.findings)
    root = read_nodes(source, problems)
    if root is None and len(problems.findings) == before:
        problems.add(fault("form-empty", source.place()).finding)
    if root is None:
        return None
    fields = Fields(source, root, problems, FORM_KEYS)
    return fields if isinstance(root, MappingNode) else None


def read_language(fields: Fields) -> str:
    """The language of the official labels."""
    language = fields.text("language", required=True)
    if language and not LANGUAGE.fullmatch(language):
        fields.note("language-unknown", fields.place("language"), tag=language)
        return "und"
    return language or "und"


def read_id(fields: Fields) -> str:
    """The id of the form, which is also the name of its file; empty where there is none."""
    form_id, node = fields.text("form", required=True), fields.get("form")
    if isinstance(node, Scalar):
        check_hyphened_id(fields, node)
        stem = PurePosixPath(fields.source.file).stem
        if form_id != stem:
            fields.note("form-file-name", fields.place("form"), form=form_id, stem=stem)
    return form_id


def read_title(fields: Fields, language: str) -> Texts:
    """The title of a report; no other placeholders than those that can be filled."""
    title = read_texts(fields, "title", language, required=True)
    for _, text in title.by_language if title else ():
        for found in PLACEHOLDER.findall(text):
            if found not in PLACEHOLDERS:
                known = ", ".join(PLACEHOLDERS)
                fields.note("form-placeholder", fields.place("title"), found=found, known=known)
    return title or Texts(((language, "{year}"),))


def read_years(fields: Fields) -> tuple[int, int | None]:
    """The first and the last reporting year; 0 where there is no first."""
    if fields.require("years") is None:
        return 0, None
    years = fields.record("years", ("first", "last"))
    first, last = years.integer("first", required=True), years.integer("last")
    if first is not None and last is not None and last < first:
        years.note("form-years-order", years.place("last"), first=first, last=last)
    return first or 0, last


def read_notices(form: Fields, language: str) -> Iterator[Notice]:
    """The legal sources of the form."""
    for fields in form.records("notices", ("number", "title", "date")):
        number = fields.text("number", required=True)
        title = read_texts(fields, "title", language, required=True)
        date = fields.text("date", required=True)
        if date and not is_date(date):
            fields.note("form-date", fields.place("date"), key="date", found=date, wanted="YYYY-MM-DD")
        yield Notice(number=number, title=title or Texts(((language, number),)), date=date)


def read_deadlines(form: Fields, language: str) -> Iterator[Deadline]:
    """By when each kind of agency must publish; no kind has two deadlines."""
    taken: dict[str, int] = {}
    for fields in form.records("deadlines", ("kinds", "by", "clause")):
        by = fields.text("by", required=True)
        if by and not (DAY.fullmatch(by) and is_date(f"{COMMON_YEAR}-{by}")):
            fields.note("form-date", fields.place("by"), key="by", found=by, wanted="MM-DD")
            by = ""
        kinds = fields.strings("kinds")
        for kind in kinds or ("",):
            line = fields.place("kinds").line
            if taken.setdefault(kind, line) != line:
                fields.note("form-deadline-twice", fields.place("kinds"), kind=kind, first=taken[kind])
        clause = read_texts(fields, "clause", language, required=True)
        if by and clause is not None:
            yield Deadline(kinds=kinds, month=int(by[:2]), day=int(by[3:]), clause=clause)


def read_sections(form: Fields, tables: tuple[Table, ...], language: str) -> tuple[Section, ...]:
    """The sections in written order; every table stands in exactly one."""
    sections: list[Section] = []
    placed: dict[str, str] = {}
    headings: dict[str, int] = {}
    if form.require("sections") is None:
        return ()
    for key, node in form.entries("sections"):
        check_id(form, key)
        fields = Fields(form.source, node, form.problems, SECTION_KEYS)
        heading = read_texts(fields, "heading", language, required=True) or Texts(((language, key.text),))
        note_repeated(form, key, {normalise_label(text) for _, text in heading.by_language}, headings)
        names = place_tables(fields, key.text, tables, placed)
        guidance = read_texts(fields, "guidance", language)
        least, most = read_limits(fields)
        section = Section(id=key.text, heading=heading, guidance=guidance, tables=names, at_least=least, at_most=most)
        sections.append(replace(section, repeats=fields.flag("repeats")))
    note_unplaced(form, placed)
    return tuple(sections)


def read_limits(fields: Fields) -> tuple[int, int]:
    """How long a section must be at least and should be at most; 0 where the form does not say."""
    least, most = fields.integer("at_least"), fields.integer("at_most")
    for key, limit in (("at_least", least), ("at_most", most)):
        if limit is not None and (limit < 1 or (key == "at_most" and limit < (least or 1))):
            fields.note("form-section-limit", fields.place(key), key=key, found=limit)
    return least or 0, most or 0


def place_tables(fields: Fields, section: str, tables: tuple[Table, ...], placed: dict[str, str]) -> tuple[str, ...]:
    """The ids of a section's tables, those left out that are unknown or stand elsewhere."""
    names = []
    for node in fields.items("tables"):
        table = find_table(fields, node, tables)
        if table is None:
            continue
        if table.id in placed:
            place = place_node(fields.source, node)
            fields.note("form-table-twice", place, table=table.id, section=placed[table.id])
            continue
        placed[table.id] = section
        names.append(table.id)
    return tuple(names)


def note_unplaced(form: Fields, placed: Mapping[str, str]) -> None:
    """Note the tables that no section prints."""
    for key, _ in form.entries("tables"):
        if key.text not in placed:
            form.note("form-table-unplaced", place_node(form.source, key), table=key.text)
