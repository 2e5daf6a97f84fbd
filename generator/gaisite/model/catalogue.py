"""The catalogue of general checks: how much each matters, and the words for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gaisite.findings import Fact, Finding, Severity, Verdict
from gaisite.texts import Texts

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
CLAUSE = re.compile(r"\[([a-z_]+)\?([^\]]*)\]")
"""`[near?, did you mean {near}]`: words that are said only where the fact is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """One check, or one kind of check that forms use."""

    id: str
    severity: Severity
    message: Texts
    """A sentence with `{fact}` names: what is there, what is wanted."""
    hint: Texts | None = None
    """What to do."""
    clause: Texts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All entries by id."""

    entries: Mapping[str, CatalogueEntry]
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """What the portal decides, by id of a general check or of one of a form; it outweighs form and catalogue."""

    def severity_of(self, finding: Finding) -> Severity:
        """How much a finding matters: what passed, cannot be assessed or is acknowledged, matters not."""
        if finding.verdict is not Verdict.FAIL or finding.acknowledged:
            return Severity.OFF
        return self.weigh(finding)

    def weigh(self, finding: Finding) -> Severity:
        """How much the check that found it matters where it fails."""
        return self.decide(finding.check, finding.severity or self.entry(finding).severity)

    def decide(self, check: str, severity: Severity) -> Severity:
        """How much a check matters to which form or catalogue give a severity."""
        return self.severities.get(check, severity)

    def is_public(self, finding: Finding) -> bool:
        """Whether readers of the site are told of a failure.

        They are told what is acknowledged, every rule of a form that does not hold, whatever the portal makes of it,
        and of the rest what matters: not what is for the publisher's information only.
        """
        if finding.verdict is not Verdict.FAIL:
            return False
        matters = self.weigh(finding) in (Severity.ERROR, Severity.WARNING)
        return bool(finding.acknowledged or finding.sentence) or matters

    def entry(self, finding: Finding) -> CatalogueEntry:
        """The entry whose words say a finding."""
        return self.entries[finding.sentence or finding.check]

    def say(self, finding: Finding, language: str) -> str:
        """The finding's sentence."""
        return fill(self.entry(finding).message, finding, language)

    def hint(self, finding: Finding, language: str) -> str:
        """What to do about it; empty where there is nothing to add."""
        hint = self.entry(finding).hint
        return fill(hint, finding, language) if hint else ""


def fill(texts: Texts, finding: Finding, language: str) -> str:
    """A sentence with its `{names}` replaced by the finding's facts, and its optional clauses kept or dropped."""
    facts = {"check": finding.check, "at": finding.at, **dict(finding.facts)}
    sentence = CLAUSE.sub(lambda found: found[2] if str(facts.get(found[1], "")) else "", texts.within(language))
    return PLACEHOLDER.sub(lambda found: write_fact(facts.get(found[1], found[0]), language), sentence)


def write_fact(fact: Fact, language: str) -> str:
    """A fact in words."""
    if isinstance(fact, Texts):
        return fact.within(language)
    return format(fact, "f") if isinstance(fact, Decimal) else str(fact)
