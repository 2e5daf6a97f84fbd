"""The text of a report.md as it was written: its front matter, and its Markdown by section."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from gaisite.findings import Problems
from gaisite.model.content import State
from gaisite.model.forms import Form
from gaisite.scaffold.carrying import read_report
from gaisite.scaffold.ground import Ground

FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"##[ \t]+(.+?)[ \t#]*")


def read_texts(path: Path, form: Form) -> Mapping[str, str]:
    """The narrative in Markdown by section, what comes before the first under the empty id; none without a file."""
    if not path.is_file():
        return {}
    named = {fold(label): section.id for section in form.sections for _, label in section.heading.by_language}
    text = FRONT_MATTER.sub("", path.read_text(encoding="utf-8-sig").replace("\r\n", "\n"))
    texts: dict[str, list[str]] = {"": []}
    present = ""
    for line in text.split("\n"):
        heading = HEADING.fullmatch(line.rstrip())
        if heading and fold(heading[1]) in named:
            present = named[fold(heading[1])]
            texts.setdefault(present, [])
        else:
            texts[present].append(line)
    return {section: "\n".join(lines).strip() for section, lines in texts.items()}


def is_unfilled(ground: Ground, agency: str, year: int) -> bool:
    """Whether a report is there as `gaisite new` made it: a draft without a figure and without a word."""
    problems, path = Problems(), ground.content / agency / str(year) / "report.md"
    report = read_report(ground, agency, year, problems)
    if report is None or problems.findings or report.children or report.acknowledgements or report.corrections:
        return False
    tables = report.tables.values()
    if any(figure.state is not State.BLANK for table in tables for figure in table.figures.values()):
        return False
    front = FRONT_MATTER.match(path.read_text(encoding="utf-8-sig", errors="replace")) if path.is_file() else None
    drafted = front is not None and "draft: true" in front[0].splitlines()
    return drafted and not any(read_texts(path, ground.forms[report.form]).values())


def fold(text: str) -> str:
    """A heading without what differs from print to print: widths, spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())
