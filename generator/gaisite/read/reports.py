"""One report: its figures and its narrative together."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import Place, Problems, fault
from gaisite.model.content import Narrative, Report
from gaisite.read.figures import read_figures
from gaisite.read.files import name_file, read_source
from gaisite.read.folders import YearFolder
from gaisite.read.names import FormNames
from gaisite.read.narratives import NarrativeContext, read_narrative
from gaisite.read.prose import MarkdownWords


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContext:
    """What reading any report needs to know besides its files."""

    project: Path
    content: Path
    forms: Mapping[str, FormNames]
    words: MarkdownWords


def read_report(agency: str, folder: YearFolder, context: ReadingContext, problems: Problems) -> Report | None:
    """The report of a year's folder; None where its figures cannot be read at all."""
    with problems.gather():
        source = read_source(folder.path / "figures.yaml", context.project)
        before = len(problems.findings)
        figures = read_figures(source, context.forms, problems)
        readable = len(problems.findings) == before
        if figures is None:
            return None
        form = context.forms[figures.form].form
        narrative_context = NarrativeContext(
            form=form, folder=folder, content=context.content, project=context.project, words=context.words
        )
        narrative = read_folder_narrative(narrative_context, problems)
        return Report(
            agency=agency,
            year=folder.year,
            form=figures.form,
            tables=figures.tables,
            acknowledgements=figures.acknowledgements,
            narrative=narrative,
            place=source.place(),
            readable=readable,
            children=figures.children,
        )
    return None


def read_folder_narrative(context: NarrativeContext, problems: Problems) -> Narrative:
    """The narrative of a year's folder; one without sections where it cannot be read, which is noted."""
    path = context.folder.path / "report.md"
    place = Place(file=name_file(path, context.project))
    with problems.gather():
        if "report.md" not in context.folder.files:
            raise fault("report-missing", place, year=str(context.folder.year))
        return read_narrative(read_source(path, context.project), context, problems)
    return Narrative(place=place, sections={})
