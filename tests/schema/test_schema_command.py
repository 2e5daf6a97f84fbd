"""`gaisite schema` as people meet it."""

import json
from pathlib import Path

import pytest

from gaisite.cli import run

FORM = "cn-gai-2021"


def test_the_schema_is_printed_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(tmp_path), "schema", FORM]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["properties"]["form"]["const"] == FORM
    assert captured.err == ""


def test_the_schema_is_written_to_a_file_beside_where_gaisite_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(tmp_path), "schema", FORM, "-o", "figures.schema.json"]) == 0
    written = (tmp_path / "figures.schema.json").read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""
    assert run(["-C", str(tmp_path), "schema", FORM]) == 0
    assert capsys.readouterr().out == written


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "There is no form “cn-gai-2020”. Did you mean cn-gai-20"),
        ("zh", "没有“cn-gai-2020”这种格式。是不是 cn-gai-20"),
    ],
)
def test_an_unknown_form_is_a_usage_error_with_the_nearest(
    language: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(tmp_path), "schema", "--lang", language, "cn-gai-2020"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(expected)


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(tmp_path), "schema", "--lang", "en", FORM, "-o", "missing/x.json"]) == 2
    assert "cannot be written" in capsys.readouterr().err
