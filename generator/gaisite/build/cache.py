"""Summaries of agencies kept between builds: JSON under .gaisite/cache, and an unreadable one is none."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from gaisite.build.codec import (
    decode_finding,
    decode_place,
    decode_texts,
    encode_finding,
    encode_place,
    hash_body,
    name_kept,
    write_kept,
)
from gaisite.model.children import ReportingYears
from gaisite.model.content import Figure, State
from gaisite.model.contributions import Contribution, read_component, write_component
from gaisite.model.downloads import Content, DataFile, Format
from gaisite.model.portal import Redirect
from gaisite.model.summary import AgencySummary, ReportSummary, Sketch, Tally

FORMAT = 1
MADE = ".made"
"""The ending of what is known of a file of the site; summaries end in .json."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """The cache folder of a project; None: nothing is kept."""

    folder: Path | None

    def path(self, agency: str) -> Path | None:
        """The file of one agency."""
        return self.name_file(agency, ".json")

    def name_file(self, name: str, ending: str) -> Path | None:
        """The file of the cache for what has this name; None where nothing is kept."""
        if self.folder is None:
            return None
        return name_kept(self.folder, name, ending)

    def load(self, agency: str, key: str) -> AgencySummary | None:
        """The summary kept under this key; None where there is none or it cannot be read."""
        path = self.path(agency)
        if path is None:
            return None
        try:
            kept = json.loads(path.read_bytes())
            if kept["format"] != FORMAT or kept["key"] != key:
                return None
            body = kept["summary"]
            if hash_body(body) != kept["check"]:
                return None
            return decode_summary(body)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def store(self, agency: str, key: str, summary: AgencySummary) -> None:
        """Keep a summary."""
        path = self.path(agency)
        if path is not None:
            body = encode_summary(summary)
            write_kept(path, {"format": FORMAT, "key": key, "check": hash_body(body), "summary": body})

    def load_file(self, path: str, key: str) -> tuple[str, int] | None:
        """The sha256 and size of a file of the site that was made under this key; None where that is not known."""
        place = self.name_file(path, MADE)
        if place is None:
            return None
        try:
            kept = json.loads(place.read_bytes())
            digest, size = kept["file"]
            whole = kept["format"] == FORMAT and kept["key"] == key and kept["check"] == hash_body([digest, size])
            return (str(digest), int(size)) if whole else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def store_file(self, path: str, key: str, made: tuple[str, int]) -> None:
        """Keep the sha256 and size of a file of the site."""
        place = self.name_file(path, MADE)
        if place is not None:
            write_kept(place, {"format": FORMAT, "key": key, "check": hash_body(list(made)), "file": made})

    def load_files(self, name: str, key: str) -> list[tuple[str, str]] | None:
        """Path and sha256 of the files that were made together under this key; None where they are not known."""
        place = self.name_file(name, MADE)
        try:
            kept = json.loads(place.read_bytes()) if place is not None else {}
            files = [(str(path), str(digest)) for path, digest in kept["files"]]
            whole = kept["format"] == FORMAT and kept["key"] == key and kept["check"] == hash_body(kept["files"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return files if whole else None

    def store_files(self, name: str, key: str, files: Sequence[tuple[str, str]]) -> None:
        """Keep path and sha256 of files that were made together."""
        place = self.name_file(name, MADE)
        if place is not None:
            body = [list(each) for each in files]
            write_kept(place, {"format": FORMAT, "key": key, "check": hash_body(body), "files": body})


def encode_summary(summary: AgencySummary) -> dict[str, Any]:
    """A summary as JSON values, without its children: they have their own."""
    return {
        "id": summary.id,
        "parent": summary.parent,
        "name": summary.name.by_language,
        "kind": summary.kind,
        "reports": [encode_report(report) for report in summary.reports],
        "findings": [encode_finding(finding) for finding in summary.findings],
        "outputs": summary.outputs,
        "reporting": [summary.reporting.first, summary.reporting.last],
        "data": [[each.path, each.format, each.content, each.size] for each in summary.data],
        "redirects": [encode_redirect(each) for each in summary.redirects],
    }


def decode_summary(body: Mapping[str, Any]) -> AgencySummary:
    """The summary that was kept."""
    return AgencySummary(
        id=str(body["id"]),
        parent=str(body["parent"]),
        name=decode_texts(body["name"]),
        kind=str(body["kind"]),
        reports=tuple(decode_report(report) for report in body["reports"]),
        findings=tuple(decode_finding(finding) for finding in body["findings"]),
        outputs=tuple((str(path), str(digest)) for path, digest in body["outputs"]),
        reporting=ReportingYears(first=body["reporting"][0], last=body["reporting"][1]),
        data=tuple(decode_file(*kept) for kept in body["data"]),
        redirects=tuple(decode_redirect(str(body["id"]), each) for each in body["redirects"]),
    )


def encode_redirect(redirect: Redirect) -> list[Any]:
    """A former address as JSON values."""
    return [redirect.path, redirect.target, encode_place(redirect.place)]


def decode_redirect(owner: str, body: Sequence[Any]) -> Redirect:
    """The former address that was kept."""
    path, target, place = body
    return Redirect(path=str(path), target=str(target), owner=owner, place=decode_place(place))


def decode_file(path: str, format: str, content: str, size: int) -> DataFile:
    """The file for download that was kept."""
    return DataFile(path=path, format=Format(format), content=Content(content), size=size)


def encode_report(report: ReportSummary) -> dict[str, Any]:
    """A report as JSON values."""
    return {
        "year": report.year,
        "form": report.form,
        "titles": report.titles.by_language,
        "name": report.name.by_language,
        "published": report.published,
        "source_url": report.source_url,
        "figures": [[cell, *encode_figure(figure)] for cell, figure in report.key_figures.items()],
        "failed": [encode_finding(finding) for finding in report.failed],
        "tally": encode_tally(report.tally),
        "checks": [[check, *encode_tally(tally)] for check, tally in report.by_check.items()],
        "draft": report.draft,
        "corrected": report.corrected,
        "narrative": report.narrative,
        "sketches": [[each.section, each.line, each.begin, each.size, each.values] for each in report.sketches],
        "contribution": encode_contribution(report.contribution) if report.contribution else None,
        "below": report.below,
    }


def decode_report(body: Mapping[str, Any]) -> ReportSummary:
    """The report that was kept."""
    return ReportSummary(
        year=int(body["year"]),
        form=str(body["form"]),
        titles=decode_texts(body["titles"]),
        name=decode_texts(body["name"]),
        published=str(body["published"]),
        source_url=str(body["source_url"]),
        key_figures={cell: decode_figure(*kept) for cell, *kept in body["figures"]},
        failed=tuple(decode_finding(finding) for finding in body["failed"]),
        tally=decode_tally(*body["tally"]),
        by_check={str(check): decode_tally(*kept) for check, *kept in body["checks"]},
        draft=bool(body["draft"]),
        corrected=tuple(str(date) for date in body["corrected"]),
        narrative=str(body["narrative"]),
        sketches=tuple(decode_sketch(*kept) for kept in body["sketches"]),
        contribution=decode_contribution(body["contribution"]) if body["contribution"] else None,
        below=(int(body["below"][0]), int(body["below"][1])) if body["below"] else None,
    )


def encode_contribution(given: Contribution) -> list[Any]:
    """What a report gives to a sum as JSON values: its figures in one text, a comma between them."""
    return [",".join(map(write_component, given.figures)), given.units, given.own_rows, given.incomplete]


def decode_contribution(body: list[Any]) -> Contribution:
    """What was kept of it; a form without cells has no figures."""
    figures, units, own_rows, incomplete = body
    return Contribution(
        figures=tuple(map(read_component, figures.split(","))),
        units=tuple((str(column), str(unit)) for column, unit in units),
        own_rows=bool(own_rows),
        incomplete=bool(incomplete),
    )


def encode_tally(tally: Tally) -> tuple[int, int, int, int]:
    """A tally as JSON values."""
    return tally.passed, tally.failed, tally.acknowledged, tally.not_assessable


def decode_tally(passed: int, failed: int, acknowledged: int, not_assessable: int) -> Tally:
    """The tally that was kept."""
    return Tally(passed=passed, failed=failed, acknowledged=acknowledged, not_assessable=not_assessable)


def decode_sketch(section: str, line: int, begin: str, size: int, values: str) -> Sketch:
    """The sketch of a paragraph that was kept."""
    return Sketch(section=section, line=int(line), begin=begin, size=int(size), values=values)


def encode_figure(figure: Figure) -> tuple[str, str, str, str, bool]:
    """A figure as JSON values: numbers as text, so that none loses a digit."""
    kind = "" if figure.value is None else "decimal" if isinstance(figure.value, Decimal) else "int"
    value = "" if figure.value is None else str(figure.value)
    return figure.state.value, kind, value, figure.text, figure.computed


def decode_figure(state: str, kind: str, value: str, text: str, computed: bool) -> Figure:
    """The figure that was kept."""
    number = None if not kind else Decimal(value) if kind == "decimal" else int(value)
    return Figure(State(state), number, text, bool(computed))
