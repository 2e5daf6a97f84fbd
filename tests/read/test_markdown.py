"""Narrative as HTML that is safe, accessible and complete, with a finding at the place of whatever is not."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.findings import Finding
from gaisite.model.prose import Heading
from gaisite.read.links import LinkFolder
from gaisite.read.prose import MarkdownSection, MarkdownWords, read_markdown

WORDS = MarkdownWords(table_label="表格 {number}")
PLACELESS = LinkFolder(folder=Path("/nowhere/content/a/2020"), content=Path("/nowhere/content"))


@pytest.fixture
def folder(tmp_path: Path) -> LinkFolder:
    """The folder of a report, with neighbours and attachments."""
    content = tmp_path / "content"
    report = content / "bureau" / "2020"
    for path in (
        report / "report.md",
        report / "files" / "signed.pdf",
        report / "files" / "报告 1.pdf",
        report / "files" / "chart.png",
        report / "files" / ".hidden",
        content / "bureau" / "agency.yaml",
        content / "bureau" / "2019" / "figures.yaml",
        content / "bureau" / "2019" / "files" / "old.png",
        content / "site.yaml",
        content / "pages" / "about.md",
        content / "pages" / "about.en.md",
        content / "pages" / "years.md",
        content / "empty" / "note.txt",
        tmp_path / "secret" / "files" / "key.txt",
        tmp_path / "secret" / "report.md",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    (report / "files" / "leak.txt").symlink_to(tmp_path / "secret" / "files" / "key.txt")
    (report / "files" / "ring.txt").symlink_to(report / "files" / "ring.txt")
    (content / "leaked").symlink_to(tmp_path / "secret")
    return LinkFolder(folder=report, content=content)


def read(source: str, folder: LinkFolder = PLACELESS) -> tuple[tuple[MarkdownSection, ...], tuple[Finding, ...]]:
    return read_markdown(source, file="report.md", folder=folder, words=WORDS)


def html_of(source: str, folder: LinkFolder = PLACELESS) -> str:
    """The HTML of a narrative, which must be without fault."""
    sections, findings = read(source, folder)
    assert findings == ()
    return "".join(section.html for section in sections).strip()


def findings_of(source: str, folder: LinkFolder = PLACELESS) -> list[tuple[str, int, str]]:
    """Check, line and underlined text of each finding."""
    lines = re.split(r"\r\n?|\n", source)
    found = []
    for finding in read(source, folder)[1]:
        place = finding.place
        text = lines[place.line - 1][place.column - 1 : place.column - 1 + place.length] if place.line else ""
        found.append((finding.check, place.line, text))
    return found


# Sections


def test_sections_begin_at_each_h2() -> None:
    sections, findings = read("前言\n\n## 一、总体情况\n\n甲\n\n## 二、主动 *公开*\n")
    assert findings == ()
    assert [(s.heading, s.place.line, s.place.length, s.html, s.text) for s in sections] == [
        ("", 1, 2, "<p>前言</p>\n", "前言"),
        ("一、总体情况", 3, 9, "<p>甲</p>\n", "甲"),
        ("二、主动 公开", 7, 12, "", ""),
    ]


def test_places_count_from_the_first_line_of_the_narrative() -> None:
    sections, findings = read_markdown(
        "## 一\n\n[坏](x:y)", file="content/a/report.md", folder=PLACELESS, words=WORDS, first_line=9
    )
    assert (sections[0].place.file, sections[0].place.line) == ("content/a/report.md", 9)
    assert (findings[0].place.line, findings[0].place.column) == (11, 1)


def test_a_narrative_without_text_has_no_sections() -> None:
    assert read("\n \n") == ((), ())


def test_underlined_headings_begin_sections_too() -> None:
    sections, _ = read("一、总体\n情况\n---\n\n甲\n")
    assert [(s.heading, s.place.line) for s in sections] == [("一、总体情况", 1)]


def test_line_ends_of_windows_and_of_old_count_as_one() -> None:
    sections, _ = read("前言\r\n\r\n## 一\r\r甲\n")
    assert [s.place.line for s in sections] == [1, 3]


def test_a_formatted_section_heading_is_plain_text() -> None:
    sections, findings = read("## **一、**`总体` [情况](#n) &amp;\n")
    assert [s.heading for s in sections] == ["一、总体 情况 &"]
    assert findings == ()


# Headings


def test_headings_get_ids_that_do_not_depend_on_titles() -> None:
    sections, findings = read("## 一\n\n### 甲\n\n#### 乙\n\n### 甲\n\n## 二\n\n### 丙\n")
    assert findings == ()
    assert sections[0].headings == (
        Heading(level=3, text="甲", id="n-1-1"),
        Heading(level=4, text="乙", id="n-1-2"),
        Heading(level=3, text="甲", id="n-1-3"),
    )
    assert [heading.id for heading in sections[1].headings] == ["n-2-1"]
    assert '<h4 id="n-1-2">乙</h4>' in sections[0].html


def test_heading_ids_take_the_prefix_that_the_page_gives() -> None:
    sections, _ = read_markdown("## 一\n\n### 甲\n", file="f", folder=PLACELESS, words=WORDS, heading_ids="guide")
    assert sections[0].headings[0].id == "guide-1-1"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 报告\n", [("markdown-h1", 1, "# 报告")]),
        ("报告\n===\n", [("markdown-h1", 1, "报告")]),
        ("## 一\n\n#### 甲\n", [("heading-skipped", 3, "#### 甲")]),
        ("## 一\n\n### 甲\n\n##### 乙\n", [("heading-skipped", 5, "##### 乙")]),
        ("### 甲\n", [("heading-skipped", 1, "### 甲")]),
        ("## \n", [("heading-empty", 1, "## ")]),
        ("## 一\n\n###\n", [("heading-empty", 3, "###")]),
        ("> ## 一\n", [("heading-nested", 1, "> ## 一")]),
        ("- ## 一\n", [("heading-nested", 1, "- ## 一")]),
        ("## 一\n\n### 甲\n\n## 二\n\n### 乙\n", []),
    ],
)
def test_headings_out_of_place(source: str, expected: list[tuple[str, int, str]]) -> None:
    assert findings_of(source) == expected


def test_a_skipped_level_names_both_levels() -> None:
    assert read("## 一\n\n#### 甲\n")[1][0].facts == (("found", "####"), ("wanted", "###"))


# Text


def test_line_breaks_between_chinese_lines_vanish() -> None:
    assert html_of("规范管理，\n二是**加强。**\n**三是**\n`代码`\n甲") == (
        "<p>规范管理，二是<strong>加强。</strong><strong>三是</strong>\n<code>代码</code>甲</p>".replace("\n", "")
    )


def test_other_line_breaks_stay() -> None:
    assert html_of("one\ntwo 三\nfour\n한국\n어  \n甲\\\n乙") == ("<p>one\ntwo 三\nfour\n한국\n어<br>\n甲<br>\n乙</p>")


def test_a_picture_between_lines_keeps_its_breaks(folder: LinkFolder) -> None:
    assert html_of("甲\n![图\n表](files/chart.png)\n乙", folder) == (
        '<p>甲\n<img src="files/chart.png" alt="图表">\n乙</p>'
    )


def test_text_is_what_a_reader_sees(folder: LinkFolder) -> None:
    source = "甲*乙*`丙` &lt; [丁](#n)\n![图](files/chart.png)戊\n\n- 己\n\n|庚|\n|-|\n|辛|\n\n```\n壬\n```\n\n### 癸"
    sections, _ = read("## 〇\n\n" + source, folder)
    assert sections[0].text == "甲乙丙 < 丁\n戊\n己\n庚\n辛\n壬\n癸"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("甲 <b>乙</b>", [("markdown-html", 1, "<b>")]),
        ("甲\n乙 <a href='x' b>丙", [("markdown-html", 2, "<a href='x' b>")]),
        ("<!-- 暂不公开 -->", [("markdown-html", 1, "<!--")]),
        ("<!--\n\n暂不公开\n\n-->", [("markdown-html", 1, "<!--")]),
        ("<div>\n甲\n</div>", [("markdown-html", 1, "<div>")]),
        ("- 一\n- <br/>", [("markdown-html", 2, "<br/>")]),
        ("`<b>` \\<b> &lt;b&gt; 3<5 且 x>2", []),
        ("```\n<b>\n```", []),
    ],
)
def test_html_is_shown_as_text_and_reported(source: str, expected: list[tuple[str, int, str]]) -> None:
    assert findings_of(source) == expected


def test_html_does_not_reach_the_page() -> None:
    assert read("<script>alert(1)</script>")[0][0].html == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[^1]: 脚注", [("markdown-definition", 1, "[^1]: 脚注")]),
        ("甲\n[1]: https://a.cn", [("markdown-definition", 2, "[1]: https://a.cn")]),
        ("[注]: 说明", []),
        ("甲\n\n    乙", [("markdown-indented", 3, "    乙")]),
        ("``` 说明 文字\n甲\n```", [("markdown-fence-words", 1, "``` 说明 文字")]),
        ("```python\n甲\n```", []),
        ("[a](files/报告 1.pdf)", [("link-unread", 1, "](files/报告 1.pdf)")]),
        ("[a]（files/x.pdf）", [("link-unread", 1, "]（files/x.pdf）")]),
        ("[注]（见附件）", []),
    ],
)
def test_what_would_not_show_as_meant(source: str, expected: list[tuple[str, int, str]]) -> None:
    assert findings_of(source) == expected


def test_definitions_stay_on_the_page() -> None:
    assert "[1]: https://a.cn 说明" in read("[1]: https://a.cn 说明")[0][0].html


# Tables


def test_tables_are_regions_with_names_of_their_own() -> None:
    table = "| 甲 | 乙 | 丙 |\n|---|--:|:-:|\n| 1 | 2 | |\n"
    html = html_of(f"## 一\n\n{table}\n## 二\n\n{table}")
    assert html.count("<div") == html.count("</div>") == 2
    assert 'class="table-scroll" role="region" tabindex="0" aria-label="表格 1"' in html
    assert 'aria-label="表格 2"' in html
    assert '<th class="align-right" scope="col">乙</th>' in html
    assert '<td class="align-center">—</td>' in html
    assert "style=" not in html


def test_the_name_of_a_table_is_escaped() -> None:
    words = MarkdownWords(table_label='"T" & {number}')
    sections, _ = read_markdown("|甲|\n|-|\n", file="f", folder=PLACELESS, words=words)
    assert 'aria-label="&quot;T&quot; &amp; 1"' in sections[0].html


def test_no_cell_is_empty(folder: LinkFolder) -> None:
    html = html_of("| | 甲 |\n|-|-|\n| ![图](files/chart.png) |\n| &nbsp; | `乙` |\n", folder)
    assert re.findall(r"<t[hd][^>]*>(.*?)</t", html) == [
        "—", "甲", '<img src="files/chart.png" alt="图">', "—", "—", "<code>乙</code>",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("|甲|乙|\n|-|-|\n|1|2|3|\n|1|2|\n", [("table-cells-lost", 3, "|1|2|3|")]),
        ("甲|乙\n-|-\n1|2|丙", [("table-cells-lost", 3, "1|2|丙")]),
        ("- 子\n\n  > |甲|\n  > |-|\n  > |1|2|\n", [("table-cells-lost", 5, "  > |1|2|")]),
        ("|甲|乙|\n|-|-|\n|1|2| |\n|1\\|2|3|\n|`1\\|2`|\n", []),
    ],
)
def test_cells_beyond_the_columns_are_reported(source: str, expected: list[tuple[str, int, str]]) -> None:
    assert findings_of(source) == expected


# Links


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("files/signed.pdf", "files/signed.pdf"),
        ("./files/signed.pdf", "./files/signed.pdf"),
        ("files/signed.pdf#page=2", "files/signed.pdf#page=2"),
        ("<files/报告 1.pdf>", "files/%E6%8A%A5%E5%91%8A%201.pdf"),
        ("../2019/", "../2019/index.html"),
        ("../2019", "../2019/index.html"),
        ("../2019/#n-1-1", "../2019/index.html#n-1-1"),
        ("../2019/index.html", "../2019/index.html"),
        ("index.html", "index.html"),
        ("..", "../index.html"),
        ("../../", "../../index.html"),
        ("../2019/files/old.png", "../2019/files/old.png"),
        ("../../pages/about.md", "../../about/index.html"),
        ("../../pages/about.md#p-1", "../../about/index.html#p-1"),
        ("#n-1-1", "#n-1-1"),
        ("mailto:a@b.cn", "mailto:a@b.cn"),
        ("tel:+8610123", "tel:+8610123"),
    ],
)
def test_links_that_lead_somewhere(written: str, href: str, folder: LinkFolder) -> None:
    assert html_of(f"[甲]({written})", folder) == f'<p><a href="{href}">甲</a></p>'


@pytest.mark.parametrize("address", ["https://a.cn/b?c=1#d", "HTTP://A.CN", "http://中文.cn/路"])
def test_links_elsewhere_are_marked(address: str) -> None:
    html = html_of(f"[甲]({address})")
    assert html.endswith(' class="external" rel="noopener noreferrer">甲</a></p>')


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#x0A;script:alert(1)",
        "java&Tab;script:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://a.cn",
        "//evil.example/x",
        "\\\\\\\\evil.example/x",
        "/etc/passwd",
        "https:",
        "https:///x",
        "http:a",
        "mailto:",
        "../../../secret/files/key.txt",
        "files/../../../../secret/",
        "%2e%2e/%2e%2e/%2e%2e/secret/",
        "..%2f2019/",
        "..%5C2019",
        "files\\signed.pdf",
        "https://[::1/a",
        "https://a.cn:0/",
        "files/a%00b",
        "?a=b",
        "",
        "<>",
    ],
)
def test_links_that_are_refused(address: str, folder: LinkFolder) -> None:
    sections, findings = read(f"前[甲]({address})后", folder)
    assert [finding.check for finding in findings] == ["link-refused"]
    assert sections[0].html == "<p>前甲后</p>\n"


@pytest.mark.parametrize(
    "address",
    [
        "files/none.pdf",
        "files/",
        "files",
        "files/.hidden",
        "files/signed.pdf/",
        "files/leak.txt",
        "files/ring.txt",
        "../../leaked/",
        "../../empty/",
        "../2018/",
        "../2019/figures.yaml",
        "report.md",
        "../../pages/none.md",
        "../../pages/about.en.md",
        "../../pages/years.md",
        "../../pages/",
        "../../empty/note.txt",
        "files/" + "长" * 300,
        "files/%ff",
    ],
)
def test_links_that_lead_nowhere(address: str, folder: LinkFolder) -> None:
    assert findings_of(f"甲\n\n乙[甲]({address})", folder) == [("link-missing", 3, f"[甲]({address})")]


def test_a_bad_link_is_found_at_its_line_and_column(folder: LinkFolder) -> None:
    source = "> 甲\n> `乙\n> 丙` [丁](x:y) [戊](files/none)\n\n| 己 |\n|---|\n| 庚 <xy:z> |\n"
    assert findings_of(source, folder) == [
        ("link-refused", 3, "[丁](x:y)"),
        ("link-missing", 3, "[戊](files/none)"),
        ("link-refused", 7, "<xy:z>"),
    ]


def test_a_link_needs_text(folder: LinkFolder) -> None:
    assert findings_of("[](files/signed.pdf)", folder) == [("link-text-missing", 1, "[](files/signed.pdf)")]
    assert findings_of("[ **&nbsp;** ](#n)", folder) == [("link-text-missing", 1, "[ **&nbsp;** ](#n)")]
    assert findings_of("[![图](files/chart.png)](#n)", folder) == []


def test_an_address_inside_a_link_is_no_link_in_it() -> None:
    html = html_of("[甲 <https://a.cn> 乙](https://b.cn)")
    assert html.count("<a ") == html.count("</a>") == 1
    assert "甲 https://a.cn 乙</a>" in html


def test_the_title_of_a_link_is_kept(folder: LinkFolder) -> None:
    assert html_of('[甲](files/signed.pdf "题<")', folder) == '<p><a href="files/signed.pdf" title="题&lt;">甲</a></p>'


# Pictures


def test_pictures_come_from_the_report(folder: LinkFolder) -> None:
    assert html_of("![图 *一*](files/chart.png)", folder) == '<p><img src="files/chart.png" alt="图 一"></p>'


@pytest.mark.parametrize(
    ("address", "check"),
    [
        ("https://a.cn/x.png", "image-refused"),
        ("//a.cn/x.png", "image-refused"),
        ("data:image/png;base64,AAAA", "image-refused"),
        ("../2019/files/old.png", "image-refused"),
        ("#x", "image-refused"),
        ("files%2fchart.png", "image-refused"),
        ("files/none.png", "link-missing"),
        ("files/leak.txt", "link-missing"),
        ("files/", "link-missing"),
        ("report.md", "link-missing"),
    ],
)
def test_pictures_from_elsewhere_leave_their_text(address: str, check: str, folder: LinkFolder) -> None:
    sections, findings = read(f"前![图 *一*]({address})后", folder)
    assert [(finding.check, finding.facts) for finding in findings] == [(check, (("address", address),))]
    assert sections[0].html == "<p>前图 一后</p>\n"
    assert sections[0].text == "前图 一后"


def test_a_picture_needs_a_text_that_stands_for_it(folder: LinkFolder) -> None:
    assert findings_of("甲 ![ ](files/chart.png)", folder) == [("image-alt-missing", 1, "![ ](files/chart.png)")]


# Limits


def test_a_narrative_too_large_is_not_read() -> None:
    sections, findings = read("字\n\n" * 300_000)
    assert sections == ()
    assert [(f.check, dict(f.facts)) for f in findings] == [
        ("markdown-too-large", {"size": 1_500_000, "limit": 1_048_576})
    ]


def test_a_line_too_long_is_not_read() -> None:
    sections, findings = read("甲\n" + "字" * 20_001)
    assert sections == ()
    assert [(f.check, f.place.line, dict(f.facts)) for f in findings] == [
        ("markdown-line-too-long", 2, {"length": 20_001, "limit": 20_000})
    ]
    assert read("字" * 20_000)[1] == ()


def test_lines_without_a_blank_one_between_are_limited() -> None:
    source = ("字" * 999 + "\n") * 60
    assert [(f.check, f.place.line) for f in read("\n" + source)[1]] == [("markdown-paragraph-too-long", 52)]
    assert read(source.replace("\n", "\n \n"))[1] == ()


@pytest.mark.parametrize("code", ["\x00", "\x07", "\x0b", "\x7f", "\x9b", "\u202e", "\uffff"])
def test_what_is_no_text_is_refused_where_it_stands(code: str) -> None:
    found = read(f"甲\n\n乙{code}丙\n")[1]
    assert [(f.check, f.place.line, f.place.column, dict(f.facts)) for f in found] == [
        ("markdown-character", 3, 2, {"code": f"U+{ord(code):04X}"})
    ]
    assert read("左到右\u200e 右到左\u200f 软\u00ad字\t制表\n")[1] == ()


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "> - "])
def test_nesting_beyond_the_limit_is_reported(mark: str) -> None:
    depth = 10 // (len(mark) // 2) if mark == "> - " else 10
    assert findings_of(mark * depth + "甲") == []
    assert "甲" in html_of(mark * depth + "甲")
    assert [check for check, *_ in findings_of("乙\n\n" + mark * (depth + 1) + "甲")] == ["markdown-too-deep"]
    assert [check for check, *_ in findings_of(mark * 4_000 + "甲")] == ["markdown-too-deep"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["![[]()", "[", "![", "*a_b**c__ ", "[x](", "[x](#a)", "<a ", '<a b="', "`a``b", "~a~~b", "<?", "“*", "]（files/"],
)
def test_inputs_made_to_be_slow_are_read_in_time(unit: str) -> None:
    """A fortieth of the limit: half a second to one, and several times that where it is traced on a busy machine."""
    text = unit * (24_000 // len(unit.encode()))
    source = "\n".join(text[start : start + 19_000] for start in range(0, len(text), 19_000))
    begin = time.process_time()
    read(source)
    assert time.process_time() - begin < 8


# Whatever is written


FRAGMENTS = [
    "甲", "乙，", "“丙”", "ab", "Cd ", "한", "*", "**", "_", "~~", "`", "```", "\n", "\n\n", "    ", "  ", "- ", "> ", "1. ",
    "# ", "## ", "### ", "#### ", "---", "===", "|", "|-|-|\n", "[", "]", "(", ")", "](", "![", "<", ">", "<b>", "</b>", "<!--",
    "&lt;", "&", "\\", ":", "https://a.cn/", "javascript:", "data:", "//", "../", "files/", "[^1]: ", "[x]: ", '"', "' onload=",
    " style=", "%2f", "\t", "　", "\u200b", "\ufeff", "\x00", "\x0b", "\u2028", "😀", "\u0301", "\ufe01", "\U000e0100", "\r",
]  # fmt: skip
SOURCES = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join) | st.text(max_size=2_000)
PLAIN = st.lists(
    st.sampled_from([f for f in FRAGMENTS if "://" not in f and f not in ("&lt;", "&", ":", "javascript:", "data:")]), max_size=60
).map("".join)  # fmt: skip


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]


class Page(HTMLParser):
    """What a browser would make of the HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def words(self) -> Iterator[str]:
        yield self.text
        for element in self.elements:
            yield from (unquote(value) for value in element.attributes.values())


ALLOWED = {
    "p": set(), "br": set(), "hr": set(), "em": set(), "strong": set(), "s": set(), "code": {"class"}, "pre": set(),
    "blockquote": set(), "ul": set(), "ol": {"start"}, "li": set(), "h1": set(), "h2": set(), "h3": {"id"}, "h4": {"id"}, "h5": {"id"},
    "h6": {"id"}, "a": {"href", "title", "class", "rel"}, "img": {"src", "alt", "title"}, "table": set(), "thead": set(),
    "tbody": set(), "tr": set(), "th": {"class", "scope"}, "td": {"class"}, "div": {"class", "role", "tabindex", "aria-label"},
}  # fmt: skip


@given(SOURCES)
def test_whatever_is_written_makes_a_safe_page(source: str) -> None:
    sections, _ = read(source)
    ids = []
    for section in sections:
        page = Page(section.html)
        assert page.open == []
        for element in page.elements:
            assert element.attributes.keys() <= ALLOWED[element.tag], element
            assert re.match(r"$|#|https?://[^/]|mailto:|tel:", element.attributes.get("href", ""), re.IGNORECASE)
            ids.append(element.attributes.get("id"))
        names = [element.attributes["aria-label"] for element in page.elements if element.tag == "div"]
        assert len(names) == len(set(names))
        assert not re.search(r"<t[dh][^>]*></t[dh]>", section.html)
    ids = [identifier for identifier in ids if identifier]
    assert len(ids) == len(set(ids))


@given(PLAIN)
def test_no_letter_is_lost(source: str) -> None:
    """Each letter stands on the page, or a finding says why it does not."""
    sections, findings = read(source)
    if {finding.check for finding in findings} & LOSSES:
        return
    shown = Counter("".join(section.heading for section in sections))
    for section in sections:
        shown += Counter("".join(Page(section.html).words()))
    written = Counter(character for character in source if character.isalpha())
    assert not written - shown


LOSSES = {
    "markdown-too-deep",
    "table-cells-lost",
    "link-refused",
    "link-missing",
    "image-refused",
    "markdown-fence-words",
}
"""The text on the page is not all that was written; each of these says so."""


@given(SOURCES)
def test_findings_point_into_the_source(source: str) -> None:
    lines = re.split(r"\r\n?|\n", source)
    for finding in read(source)[1]:
        assert 1 <= finding.place.line <= len(lines)
        assert 1 <= finding.place.column <= max(len(lines[finding.place.line - 1]), 1)
        assert finding.place.length >= 1


@given(SOURCES)
def test_the_text_of_a_section_is_that_of_its_page(source: str) -> None:
    for section in read(source)[0]:
        letters = [character for character in Page(section.html).text if character.isalpha()]
        assert [character for character in section.text if character.isalpha()] == letters


@given(st.text(st.characters(), max_size=200))
def test_lone_surrogates_do_no_harm(source: str) -> None:
    read(source)


@pytest.mark.slow
def test_brackets_are_limited_and_read_in_a_bearable_time() -> None:
    source, begun = "\n\n".join(["![[]()" * 100] * 100), time.process_time()
    assert {f.check for f in read(source)[1]} >= {"link-text-missing"}
    assert time.process_time() - begun < 20
    assert [(f.check, dict(f.facts)) for f in read(source + "[")[1]] == [
        ("markdown-brackets", {"number": 20_001, "limit": 20_000})
    ]


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u2069"])
def test_no_character_turns_the_direction_of_the_text(character: str) -> None:
    assert [f.check for f in read(f"甲{character}乙")[1]] == ["markdown-character"]
