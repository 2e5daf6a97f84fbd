"""published.json: read as it was written, and refused without a traceback whatever else it is."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.findings import ContentError, Finding
from gaisite.model.record import Explanation, LocalRow, Version
from gaisite.read.files import MAX_BYTES
from gaisite.read.published import FILE, hash_versions, read_record, write_record
from gaisite.texts import Texts

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"))
MAPPING = st.dictionaries(TEXT, TEXT, max_size=3)
VERSIONS = st.lists(
    st.builds(
        Version,
        date=st.dates().map(str),
        form=TEXT,
        figures=MAPPING,
        computed=MAPPING,
        units=MAPPING,
        local_rows=st.lists(
            st.builds(
                LocalRow,
                host=TEXT,
                key=TEXT,
                label=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=2).map(lambda pairs: Texts(tuple(pairs))),
            ),
            max_size=2,
        ).map(tuple),
        explanations=st.lists(st.builds(Explanation, check=TEXT, at=TEXT, reason=TEXT), max_size=2).map(tuple),
        narrative=TEXT,
    ),
    min_size=1,
    max_size=2,
)
VERSION = Version(
    date="2022-01-20", form="f", figures={"t.r.c": "52.6540"}, computed={}, units={}, narrative="文字。\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("project")


def read(folder: Path, content: str | bytes) -> tuple[Version, ...]:
    (folder / FILE).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_record(folder, folder)


def refuse(folder: Path, content: str | bytes) -> Finding:
    with pytest.raises(ContentError) as caught:
        read(folder, content)
    assert caught.value.finding.place.file == FILE
    return caught.value.finding


def seal(versions: Any, **more: Any) -> str:
    """A file whose checksum is right whatever it holds."""
    return json.dumps({"format": 1, "sha256": hash_versions(versions), "versions": versions, **more})


def encoded(**changes: Any) -> list[Any]:
    """The one version as JSON, with other values for some keys; without a key where `...` is given."""
    (version,) = json.loads(write_record([VERSION]))["versions"]
    return [{key: value for key, value in {**version, **changes}.items() if value is not ...}]


@given(versions=VERSIONS)
def test_what_is_written_is_read_again(folder: Path, versions: list[Version]) -> None:
    assert read(folder, write_record(versions)) == tuple(versions)


def test_figures_keep_their_text(folder: Path) -> None:
    (version,) = read(folder, write_record([VERSION]))
    assert version.figures == {"t.r.c": "52.6540"}


def test_line_ends_and_spacing_do_not_count(folder: Path) -> None:
    text = write_record([VERSION])
    assert read(folder, text.replace("\n", "\r\n")) == (VERSION,)
    assert read(folder, b"\xef\xbb\xbf" + json.dumps(json.loads(text)).encode()) == (VERSION,)


@pytest.mark.parametrize("old", ["52.6540", "2022-01-20", "文字", "t.r.c"])
def test_change_by_hand_is_seen(old: str, folder: Path) -> None:
    text = write_record([VERSION])
    assert refuse(folder, text.replace(old, old[:-1] + "1")).check == "published-damaged"


def test_half_a_file_is_damaged_and_its_end_is_named(folder: Path) -> None:
    text = write_record([VERSION])
    finding = refuse(folder, text[: text.index("52.6540")])
    assert (finding.check, finding.place.line > 1, finding.place.column > 0) == ("published-damaged", True, True)


@pytest.mark.parametrize(
    "content",
    [
        "", "null", "[]", "1", '"text"', "{}", '{"format": 1}', "<<<<<<< HEAD\n{}", "[" * 100_000, '{"a":' * 100_000,
        '{"format": 1, "format": 1, "sha256": "", "versions": []}', '{"format": NaN}', '{"format": 1.0}',
        '{"format": ' + "9" * 5000 + "}", '{"format": true, "sha256": "", "versions": []}', '"\\ud800"',
        seal(encoded()).replace('"format": 1', '"format": true'), seal([]), seal([1]), seal([VERSION.date]), seal({}),
        seal(encoded(), more=1), seal(encoded()).replace('"format": 1', '"format": -1'), '{"format": 1, "sha256": "", "versions": ["\\ud800"]}',
    ],
)  # fmt: skip
def test_what_is_no_record_is_damaged(content: str, folder: Path) -> None:
    assert refuse(folder, content).check == "published-damaged"


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "20.1.2022"}, {"date": "2022-02-30"}, {"date": 5}, {"date": ...}, {"form": None}, {"figures": []},
        {"figures": {"t.r.c": 5}}, {"figures": {"t.r.c": None}}, {"computed": ...}, {"units": "元"}, {"narrative": []},
        {"local_rows": {}}, {"local_rows": [{"host": "t", "key": "k", "label": []}]},
        {"local_rows": [{"host": "t", "key": "k", "label": [["en"]]}]}, {"local_rows": [{"host": "t", "label": [["en", "K"]]}]},
        {"acknowledge": [{"check": "c", "at": "t"}]}, {"acknowledge": [[]]}, {"acknowledge": None}, {"extra": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_record_with_a_right_checksum_and_wrong_content_is_damaged(changes: dict[str, Any], folder: Path) -> None:
    assert read(folder, seal(encoded()))
    assert refuse(folder, seal(encoded(**changes))).check == "published-damaged"


def test_format_of_a_later_gaisite_is_told_as_such(folder: Path) -> None:
    finding = refuse(folder, '{"format": 2, "whatever": 1}')
    assert (finding.check, dict(finding.facts)) == ("published-format", {"found": 2, "known": 1})


def test_file_that_is_too_large_or_no_text_is_told_as_such(folder: Path) -> None:
    assert refuse(folder, b" " * (MAX_BYTES + 1)).check == "file-too-large"
    assert refuse(folder, "文字".encode("gbk")).check == "file-encoding"


@given(position=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_no_flipped_byte_passes_for_another_record(folder: Path, position: int, byte: int) -> None:
    content = bytearray(write_record([VERSION]).encode())
    content[position % len(content)] = byte
    try:
        found = read(folder, bytes(content))
    except ContentError as error:
        assert error.finding.check in {"published-damaged", "published-format", "file-encoding"}
    else:
        assert found == (VERSION,)
