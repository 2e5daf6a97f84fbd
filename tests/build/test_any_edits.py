"""After any series of edits, mistakes and repairs the site is, byte for byte, what a build from nothing gives."""

import os
import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gaisite.build import BuildOptions, BuildResult, build_site
from gaisite.build.recall import build_or_recall
from gaisite.publish.records import RecordWishes, UnknownTarget, record_reports
from tests.build.portals import make_portal, own_theme, read_tree, write_figures, write_report
from tests.build.test_incremental import FORM
from tests.soak import many

TOWN, SCHOOL, COAST, BAY = "content/town", "content/town/school", "content/coast", "content/bay"
AGENCIES = {
    TOWN: ("name: 某镇\n", "name: 大镇\nkind: township\n", "name: 某镇\naliases: [old/town/]\n"),
    SCHOOL: ("name: 某校\n", "name: 学校\nreports: {first: 2021}\n"),
    COAST: ("name: 某海\n", "name: 某洋\nformer_names: [{name: 某海, until: 2021}]\n", "nome: 某海\n"),
    BAY: ("name: 某湾\n", "name: 某海\n"),
}
YEARS = ("2021", "2022", "2023")
FRONTS = ("published: 2022-01-20", "published: 2023-01-20 09:30", "draft: true", "published: 2022-01-20\ntitle: 年报")
PREAMBLES = (
    "", "见[某海](../../coast/2021/)。\n", "见[某校](../../../town/school/2021/)。\n", "见[附件](files/a.pdf)。\n",
    "新收[[applications.new.total]]，比上年[[applications.new.total | change]]。\n", "新收 7 件。\n", "> 没有 [[完。\n",
)  # fmt: skip
SETTINGS = (
    "title: 年报\nbase_url: https://a.cn/nb/\ntheme: own\n",
    "title: 年报汇编\nbase_url: https://a.cn/nb/\ntheme: own\nlanguages: [zh-CN, en]\n",
    "title: 年报\ntheme: civic\nchecks: {carry-over: off, row-sum: warning}\n",
    "title: 年报\nbase_url: https://a.cn/\ndownloads: [csv, json, xlsx]\nkey_figures: [applications.new.total]\n",
    "title: 年报\nbase_url: https://b.cn/\nlanguage: en\ndownloads: []\n",
    "title: 年报\nthem: own\n",
)
CARRY = "checks: {carry-over: information, year-missing: off, child-missing: off}\n"
SHARED = {
    "content/pages/about.md": ("---\ntitle: 关于\n---\n正文。\n", "---\ntitle: 关于\n---\n见[某海](../coast/2021/)。\n", None),
    "content/forms/own-2033.yaml": (FORM.replace("2023", "2033"), FORM.replace("2023", "2033").replace("One", "Uno"), None),
    "themes/own/translations/zh-CN.yaml": ("home: 主页\n", "home: 起点\n", None),
    "themes/own/css/own.css": ("p { color: red }\n", "p { color: blue }\n", None),
    "themes/own/templates/404.html": (
        '{% extends "templates/base.html" %}{% block content %}<p>没有。</p>{% endblock %}\n', "{% block %}\n", None,
    ),
    "themes/civic/partials/footer.html": ("<footer><p>甲</p></footer>\n", "<footer><p>乙</p></footer>\n"),
    "themes/civic/translations/en.yaml": (),
}  # fmt: skip
REPORTS = st.tuples(st.sampled_from(list(AGENCIES)), st.sampled_from(YEARS)).map("/".join)
numbers = st.integers(0, 9)


class Edits(RuleBasedStateMachine):
    """A portal that people work on, and beside it what a build from nothing makes of it."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory())).resolve()
        self.project, self.clean = folder / "project", folder / "clean"
        self.broken = self.links = 0

    @initialize()
    def begin(self) -> None:
        files: dict[str, str | bytes | None] = {"content/office": None, "content/site.yaml": SETTINGS[0] + CARRY}
        files |= {f"{agency}/agency.yaml": AGENCIES[agency][0] for agency in (TOWN, SCHOOL, COAST)}
        files |= {f"{agency}/2021/figures.yaml": write_figures() for agency in (SCHOOL, COAST)}
        files |= {f"{agency}/2021/report.md": write_report() for agency in (SCHOOL, COAST)}
        files["themes/own/theme.yaml"] = "name: own\n"
        make_portal(self.project, files)
        own_theme(self.project)

    def teardown(self) -> None:
        self.stack.close()

    def write(self, name: str, content: str | bytes | None) -> None:
        """A file put there, or taken away; where its folder is not there, nothing."""
        path = self.project / name
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    @rule(report=REPORTS, new=numbers, handled=numbers, lost=st.booleans())
    def figures(self, report: str, new: int, handled: int, lost: bool) -> None:
        text = write_figures(new=new, carried_in=max(2, handled - new), handled=handled)
        self.write(f"{report}/figures.yaml", text.replace("    partial: {}\n", "") if lost else text)
        if not (self.project / report / "report.md").exists():
            self.write(f"{report}/report.md", write_report())

    @rule(report=REPORTS, old=st.sampled_from(["total: 5}", "total: 1}", "form: cn-gai-2021", ": {}"]))
    def mistake(self, report: str, old: str) -> None:
        path = self.project / report / "figures.yaml"
        if path.exists():
            text = path.read_text(encoding="utf-8")
            path.write_text(
                text.replace(old, old.replace("5", "6").replace("1", "7").replace("{}", "}"), 1), encoding="utf-8"
            )

    @rule(report=REPORTS, sums=st.sampled_from(["children: sum\n", "children: compare\n"]))
    def roll_up(self, report: str, sums: str) -> None:
        path = self.project / report / "figures.yaml"
        if path.exists():
            path.write_text(f"form: cn-gai-2021\n{sums}" if "sum" in sums else sums + path.read_text(encoding="utf-8"))

    @rule(report=REPORTS, front=st.sampled_from(FRONTS), preamble=st.sampled_from(PREAMBLES))
    def narrative(self, report: str, front: str, preamble: str) -> None:
        if (self.project / report).is_dir():
            self.write(f"{report}/report.md", write_report(front, preamble))

    @rule(
        report=REPORTS, name=st.sampled_from(["a.pdf", "b.pdf", "A.pdf"]), content=st.sampled_from([b"a", b"b", None])
    )
    def attachment(self, report: str, name: str, content: bytes | None) -> None:
        if (self.project / report).is_dir():
            self.write(f"{report}/files/{name}", content)

    @rule(report=REPORTS)
    def record(self, report: str) -> None:
        wishes = RecordWishes(project=self.project, targets=(report.removeprefix("content/"),), date="2023-02-01")
        with suppress(UnknownTarget):
            record_reports(wishes)

    @rule(report=REPORTS)
    def delete_report(self, report: str) -> None:
        shutil.rmtree(self.project / report, ignore_errors=True)

    @rule(agency=st.sampled_from(list(AGENCIES)), choice=numbers)
    def agency(self, agency: str, choice: int) -> None:
        self.write(f"{agency}/agency.yaml", AGENCIES[agency][choice % len(AGENCIES[agency])])

    @rule(old=st.sampled_from([COAST, BAY, SCHOOL]), new=st.sampled_from([COAST, BAY, SCHOOL]))
    def move(self, old: str, new: str) -> None:
        if (self.project / old).is_dir() and (self.project / new).parent.is_dir() and not (self.project / new).exists():
            (self.project / old).rename(self.project / new)

    @rule(choice=st.sampled_from(SETTINGS))
    def site(self, choice: str) -> None:
        self.write("content/site.yaml", choice if "checks" in choice else choice + CARRY)

    @rule(name=st.sampled_from([name for name, choices in SHARED.items() if choices]), choice=numbers)
    def shared(self, name: str, choice: int) -> None:
        self.write(name, SHARED[name][choice % len(SHARED[name])])

    @rule()
    def touch(self) -> None:
        for path in (self.project / "content").rglob("*"):
            os.utime(path)

    @rule(report=REPORTS)
    def same_size_and_time(self, report: str) -> None:
        path = self.project / report / "figures.yaml"
        if path.exists():
            text, status = path.read_text(encoding="utf-8"), path.stat()
            path.write_text(text.translate(str.maketrans("56", "65")), encoding="utf-8")
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    @rule(report=REPORTS, name=st.sampled_from(["figures.yaml", "report.md", "files/a.pdf", "../agency.yaml"]))
    def link_out(self, report: str, name: str) -> None:
        """The same content, but by a link that leads out of the project."""
        path = self.project / report / name
        if path.is_file() and not path.is_symlink():
            other = self.clean.parent / f"outside-{self.links}"
            self.links += 1
            path.rename(other)
            path.symlink_to(other)

    @rule(choice=numbers)
    def meddle_with_the_site(self, choice: int) -> None:
        pages = sorted((self.project / "site").rglob("*.html"))
        if pages:
            page = pages[choice % len(pages)]
            page.unlink() if choice % 2 else page.write_text("<p>", encoding="utf-8")

    @invariant()
    def building_on_gives_what_building_anew_gives(self) -> None:
        site = self.project / "site"
        before = read_tree(site)
        result = build_or_recall(BuildOptions(project=self.project, jobs=1))
        shutil.rmtree(self.clean, ignore_errors=True)
        clean = build_site(BuildOptions(project=self.project, output=self.clean, full=True, keep_cache=False, jobs=1))
        assert tell(result) == tell(clean)
        if clean.written is None:
            assert read_tree(site) == before
            self.wait_or_repair()
        else:
            assert read_tree(site) == read_tree(self.clean)
            self.broken = 0

    def wait_or_repair(self) -> None:
        """A portal that stays broken shows little: after the second failing build all that may be wrong is put right."""
        self.broken += 1
        if self.broken > 1:
            for path in (self.project / "content").rglob("*"):
                if path.is_symlink():
                    path.unlink()
            for agency, choices in AGENCIES.items():
                if (self.project / agency).is_dir():
                    self.write(f"{agency}/agency.yaml", choices[0])
            for figures in (self.project / "content").rglob("figures.yaml"):
                figures.write_text(write_figures(), encoding="utf-8")
                (figures.parent / "report.md").write_text(write_report(), encoding="utf-8")
                (figures.parent / "published.json").unlink(missing_ok=True)
            for name, choices in SHARED.items():
                if choices:
                    self.write(name, choices[0])
            self.write("content/site.yaml", SETTINGS[0] + CARRY)


def tell(result: BuildResult) -> list[str]:
    """What is said about a build."""
    said = [f"{each.place.file}:{each.place.line}: {result.catalogue.say(each, 'en')}" for each in result.findings]
    return [*said, f"{result.agencies} agencies, {result.reports} reports, {result.written is not None}"]


TestEdits = pytest.mark.slow(Edits.TestCase)
TestEdits.settings = settings(
    max_examples=many(5, 200), stateful_step_count=many(20, 30), deadline=None, suppress_health_check=list(HealthCheck)
)
