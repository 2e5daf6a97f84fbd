"""What is found about the content: values with a place, gathered until the command line prints them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from gaisite.texts import Texts

Fact: TypeAlias = str | int | Decimal | Texts
"""A value that a message names: printed as it is, `Texts` in the reader's language."""


class Severity(StrEnum):
    """How much a failed check matters."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    OFF = "off"


class Verdict(StrEnum):
    """What a check says; a blank total, for one, cannot be assessed."""

    PASS = "pass"
    FAIL = "fail"
    NOT_ASSESSABLE = "not assessable"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where in the project a finding points."""

    file: str
    """Path from the project folder, with `/`."""
    line: int = 0
    """From 1; 0 where the whole file is meant."""
    column: int = 0
    """From 1, in characters; 0 where the whole line is meant."""
    length: int = 1
    """How many characters the caret underlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check says about one place."""

    check: str
    """Id of a check in the catalogue, or of the form's own."""
    place: Place
    sentence: str = ""
    """Id of the catalogue's entry whose words say it; empty where that is `check`, as for all but a form's checks."""
    severity: Severity | None = None
    """As the form decides; None: as the catalogue does."""
    verdict: Verdict = Verdict.FAIL
    at: str = ""
    """Id of the cell or line it is about, `applications.new.total`; an acknowledgement names it."""
    facts: tuple[tuple[str, Fact], ...] = ()
    """The values that the message's `{names}` stand for."""
    fix: str = ""
    """What may safely be written at the place instead, for `gaisite check --fix`; empty: nothing."""
    acknowledged: str = ""
    """The published reason, where figures.yaml acknowledges this failure."""


class ContentError(Exception):
    """A mistake in the content; carries the finding that says where and what."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.check)
        self.finding = finding

    def __reduce__(self) -> tuple[type["ContentError"], tuple[Finding]]:
        """How another process hands it over."""
        return type(self), (self.finding,)


def fault(check: str, place: Place, at: str = "", /, **facts: Fact) -> ContentError:
    """The error to raise for a failed general check at a place; its message is filled from `facts`.

    `at` is the id of the cell or line it is about, where it is about one.
    """
    return ContentError(Finding(check=check, place=place, at=at, facts=tuple(facts.items())))


@dataclass(slots=True)
class Problems:
    """Collects the findings of a loop, so that one run reports all mistakes."""

    findings: list[Finding] = field(default_factory=list)

    @contextmanager
    def gather(self) -> Iterator[None]:
        """Run one step of a loop; a `ContentError` is kept and the loop goes on."""
        try:
            yield
        except ContentError as error:
            self.findings.append(error.finding)

    def add(self, *findings: Finding) -> None:
        """Keep findings that were not raised."""
        self.findings.extend(findings)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Keep the findings of another collection."""
        self.findings.extend(findings)
