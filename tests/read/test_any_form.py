"""Whatever is done to a form or a theme: it is a good one, or refused with its place; never a traceback, never for long."""

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gaisite.findings import Place, Problems
from gaisite.read.catalogue import read_catalogue
from gaisite.read.figures import read_figures
from gaisite.read.files import Source
from gaisite.read.forms import check_forms, read_forms
from gaisite.read.names import name_form
from gaisite.read.themes import read_theme
from tests.build.portals import CIVIC
from tests.read.test_any_project import deeds, places
from tests.soak import many

SHIPPED = sorted((CIVIC.parents[1] / "generator" / "gaisite" / "forms").glob("*.yaml"))
THEME = {
    "theme.yaml": "name: own\ntitle: {zh-CN: 自己的, en: Own}\ndescription: 说明\nextends: civic\n",
    "translations/zh-CN.yaml": (CIVIC / "translations" / "zh-CN.yaml").read_text(encoding="utf-8"),
    "translations/en.yaml": 'home: Home\nupdated: "{date}"\n',
}
WORD = re.compile(r"[\w.-]+|[{}\[\]:,]")
CATALOGUE = read_catalogue()
CIVIC_WORDS = set(re.findall(r"^(\w+):", THEME["translations/zh-CN.yaml"], re.MULTILINE))


def exchange(text: str, at: int, other: int) -> str:
    """Put one word of a text in place of another: what is written stays a form, and says something else."""
    words = list(WORD.finditer(text))
    if not words:
        return text
    here, there = words[at % len(words)], words[other % len(words)]
    return text[: here.start()] + there[0] + text[here.end() :]


def drop(text: str, at: int, count: int) -> str:
    lines = text.split("\n")
    at %= len(lines)
    return "\n".join(lines[:at] + lines[at + 1 + count % 4 :])


def repeat(text: str, at: int, count: int) -> str:
    lines = text.split("\n")
    at %= len(lines)
    return "\n".join(lines[: at + 1 + count % 4] + lines[at:])


Turn: TypeAlias = tuple[Callable[[str, int, int], str], int, int]
Deed: TypeAlias = tuple[Callable[[str, int, str], str], int, str]
TURNS: tuple[Callable[[str, int, int], str], ...] = (exchange, exchange, drop, repeat)
turns = st.lists(st.tuples(st.sampled_from(TURNS), places, places), max_size=3)


def spoil(text: str, turned: list[Turn], done: list[Deed]) -> str:
    for turn, at, other in turned:
        text = turn(text, at, other)
    for deed, at, what in done:
        text = deed(text, at, what)
    return text


def assert_told(problems: Problems, file: str) -> None:
    """Every finding has a sentence in both languages and leads to a line that is there."""
    for finding in problems.findings:
        assert CATALOGUE.say(finding, "zh-CN").strip()
        assert CATALOGUE.say(finding, "en").strip()
        assert finding.place.file.endswith((file, ".yaml")), finding


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("any-form")
    for path in SHIPPED:
        shutil.copy(path, folder)
    return folder


@pytest.mark.slow
@settings(max_examples=many(25, 20_000), deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(SHIPPED), turned=turns, done=st.just([]) | deeds)
def test_any_form_is_a_good_one_or_told(
    path: Path,
    turned: list[Turn],
    done: list[Deed],
    folder: Path,
) -> None:
    begun, own = time.process_time(), folder / path.name
    own.write_bytes(spoil(path.read_text(encoding="utf-8"), turned, done).encode("utf-8", "surrogatepass"))
    problems = Problems()
    try:
        forms = read_forms([folder], folder, problems)
        check_forms(forms, problems)
        assert_told(problems, path.name)
        if not problems.findings:
            names = {form_id: name_form(form) for form_id, form in forms.items()}
            for form_id in forms:
                read_figures(Source(file="figures.yaml", text=f"form: {form_id}\n"), names, Problems())
        assert time.process_time() - begun < 20
    finally:
        shutil.copy(path, own)


@pytest.mark.slow
@settings(max_examples=many(60, 20_000), deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(sorted(THEME)), turned=turns, done=st.just([]) | deeds)
def test_any_theme_is_a_good_one_or_told(
    name: str,
    turned: list[Turn],
    done: list[Deed],
    folder: Path,
) -> None:
    own = folder / "themes" / "own"
    for each, text in THEME.items():
        (own / each).parent.mkdir(parents=True, exist_ok=True)
        (own / each).write_text(text, encoding="utf-8")
    (own / name).write_bytes(spoil(THEME[name], turned, done).encode("utf-8", "surrogatepass"))
    problems, theme = Problems(), None
    with problems.gather():
        theme = read_theme("own", folder, Place(file="content/site.yaml"), problems)
    assert_told(problems, name)
    assert theme is not None or problems.findings
    if theme is not None:
        assert set(theme.words["zh-CN"]) >= CIVIC_WORDS
