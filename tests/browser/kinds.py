"""Portals that together have every kind of page there is, put together from the good examples."""

import shutil
from pathlib import Path

import yaml

from gaisite.cli import run
from tests.browser.pages import ROOT
from tests.examples import EXAMPLES, lay_out

CASES = ("corrected-twice", "offers", "draft", "pictures")
"""What the office has in these the demo has none of."""
HOST = {
    "host/header.html": '<header class="host"><p><a href="https://www.example.gov.cn/">示例市人民政府</a></p></header>\n',
    "host/footer.html": '<footer class="host"><p>示例市人民政府办公室主办</p></footer>\n',
    "host/host.css": ".host { padding: 1rem; }\n",
}
REPORT = "office/2021/index.html"
CIVIC = (
    "404.html", "index.html", "area/2024/index.html", "area/index.html", "area/new_town/index.html", "checks/index.html",
    "data/index.html", "forms/cn-gai-2021/index.html", REPORT, "office/2021/before-2022-03-01/index.html",
    "office/comparison/index.html", "office/index.html", "search/index.html", "years/2021/index.html",
)  # fmt: skip
ENGLISH = ("index.html", REPORT, "office/comparison/index.html", "search/index.html", "years/2021/index.html")
"""Of a portal's second language."""
OTHERS = ("index.html", REPORT, "office/comparison/index.html", "years/2021/index.html", "checks/index.html")
FOIA = ("index.html", "office/2023/index.html", "office/comparison/index.html", "years/2023/index.html")

PAGES = {
    "civic": (*CIVIC, *(f"en/{page}" for page in ENGLISH)),
    "gongwen": OTHERS,
    "foia": FOIA,
}
"""The pages to look at of each portal: one of each kind."""


def build_portals(folder: Path) -> dict[str, Path]:
    """The sites: a district in two languages with search, the same in the second theme under a host's header, and FOIA."""
    district = make_district(folder / "civic", languages=["zh-CN", "en"], search="pagefind")
    host = {"header": "host/header.html", "footer": "host/footer.html", "only": True}
    hosted = make_district(folder / "gongwen", theme="gongwen", language="zh-Hant", host=host)
    foreign = lay_out(EXAMPLES / "good" / "us-foia", folder / "foia")
    return {name: build(each) for name, each in (("civic", district), ("gongwen", hosted), ("foia", foreign))}


def make_district(folder: Path, **settings: object) -> Path:
    """A district with children and a sum over them, and an office with a corrected report and its earlier texts."""
    good = EXAMPLES / "good"
    project = lay_out(good / "roll-up-sum", folder)
    for case in CASES:
        shutil.copytree(good / case / "content", project / "content", dirs_exist_ok=True)
    for name, text in HOST.items():
        path = project / "content" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    path = project / "content" / "site.yaml"
    told = yaml.safe_load(path.read_text(encoding="utf-8")) | {"downloads": ["csv", "json", "xlsx"]} | settings
    path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    shutil.copytree(ROOT / "themes", project / "themes")
    return project


def build(project: Path) -> Path:
    """The built site; AssertionError where anything was found to be wrong."""
    assert run(["-C", str(project), "--lang", "en", "build", "--strict"]) == 0
    return project / "site"
