"""Whether title, files, source and names in a report are those of its agency and year."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from gaisite.check.dates import find_dates
from gaisite.check.sentences import list_sentences
from gaisite.findings import Finding, Place, fault
from gaisite.model.content import Agency, AgencyName, Narrative, Report
from gaisite.model.wording import Wording

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?!\D{0,2}\d{1,2}(?!\d))")
"""A year that does not begin a date, 2022-01-15 or 2022年1月."""
NUMBERED = re.compile(r"[〔［\[【]\s*\d{4}\s*[〕］\]】]")
"""The year of a document number."""
HIDDEN = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A text that names the report."""

    at: str
    """The key in the front matter."""
    text: str
    place: Place


def check_title_years(report: Report, wording: Wording) -> Iterator[Finding]:
    """A finding for each title, file and description that names other years and not the report's."""
    for named in list_named(report.narrative, wording):
        years = find_years(named.text, wording)
        if years and report.year not in years:
            other = "/".join(map(str, sorted(years)))
            yield fault(
                "title-year", named.place, named.at, found=named.text, year=str(report.year), other=other
            ).finding


def list_named(narrative: Narrative, wording: Wording) -> Iterator[Named]:
    """What names the report; of files, those that are called a report."""
    texts = {"title": narrative.title, "description": narrative.description, "keywords": " ".join(narrative.keywords)}
    for key, text in texts.items():
        yield Named(at=key, text=text, place=narrative.place_of(key))
    for each in narrative.attachments:
        for text in (each.title, PurePosixPath(each.path).stem):
            if any(word in text for word in wording.subject):
                yield Named(at=f"attachments.{each.path}", text=text, place=each.place)


def find_years(text: str, wording: Wording) -> set[int]:
    """The years that a title names, but for those of dates and document numbers."""
    plain = NUMBERED.sub(HIDDEN, unicodedata.normalize("NFKC", text))
    spelled = {date.year for date in find_dates(plain, wording) if not date.month}
    return spelled | {int(year) for year in YEAR.findall(plain)}


def check_title_agency(
    report: Report, agency: Agency, ancestors: Sequence[Agency], wording: Wording
) -> Iterator[Finding]:
    """A finding where a title that was given belongs, by what stands before its subject, to another agency."""
    title = report.narrative.title
    owner = find_owner(title, wording)
    if not owner:
        return
    above = {squeeze(name) for each in ancestors for name in list_names(each.names)}
    own = {squeeze(name) for name in list_names(agency.names)}
    known = any(name in squeeze(title) or owner in name for name in own)
    if not known or owner in above - own:
        name = agency.name_in(report.year)
        yield fault("title-agency", report.narrative.place_of("title"), "title", found=title, name=name).finding


def find_owner(title: str, wording: Wording) -> str:
    """What stands in a title before its subject, without the year; empty where nothing does or it cannot be told."""
    text = squeeze(title)
    subjects = [text.index(word) for word in wording.subject if word in text]
    if not subjects:
        return ""
    owner = text[: min(subjects)]
    for date in reversed(find_dates(owner, wording)):
        owner = owner[: date.start] + owner[date.end :]
    for word in wording.fillers:
        owner = owner.replace(word, "")
    return re.sub(r"[\W\d_]", "", owner)


def check_source(report: Report, names: Iterable[str]) -> Iterator[Finding]:
    """A finding where the source that is stated bears none of some names, as a whole or in part."""
    source = report.narrative.source
    written = squeeze(source)
    if written and not any(written in squeeze(name) or squeeze(name) in written for name in names if name):
        yield fault("source-differs", report.narrative.place_of("source"), "source", found=source).finding


def check_former_names(report: Report, agency: Agency, wording: Wording) -> Iterator[Finding]:
    """A finding where a report uses a name that its agency no longer bore, first in its title, then in its text."""
    for index, former in enumerate(agency.names[1:], 1):
        ended, later = agency.names[index - 1].since, agency.names[:index]
        if ended is None or report.year < ended:
            continue
        for name in list_names([former]):
            found = next(find_name(report.narrative, name, list_names(later), wording), None)
            if found is not None:
                at, place = found
                present = agency.name_in(report.year)
                yield fault("former-name", place, at, found=name, last=str(ended - 1), name=present).finding


def find_name(narrative: Narrative, name: str, later: Sequence[str], wording: Wording) -> Iterator[tuple[str, Place]]:
    """Where a name is used that is no part of a later one, and not told to be a former one."""
    for key, text in (("title", narrative.title), ("source", narrative.source)):
        if name in hide(text, later):
            yield key, narrative.place_of(key)
    for sentence in list_sentences(narrative):
        hidden = hide(sentence.text, later)
        start = hidden.find(name)
        before = hidden[:start].rstrip().casefold()
        told = before.endswith(wording.formerly) or any(word in hidden for word in wording.renamed)
        if start >= 0 and not told:
            yield f"sections.{sentence.section}", sentence.place_of(start, start + len(name))


def hide(text: str, names: Iterable[str]) -> str:
    """A text in which some names cannot be found."""
    for name in names:
        text = text.replace(name, HIDDEN * len(name))
    return text


def list_names(names: Iterable[AgencyName]) -> tuple[str, ...]:
    """Names in all their languages."""
    return tuple(dict.fromkeys(text for name in names for _, text in name.name.by_language))


def squeeze(text: str) -> str:
    """A text as names are compared: without blanks and without the width of characters."""
    return unicodedata.normalize("NFKC", "".join(text.split()))
