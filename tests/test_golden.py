"""Pages of the demo portal as they were last looked at: their <main>, white space aside.

To write the expectations anew after a change: GAISITE_EXPECT=write pytest tests/test_golden.py, and read the difference.
"""

import os
import re
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
PAGES = {
    "home": "index.html",
    "agency": "pingtan/index.html",
    "comparison": "pingtan/comparison/index.html",
    "report-with-own-rows": "dongcheng/yongdingmenwai/2020/index.html",
    "report-with-acknowledged-findings": "pingtan/2020/index.html",
    "year": "years/2021/index.html",
    "form": "forms/cn-gai-2021/index.html",
    "checks": "checks/index.html",
    "page": "about/index.html",
    "404": "404.html",
}
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
HEADERS = re.compile(r' headers="[^"]*"')
"""Held to be right by tests/render/test_tables.py, and by far the longest part of a table."""
BLOCKS = r"h\d|p|div|dl|ul|ol|li|nav|section|table|caption|colgroup|thead|tbody|tr"
DRAWN = "figure|svg|title|desc|defs|text|rect|line|circle|path|polyline|g"
LINE = re.compile(rf"(?=<(?:{BLOCKS}|{DRAWN})\b)")


def take_main(page: Path) -> str:
    """What stands in <main>, without needless white space: each block and each row of a table on a line of its own."""
    found = MAIN.search(page.read_text(encoding="utf-8"))
    assert found is not None
    pieces = (" ".join(piece.split()) for piece in LINE.split(HEADERS.sub("", found.group())))
    return "\n".join(pieces) + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_page_is_as_it_was_last_looked_at(name: str, demo: Path) -> None:
    main, expectation = take_main(demo / PAGES[name]), GOLDEN / f"{name}.html"
    if os.environ.get("GAISITE_EXPECT") == "write":
        expectation.write_text(main, encoding="utf-8")
    assert main.split("\n") == expectation.read_text(encoding="utf-8").split("\n")


def test_every_expectation_is_used() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(f"{name}.html" for name in PAGES)
