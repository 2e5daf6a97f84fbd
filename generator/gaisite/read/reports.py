"""One report: its figures and its narrative together, which may bind figures of every year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from gaisite.findings import Place, Problems, fault
from gaisite.model.attachments import USUAL, is_attachable, name_ending
from gaisite.model.content import Narrative, Report
from gaisite.model.revisions import list_superseded
from gaisite.read.bound_figures import Binder
from gaisite.read.earlier import restore_report
from gaisite.read.figures import Figures, read_figures
from gaisite.read.files import name_file, read_source
from gaisite.read.folders import YearFolder
from gaisite.read.names import FormNames
from gaisite.read.narratives import NarrativeContext, is_draft, read_narrative
from gaisite.read.prose import MarkdownWords
from gaisite.read.published import FILE as PUBLISHED
from gaisite.read.published import read_record


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContext:
    """What reading any report needs to know besides its files."""

    project: Path
    content: Path
    forms: Mapping[str, FormNames]
    words: MarkdownWords
    drafts: bool = False
    """Whether drafts are shown: then other years may bind their figures."""
    attachments: frozenset[str] = USUAL
    """The endings of files that reports may attach."""


def read_year(folder: YearFolder, context: ReadingContext, problems: Problems) -> Figures | None:
    """The figures of a year's folder; None where they cannot be read at all."""
    with problems.gather():
        return read_figures(read_source(folder.path / "figures.yaml", context.project), context.forms, problems)
    return None


def read_report(
    agency: str, folder: YearFolder, years: Mapping[int, Figures | None], context: ReadingContext, problems: Problems
) -> Report | None:
    """The report of a year's folder; None where its figures cannot be read at all.

    `years` are the figures of all years of the agency, that of the folder among them: the narrative may bind any.
    """
    note_refused(folder, context, problems)
    figures = years[folder.year]
    if figures is None:
        return None
    narrative_context = NarrativeContext(
        form=context.forms[figures.form].form,
        folder=folder,
        content=context.content,
        project=context.project,
        words=context.words,
        binder=make_binder(folder, years, context),
    )
    report = Report(
        agency=agency,
        year=folder.year,
        form=figures.form,
        tables=figures.tables,
        acknowledgements=figures.acknowledgements,
        narrative=read_folder_narrative(narrative_context, problems),
        place=figures.place,
        readable=figures.readable,
        children=figures.children,
        corrections=figures.corrections,
    )
    return add_record(report, narrative_context, context.forms, problems)


def note_refused(folder: YearFolder, context: ReadingContext, problems: Problems) -> None:
    """Note each file under files/ that is none to publish, named by the report or not: all of them are published."""
    for name in folder.files:
        if name.startswith("files/") and not is_attachable(name, context.attachments):
            place, ending = Place(file=name_file(folder.path / name, context.project)), name_ending(name)
            why = "inner" if ending in context.attachments else "ending"
            problems.add(fault("attachment-refused", place, name=name, **{why: ending}).finding)


def add_record(report: Report, context: NarrativeContext, forms: Mapping[str, FormNames], problems: Problems) -> Report:
    """The report with what was published of it, and with what it was before each revision.

    Of a record that cannot be used nothing is compared, and no correction judged by it: that is noted, and an error.
    """
    folder = context.folder
    if PUBLISHED not in folder.files:
        return report
    with problems.gather():
        recorded = replace(report, record=read_record(folder.path, context.project))
        superseded = list_superseded(recorded) if report.readable else []
        place = Place(file=name_file(folder.path / PUBLISHED, context.project))
        earlier = (restore_report(recorded, version, context, forms, place) for version in superseded)
        return replace(recorded, earlier=tuple(earlier))
    return replace(report, corrections=())


def read_folder_narrative(context: NarrativeContext, problems: Problems) -> Narrative:
    """The narrative of a year's folder; one without sections where it cannot be read, which is noted."""
    path = context.folder.path / "report.md"
    place = Place(file=name_file(path, context.project))
    with problems.gather():
        if "report.md" not in context.folder.files:
            raise fault("report-missing", place, year=str(context.folder.year))
        return read_narrative(read_source(path, context.project), context, problems)
    return Narrative(place=place, sections={})


def make_binder(folder: YearFolder, years: Mapping[int, Figures | None], context: ReadingContext) -> Binder:
    """What finds the figures that the narrative of a year's folder binds."""

    @cache
    def is_hidden(year: int) -> bool:
        with Problems().gather():
            return not context.drafts and is_draft(
                read_source(folder.path.parent / str(year) / "report.md", context.project)
            )
        return False

    return Binder(year=folder.year, years=years, forms=context.forms, is_hidden=is_hidden)
