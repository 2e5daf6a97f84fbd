"""report.md: front matter and sections arrive, mistakes are told at their lines, no text vanishes."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gaisite.findings import ContentError, Finding, Problems
from gaisite.model.content import Narrative
from gaisite.model.forms import Form
from gaisite.model.prose import Prose
from gaisite.read.files import Source, decode
from gaisite.read.folders import YearFolder
from gaisite.read.forms import read_forms
from gaisite.read.narratives import NarrativeContext, read_narrative, split_front_matter
from gaisite.read.prose import MarkdownWords
from gaisite.texts import Texts

ROOT = Path(__file__).parents[2]
FORMS: Mapping[str, Form] = read_forms((ROOT / "generator" / "gaisite" / "forms",), ROOT, Problems())
FORM = FORMS["cn-gai-2021"]
FILE = "content/office/2021/report.md"
HEADINGS = [section.heading.official for section in FORM.sections]
BODY = "".join(f"## {heading}\n\n{number}。\n\n" for number, heading in enumerate(HEADINGS, 1))


def make_context(project: Path, *files: str) -> NarrativeContext:
    folder = project / "content" / "office" / "2021"
    folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x" * 10)
    return NarrativeContext(
        form=FORM,
        folder=YearFolder(year=2021, path=folder, files=files),
        content=project / "content",
        project=project,
        words=MarkdownWords(table_label="表{number}"),
    )


def read(text: str, context: NarrativeContext) -> tuple[Narrative, list[Finding]]:
    problems = Problems()
    return read_narrative(Source(file=FILE, text=text), context, problems), problems.findings


@pytest.fixture
def context(tmp_path: Path) -> NarrativeContext:
    return make_context(tmp_path, "figures.yaml", "report.md", "files/原件.pdf", "files/附件/b.docx")


def tell(findings: list[Finding]) -> list[tuple[str, int, int]]:
    return [(each.check, each.place.line, each.place.column) for each in findings]


def list_texts(narrative: Narrative) -> dict[str, str]:
    return {section: prose.text for section, prose in narrative.sections.items()}


# --- front matter -----------------------------------------------------------------------------------------------------


def test_everything_in_the_front_matter_arrives(context: NarrativeContext) -> None:
    front = (
        "---\ntitle: 某年报\npublished: 2022-01-20 09:30\nsource: 某办\nsource_url: https://example.gov.cn/a.html\n"
        "index_number: 010\ndocument_number: 某政〔2022〕1号\ndescription: 说明\nkeywords: [年报, 公开]\nnotes: 本页经整理。\n"
        "attachments: [{file: files/原件.pdf}, {file: files/附件/b.docx, title: 附件}]\ndraft: true\n---\n"
    )
    narrative, findings = read(front + BODY, context)
    assert findings == []
    assert (narrative.title, narrative.published, narrative.source) == ("某年报", "2022-01-20 09:30", "某办")
    assert (narrative.source_url, narrative.index_number) == ("https://example.gov.cn/a.html", "010")
    assert (narrative.document_number, narrative.description) == ("某政〔2022〕1号", "说明")
    assert (narrative.keywords, narrative.notes, narrative.draft) == (("年报", "公开"), ("本页经整理。",), True)
    assert [(each.path, each.title, each.size) for each in narrative.attachments] == [
        ("files/原件.pdf", "原件", 10), ("files/附件/b.docx", "附件", 10),
    ]  # fmt: skip
    assert {each.digest for each in narrative.attachments} == {hashlib.sha256(b"x" * 10).hexdigest()}
    assert (narrative.place.file, narrative.place.line) == (FILE, 1)


@pytest.mark.parametrize("front", ["", "---\n---\n", "---\n# 说明\n---\n", "---  \n\n---\t\n"])
def test_front_matter_may_be_left_out_or_empty(context: NarrativeContext, front: str) -> None:
    narrative, findings = read(front + BODY, context)
    assert findings == []
    assert (narrative.title, narrative.published, narrative.attachments, narrative.draft) == ("", "", (), False)
    assert list(narrative.sections) == [section.id for section in FORM.sections]


@pytest.mark.parametrize(
    ("front", "mistakes"),
    [
        ("标题: 甲", [("key-unknown", 2, 1)]),
        ("title: 甲\npublised: 2022-01-20", [("key-unknown", 3, 1)]),
        ("published: 2022-1-20", [("date-invalid", 2, 12)]),
        ("published: 2022-02-30", [("date-invalid", 2, 12)]),
        ("published: 2022-01-20 25:00", [("date-invalid", 2, 12)]),
        ("published: 2022-01-20T09:30", [("date-invalid", 2, 12)]),
        ("published: 2022年1月20日", [("date-invalid", 2, 12)]),
        ("published: ２０２２-01-20", [("date-invalid", 2, 12)]),
        ("published: [2022-01-20]", [("text-expected", 2, 12)]),
        ("source_url: www.example.gov.cn", [("link-refused", 2, 13)]),
        ("source_url: javascript:alert(1)", [("link-refused", 2, 13)]),
        ("source_url: 'https://[::1/a'", [("link-refused", 2, 13)]),
        ("source_url: https://a.cn:99999/", [("link-refused", 2, 13)]),
        ("draft: yes", [("flag-expected", 2, 8)]),
        ("keywords: {甲: 1}", [("list-expected", 2, 11)]),
        ("attachments: files/原件.pdf", [("mapping-expected", 2, 14)]),
        ("attachments: [{title: 原件}]", [("key-missing", 2, 15)]),
        ("attachments: [{file: files/没有.pdf}]", [("attachment-missing", 2, 22)]),
        ("attachments: [{file: 原件.pdf}]", [("attachment-missing", 2, 22)]),
        ("attachments: [{file: report.md}]", [("attachment-missing", 2, 22)]),
        ("attachments: [{file: ../2020/files/a.pdf}]", [("attachment-missing", 2, 22)]),
        ("attachments: [{file: /etc/passwd}]", [("attachment-missing", 2, 22)]),
        ("title: 甲\ntitle: 乙", [("key-duplicate", 3, 1)]),
        ("title: &a 甲", [("yaml-alias", 2, 8)]),
        ("title: 甲\n：: [", [("yaml-bracket", 4, 1)]),
        ("- 甲", [("mapping-expected", 2, 1)]),
    ],
)
def test_mistake_in_the_front_matter_has_the_line_of_the_file(
    context: NarrativeContext, front: str, mistakes: list[tuple[str, int, int]]
) -> None:
    narrative, findings = read(f"---\n{front}\n---\n{BODY}", context)
    assert tell(findings) == mistakes
    assert len(narrative.sections) == len(FORM.sections)
    assert (narrative.published, narrative.source_url, narrative.attachments) == ("", "", ())


def test_missing_attachment_is_answered_with_the_nearest(context: NarrativeContext) -> None:
    _, (finding,) = read(f"---\nattachments: [{{file: files/原件.PDF}}]\n---\n{BODY}", context)
    assert dict(finding.facts) == {"file": "files/原件.PDF", "near": "files/原件.pdf"}


@pytest.mark.parametrize("text", ["---\ndraft: true\n\n## 一、总体情况\n", "---\n", "---", "---\ntitle: 甲\n----\n"])
def test_front_matter_that_does_not_end_is_refused(context: NarrativeContext, text: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(text, context)
    finding = caught.value.finding
    assert (finding.check, finding.place.line, finding.place.column, finding.place.length) == (
        "front-matter-open",
        1,
        1,
        3,
    )


def test_line_that_parts_the_text_is_no_front_matter(context: NarrativeContext) -> None:
    narrative, findings = read(f"前言\n\n---\n\n后语\n\n{BODY}", context)
    assert findings == []
    assert narrative.preamble is not None
    assert narrative.preamble.text == "前言\n后语"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_are_read_alike(context: NarrativeContext, end: str) -> None:
    text = f"---\ntitle: 甲\nx: 1\n---\n前言\n\n{BODY}\n## 没有\n".replace("\n", end)
    narrative, findings = read(text, context)
    assert narrative.title == "甲"
    last = text.count(end)
    assert tell(findings) == [("key-unknown", 3, 1), ("section-unknown", last, 1)]
    assert list_texts(narrative)["overview"] == "1。"


def test_split_keeps_the_lines_of_the_file() -> None:
    front, body, line = split_front_matter(Source(file=FILE, text="---\na: 1\n\nb: 2\n---\n\n正文\n"))
    assert (front.text, body, line) == ("\na: 1\n\nb: 2\n", "\n正文\n", 6)
    assert split_front_matter(Source(file=FILE, text="---\na: 1\n---")) == (Source(file=FILE, text="\na: 1\n"), "", 3)


def test_attachment_that_cannot_be_read_is_told(context: NarrativeContext, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any, **options: Any) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", fail)
    narrative, findings = read(f"---\nattachments: [{{file: files/原件.pdf}}]\n---\n{BODY}", context)
    assert [(each.check, each.place.file) for each in findings] == [
        ("file-unreadable", "content/office/2021/files/原件.pdf")
    ]
    assert narrative.attachments == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_attachment_that_became_a_pipe_is_not_opened(context: NarrativeContext) -> None:
    path = context.folder.path / "files" / "原件.pdf"
    path.unlink()
    os.mkfifo(path)
    _, findings = read(f"---\nattachments: [{{file: files/原件.pdf}}]\n---\n{BODY}", context)
    assert [finding.check for finding in findings] == ["file-special"]


# --- sections ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda number, heading: heading.official,
        lambda number, heading: heading.official.partition("、")[2],
        lambda number, heading: " ".join(heading.official),
        lambda number, heading: heading.official.replace("、", "、　"),
        lambda number, heading: f"{number}. {heading.official.partition('、')[2]}",
        lambda number, heading: f"（{'一二三四五六'[number - 1]}）{heading.official.partition('、')[2]}",
        lambda number, heading: heading.within("en"),
        lambda number, heading: heading.within("en").partition(". ")[2],
        lambda number, heading: f"**{heading.official}**",
        lambda number, heading: f"{heading.official} ##",
    ],
    ids=[
        "official",
        "no ordinal",
        "spaces",
        "wide space",
        "digits",
        "brackets",
        "English",
        "English, no ordinal",
        "bold",
        "closed",
    ],
)
def test_section_is_known_by_its_heading_however_numbered_and_spaced(context: NarrativeContext, rewrite: Any) -> None:
    headings = [rewrite(number, section.heading) for number, section in enumerate(FORM.sections, 1)]
    narrative, findings = read(
        "".join(f"## {heading}\n\n{number}。\n\n" for number, heading in enumerate(headings)), context
    )
    assert findings == []
    assert list_texts(narrative) == {section.id: f"{number}。" for number, section in enumerate(FORM.sections)}


def test_official_forms_have_no_two_sections_of_one_name() -> None:
    for form in FORMS.values():
        for language in ("zh-CN", "en"):
            headings = [section.heading.within(language) for section in form.sections]
            assert len(set(headings)) == len(form.sections)


def test_preamble_is_what_stands_before_the_first_section(context: NarrativeContext) -> None:
    narrative, findings = read(f"依据*条例*编制。\n\n{BODY}", context)
    assert findings == []
    assert narrative.preamble is not None
    wanted = Prose(html="<p>依据<em>条例</em>编制。</p>\n", text="依据条例编制。", passages=narrative.preamble.passages)
    assert narrative.preamble == wanted
    assert [passage.text for passage in narrative.preamble.passages] == ["依据条例编制。"]
    assert read(f"\n\n{BODY}", context)[0].preamble is None


def test_headings_inside_a_section_belong_to_it(context: NarrativeContext) -> None:
    narrative, findings = read(BODY.replace("1。", "### 小标题\n\n1。"), context)
    assert findings == []
    (heading,) = narrative.sections["overview"].headings
    assert (heading.level, heading.text) == (3, "小标题")
    assert f'id="{heading.id}"' in narrative.sections["overview"].html


def test_missing_sections_are_told_each_by_its_heading(context: NarrativeContext) -> None:
    narrative, findings = read(BODY.replace(f"## {HEADINGS[1]}\n\n2。\n", ""), context)
    assert tell(findings) == [("section-missing", 0, 0)]
    heading = dict(findings[0].facts)["heading"]
    assert isinstance(heading, Texts)
    assert heading.official == HEADINGS[1]
    assert "disclosure" not in narrative.sections


def test_file_without_text_lacks_every_section(context: NarrativeContext) -> None:
    narrative, findings = read("", context)
    assert [finding.check for finding in findings] == ["section-missing"] * len(FORM.sections)
    assert (narrative.preamble, narrative.sections) == (None, {})


def test_unknown_section_is_answered_with_the_nearest(context: NarrativeContext) -> None:
    _, findings = read(f"{BODY}## 七、总体的情况\n", context)
    assert tell(findings) == [("section-unknown", BODY.count("\n") + 1, 1)]
    assert dict(findings[0].facts) == {"found": "七、总体的情况", "near": "一、总体情况"}


def test_repeated_section_is_told_and_the_first_kept(context: NarrativeContext) -> None:
    narrative, findings = read(f"---\ntitle: 甲\n---\n{BODY}## 总体情况\n\n又。\n", context)
    assert tell(findings) == [("section-twice", BODY.count("\n") + 4, 1)]
    assert list_texts(narrative)["overview"] == "1。"


def test_section_out_of_order_is_told_once(context: NarrativeContext) -> None:
    first, second, *rest = BODY.split("\n\n## ")
    text = "\n\n## ".join([f"## {second}", first.removeprefix("## "), *rest])
    narrative, findings = read(text, context)
    assert tell(findings) == [("section-order", 5, 1)]
    assert len(narrative.sections) == len(FORM.sections)


@pytest.mark.parametrize("found", ["三、", "3. ", "（三）", "III. ", "十四、", "二十四、"])
def test_number_that_is_not_the_forms_is_told_and_the_section_known(context: NarrativeContext, found: str) -> None:
    official = "政府信息公开行政复议、行政诉讼情况"
    narrative, findings = read(BODY.replace(f"四、{official}", f"{found}{official}"), context)
    assert [each.check for each in findings] == ["section-number"]
    assert dict(findings[0].facts)["found"] == f"{found}{official}"
    assert list_texts(narrative)["disputes"] == "4。"


def test_form_that_numbers_nothing_takes_any_number(context: NarrativeContext) -> None:
    form = FORMS["cn-gai-2014"]
    text = "".join(f"## 六、{section.heading.official}\n\n文。\n\n" for section in form.sections)
    assert read(text, replace(context, form=form))[1] == []


def test_fields_and_files_know_where_they_stand(context: NarrativeContext) -> None:
    front = "title: 题\nattachments:\n  - {file: files/原件.pdf, title: 原件}\n  - {file: files/附件/b.docx}\n"
    narrative, _ = read(f"---\n{front}---\n{BODY}", context)
    places = [
        narrative.place_of("title"),
        *(each.place for each in narrative.attachments),
        narrative.place_of("source"),
    ]
    assert [(place.line, place.column) for place in places] == [(2, 8), (4, 33), (5, 12), (1, 0)]


def test_what_is_wrong_with_the_text_has_the_line_of_the_file(context: NarrativeContext) -> None:
    _, findings = read(f"---\ntitle: 甲\n---\n[甲](files/没有.pdf)\n\n{BODY}", context)
    assert tell(findings) == [("link-missing", 4, 1)]


def test_link_may_lead_to_an_attachment(context: NarrativeContext) -> None:
    narrative, findings = read(f"[原件](files/原件.pdf)\n\n{BODY}", context)
    assert findings == []
    assert narrative.preamble is not None
    assert "<a href=" in narrative.preamble.html


anything = (
    st.text(st.sampled_from("-#\n\r 一、总体情况draft:true[]{}&*|>\"'\\`<a href=(.)\x00\x85：：\ufeff中")) | st.text()
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=anything, fenced=st.booleans())
def test_any_text_is_a_narrative_or_told(context: NarrativeContext, text: str, fenced: bool) -> None:
    problems = Problems()
    source = Source(file=FILE, text=(f"---\n{text}\n---\n" if fenced else text).encode("utf-8", "ignore").decode())
    with problems.gather():
        read_narrative(source, context, problems)
    assert all(finding.place.file == FILE for finding in problems.findings)
    assert problems.findings


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary())
def test_any_bytes_are_a_narrative_or_told(context: NarrativeContext, content: bytes) -> None:
    problems = Problems()
    with problems.gather():
        read_narrative(decode(content, FILE), context, problems)
    assert problems.findings
