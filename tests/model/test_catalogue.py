"""The catalogue: what the code finds has words in both languages, and they say what they are given."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gaisite.findings import Fact, Finding, Place, Severity, Verdict
from gaisite.imports.readings import Doubt
from gaisite.model.catalogue import CLAUSE, PLACEHOLDER, Catalogue, CatalogueEntry
from gaisite.model.form_checks import CheckKind
from gaisite.model.tables import FigureType
from gaisite.read.catalogue import read_catalogue
from gaisite.texts import Texts

PACKAGE = Path(__file__).parents[2] / "generator" / "gaisite"
LANGUAGES = ("zh-CN", "en")
ENTRIES = read_catalogue().entries
SENTENCES = {"zh-CN": re.compile(r".*(。|。\])", re.DOTALL), "en": re.compile(r".*([.?]|\.\])", re.DOTALL)}
FOREIGN = {"zh-CN": re.compile(r"[\u4e00-\u9fff][,;?!]"), "en": re.compile("[，。；？！]|  ")}
"""Punctuation of the other language."""
ALWAYS = {"check", "at"}
"""Facts of every finding."""
PLACES = {"fault": 0, "note": 0, "note_unknown": 0, "Finding": 0, "read_mapping": 2}
"""Which argument of a call is the id of a check."""
VALUES = {
    "type": [each.value for each in FigureType],
    "check.kind.value": [each.value for each in CheckKind],
    "doubt": [each.value for each in Doubt if each],
}
"""What expressions stand for that are no constants."""


# --- what the code says -----------------------------------------------------------------------------------------------


class Call:
    """A call in the package that finds something."""

    def __init__(self, module: str, node: ast.Call, scope: ast.AST) -> None:
        self.place = f"{module}:{node.lineno}"
        self.node = node
        self.scope = scope

    def ids(self) -> set[str]:
        """The ids of checks that the call may name; none where it only hands one on."""
        name = name_of(self.node)
        given = [self.node.args[PLACES[name]]] if len(self.node.args) > PLACES[name] else []
        given += [each.value for each in self.node.keywords if name == "Finding" and each.arg in ("check", "sentence")]
        return {check for expression in given for check in self.resolve(expression)}

    def resolve(self, expression: ast.expr) -> Iterator[str]:
        """The texts that an expression may be."""
        match expression:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp(body=body, orelse=orelse):
                yield from (*self.resolve(body), *self.resolve(orelse))
            case ast.JoinedStr(values=[ast.Constant(value=str(before)), ast.FormattedValue(value=inner)]):
                yield from (before + value for value in VALUES[ast.unparse(inner)])
            case ast.Name(id=name):
                for node in ast.walk(self.scope):
                    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
                        yield from self.resolve(node.value)
            case _:
                yield from VALUES.get(ast.unparse(expression), [])

    def facts(self) -> set[str] | None:
        """The names of the facts that the call gives; None where it hands on those of others."""
        if any(each.arg is None for each in self.node.keywords) or name_of(self.node) not in ("fault", "note"):
            return None
        return {each.arg for each in self.node.keywords if each.arg}


def name_of(node: ast.Call) -> str:
    """The last part of what is called."""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def find_calls() -> Iterator[Call]:
    """Every call in the package that finds something."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node) in PLACES:
                inside = [each for each in functions if each.lineno <= node.lineno <= (each.end_lineno or 0)]
                scope = max(inside, key=lambda each: each.lineno, default=tree)
                yield Call(path.relative_to(PACKAGE).as_posix(), node, scope)


CALLS = list(find_calls())


def list_texts(entry: CatalogueEntry) -> list[Texts]:
    return [entry.message, *([entry.hint] if entry.hint else []), *([entry.clause] if entry.clause else [])]


def find_names(pattern: re.Pattern[str], text: str) -> set[str]:
    """The facts that a sentence names, or on which its clauses hang."""
    return {found[1] for found in pattern.finditer(text)}


def list_names(entry: CatalogueEntry) -> set[str]:
    """The facts that an entry needs, those that decide about a clause included."""
    sentences = [text for texts in list_texts(entry) for _, text in texts.by_language]
    return {name for text in sentences for pattern in (PLACEHOLDER, CLAUSE) for name in find_names(pattern, text)}


def test_calls_are_found() -> None:
    assert {"figure-count", "figure-change", "figure-amount", "colon-full-width", "cells-expected", "agency-empty", "carry-over"} <= {
        check for call in CALLS for check in call.ids()
    }  # fmt: skip
    assert len(CALLS) > 100


def test_everything_that_is_found_has_words() -> None:
    lacking = {check: call.place for call in CALLS for check in call.ids() if check not in ENTRIES}
    assert lacking == {}


def test_everything_that_has_words_is_found_somewhere() -> None:
    found = {check for call in CALLS for check in call.ids()}
    assert sorted(set(ENTRIES) - found) == []


def test_words_name_no_fact_that_is_not_given() -> None:
    lacking = {
        (call.place, check): names
        for call in CALLS
        if (given := call.facts()) is not None
        for check in call.ids() & set(ENTRIES)
        if (names := list_names(ENTRIES[check]) - given - ALWAYS)
    }
    assert lacking == {}


def test_ids_are_words_joined_by_hyphens() -> None:
    assert [check for check in ENTRIES if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", check)] == []


def test_every_entry_has_a_message_and_a_hint_in_both_languages() -> None:
    lacking = [check for check, entry in ENTRIES.items() if entry.hint is None]
    lacking += [
        check
        for check, entry in ENTRIES.items()
        for texts in list_texts(entry)
        if [language for language, _ in texts.by_language] != list(LANGUAGES)
    ]
    assert lacking == []


def test_both_languages_tell_the_same_facts() -> None:
    uneven = [
        check
        for check, entry in ENTRIES.items()
        for texts in list_texts(entry)
        for pattern in (PLACEHOLDER, CLAUSE)
        if len({frozenset(find_names(pattern, text)) for _, text in texts.by_language}) > 1
    ]
    assert uneven == []


def test_words_are_sentences_in_the_punctuation_of_their_language() -> None:
    wrong = [
        text
        for entry in ENTRIES.values()
        for texts in list_texts(entry)
        for language, text in texts.by_language
        if not SENTENCES[language].fullmatch(text) or FOREIGN[language].search(text)
    ]
    assert wrong == []


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_filled_sentence_has_nothing_left_to_fill(language: str, known: bool) -> None:
    for entry in ENTRIES.values():
        optional = {
            name for texts in list_texts(entry) for _, text in texts.by_language for name in find_names(CLAUSE, text)
        }
        facts = tuple((name, "" if name in optional and not known else "X") for name in list_names(entry) - ALWAYS)
        finding = Finding(check=entry.id, place=Place(file="a"), at="t.r.c", facts=facts)
        for sentence in (read_catalogue().say(finding, language), read_catalogue().hint(finding, language)):
            assert not PLACEHOLDER.search(sentence), entry.id
            assert not re.search(r"\[[a-z_]+\?", sentence), entry.id
            assert sentence == sentence.strip(), entry.id


# --- how it is said ---------------------------------------------------------------------------------------------------


def text(chinese: str, english: str = "") -> Texts:
    return Texts((("zh-CN", chinese), ("en", english or chinese)))


def make(message: str, hint: str = "", **facts: Fact) -> tuple[Catalogue, Finding]:
    """A catalogue of one entry, and a finding with facts."""
    entry = CatalogueEntry(id="c", severity=Severity.WARNING, message=text(message), hint=text(hint) if hint else None)
    finding = Finding(check="c", place=Place(file="a"), at="t.r", facts=tuple(facts.items()))
    return Catalogue(entries={"c": entry}), finding


def say(message: str, language: str = "en", **facts: Fact) -> str:
    catalogue, finding = make(message, **facts)
    return catalogue.say(finding, language)


def test_facts_stand_in_for_their_names() -> None:
    assert say("{a} and {b} at {at} by {check}", a=1, b="two") == "1 and two at t.r by c"


def test_fact_in_several_languages_is_said_in_the_readers() -> None:
    label = text("总计", "Total")
    assert (say("{a}", a=label), say("{a}", "zh-CN", a=label), say("{a}", "fr", a=label)) == ("Total", "总计", "总计")


def test_amount_is_said_without_exponent() -> None:
    assert say("{a}", a=Decimal("52.6540")) == "52.6540"
    assert say("{a}", a=Decimal("1E+3")) == "1000"


def test_braces_in_a_fact_are_not_filled_again() -> None:
    assert say("{a}", a="{b}", b="no") == "{b}"
    assert say("{a}[b?, {b}]", a="[c?x]", b="{a}") == "[c?x], {a}"


def test_name_without_a_fact_stays() -> None:
    assert say("{nothing} {key: 28} {}") == "{nothing} {key: 28} {}"


@pytest.mark.parametrize(
    ("fact", "said"),
    [("x", "a, did you mean x?"), ("", "a"), (0, "a, did you mean 0?"), (text("甲"), "a, did you mean 甲?")],
)
def test_clause_is_said_where_its_fact_is_known(fact: Fact, said: str) -> None:
    assert say("a[near?, did you mean {near}?]", near=fact) == said


def test_clause_about_a_fact_that_is_not_given_is_dropped() -> None:
    assert say("a[near?, did you mean {near}?]") == "a"
    assert say("[at?at {at}]") == "at t.r"


def test_hint_is_filled_or_empty() -> None:
    catalogue, finding = make("m", "write {wanted}", wanted=10)
    assert catalogue.hint(finding, "en") == "write 10"
    catalogue, finding = make("m")
    assert catalogue.hint(finding, "en") == ""


def test_words_are_those_of_the_sentence_where_a_form_names_the_check() -> None:
    catalogue, finding = make("{check} fails")
    assert catalogue.say(replace(finding, check="row-sum", sentence="c"), "en") == "row-sum fails"


def test_severity_is_the_forms_or_else_the_catalogues() -> None:
    catalogue, finding = make("m")
    assert catalogue.severity_of(finding) is Severity.WARNING
    assert catalogue.severity_of(replace(finding, severity=Severity.ERROR)) is Severity.ERROR
    assert catalogue.severity_of(replace(finding, severity=Severity.OFF)) is Severity.OFF


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.NOT_ASSESSABLE])
def test_what_passed_or_cannot_be_assessed_does_not_matter(verdict: Verdict) -> None:
    catalogue, finding = make("m")
    assert catalogue.severity_of(replace(finding, verdict=verdict, severity=Severity.ERROR)) is Severity.OFF


def test_what_is_acknowledged_does_not_matter() -> None:
    catalogue, finding = make("m")
    assert catalogue.severity_of(replace(finding, acknowledged="原文如此", severity=Severity.ERROR)) is Severity.OFF


# --- how much a check matters -----------------------------------------------------------------------------------------


def test_portal_outweighs_form_and_catalogue() -> None:
    catalogue = replace(read_catalogue(), severities={"stock": Severity.OFF, "missing-row": Severity.ERROR})
    own = Finding(check="stock", sentence="carry-over", severity=Severity.WARNING, place=Place(file="f"))
    general = Finding(check="missing-row", place=Place(file="f"))
    assert [catalogue.severity_of(each) for each in (own, general)] == [Severity.OFF, Severity.ERROR]
    assert [read_catalogue().severity_of(each) for each in (own, general)] == [Severity.WARNING, Severity.WARNING]
    assert catalogue.severity_of(replace(general, acknowledged="so")) is Severity.OFF
    assert catalogue.weigh(replace(general, verdict=Verdict.PASS)) is Severity.ERROR
