"""Reports with a narrative, for checks that read its words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import gaisite
from gaisite.findings import Finding, Place, Problems
from gaisite.model.content import Agency, AgencyName, Contact, Report
from gaisite.model.forms import Form
from gaisite.model.wording import Wording
from gaisite.read.files import Source
from gaisite.read.folders import YearFolder
from gaisite.read.forms import read_forms
from gaisite.read.narratives import NarrativeContext, read_narrative
from gaisite.read.prose import MarkdownWords
from gaisite.read.wording import read_wordings
from gaisite.texts import Texts
from tests.check.values import make_report

CHINESE: Wording = read_wordings()["zh-CN"]
FORM = "cn-gai-2021"


@cache
def read_package_forms() -> Mapping[str, Form]:
    folder = Path(gaisite.__file__).parent / "forms"
    return read_forms((folder,), folder, Problems())


def write_narrative(
    text: Mapping[str, str] | str, year: int = 2021, form: str = FORM, front: str = "", files: Sequence[str] = ()
) -> Report:
    """A report that says this in its sections, by id; a single text stands in the first one."""
    laid_down = read_package_forms()[form]
    texts = {laid_down.sections[0].id: text} if isinstance(text, str) else dict(text)
    body = texts.pop("preamble", "") + "\n\n"
    body += "".join(f"## {each.heading.official}\n\n{texts.pop(each.id, '')}\n\n" for each in laid_down.sections)
    assert texts == {}
    folder = YearFolder(year=year, path=Path(f"content/a/{year}"), files=tuple(files))
    context = NarrativeContext(
        form=laid_down,
        folder=folder,
        content=Path("content"),
        project=Path(),
        words=MarkdownWords(table_label="{number}"),
    )
    source = Source(file=f"content/a/{year}/report.md", text=f"---\n{front}\n---\n{body}" if front else body)
    narrative = read_narrative(source, context, Problems())
    return replace(make_report(laid_down, {}, year=year), narrative=narrative)


def make_agency(*names: str | tuple[str, int], phone: str = "") -> Agency:
    """An agency with its present name, and former ones with the last year of each, latest first."""
    plain = [name if isinstance(name, str) else name[0] for name in names]
    since = [*(name[1] + 1 for name in names if isinstance(name, tuple)), None]
    return Agency(
        id="a",
        names=tuple(
            AgencyName(name=Texts((("zh-CN", name),)), since=year) for name, year in zip(plain, since, strict=True)
        ),
        contact=Contact(phone=phone),
        place=Place(file="content/a/agency.yaml"),
    )


def tell(findings: Sequence[Finding], *names: str) -> list[tuple[str, ...]]:
    """What was found: check, address, and some of the facts in Chinese."""
    return [(each.check, each.at, *(say(dict(each.facts)[name]) for name in names)) for each in findings]


def say(fact: object) -> str:
    return fact.within("zh-CN") if isinstance(fact, Texts) else str(fact)
