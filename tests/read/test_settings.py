"""site.yaml: every setting arrives, every mistake is told at its place, no link leads where a link must not."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaisite.findings import Finding, Place, Problems, Severity
from gaisite.model.attachments import USUAL
from gaisite.model.downloads import DownloadSetting, Format
from gaisite.model.hosting import HostFile
from gaisite.model.portal import Alias, CheckSetting, FooterItem, KeyFigureSetting, Link, Portal
from gaisite.read.files import Source, decode
from gaisite.read.settings import read_portal
from gaisite.texts import Texts

WHOLE = """
title: 年报汇编
language: en
base_url: https://www.example.gov.cn/zwgk/nb
utc_offset: Z
theme: blue-2
description: 说明
owner: 某区政府
site_name: 某区政府网
site_domain: www.example.gov.cn
site_code: "0100000001"
column: {name: 年报, description: 年报说明, keywords: [年报, 公开]}
breadcrumb: [{label: 首页, url: https://www.example.gov.cn/}, {label: 政务公开}]
footer: {主办单位: 某区政府, 电话: 010-00000000}
footer_links: [{label: 联系我们, url: mailto:a@example.gov.cn}]
key_figures: [applications.new.total]
checks: {stock: warning}
downloads: [json, xlsx, json]
licence: {name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}
attachments: [mp4, pdf]
moved: [county/office/]
host_files: [headers, nojekyll, headers]
"""
FILE = Place(file="content/site.yaml")
DEFAULT = tuple(DownloadSetting(format=each, place=FILE) for each in (Format.CSV, Format.JSON))


def read(text: str) -> tuple[Portal | None, list[Finding]]:
    problems = Problems()
    return read_portal(Source(file="content/site.yaml", text=text), problems), problems.findings


def refuse(text: str) -> list[tuple[str, int, int]]:
    """Check, line after that of the title, and column of each mistake."""
    return [(each.check, each.place.line - 1, each.place.column) for each in read(f"title: 年报\n{text}")[1]]


def test_every_setting_arrives() -> None:
    portal, findings = read(WHOLE)
    assert findings == []
    assert portal == Portal(
        title="年报汇编",
        language="en",
        languages=("en",),
        texts={
            "title": Texts.of({"en": "年报汇编"}),
            "description": Texts.of({"en": "说明"}),
            "owner": Texts.of({"en": "某区政府"}),
            "site_name": Texts.of({"en": "某区政府网"}),
        },
        base_url="https://www.example.gov.cn/zwgk/nb/",
        utc_offset="Z",
        theme="blue-2",
        description="说明",
        owner="某区政府",
        site_name="某区政府网",
        site_domain="www.example.gov.cn",
        site_code="0100000001",
        column_name="年报",
        column_description="年报说明",
        column_keywords=("年报", "公开"),
        breadcrumb=(Link(label="首页", url="https://www.example.gov.cn/"), Link(label="政务公开", url="")),
        footer=(FooterItem(label="主办单位", text="某区政府"), FooterItem(label="电话", text="010-00000000")),
        footer_links=(Link(label="联系我们", url="mailto:a@example.gov.cn"),),
        key_figures=(
            KeyFigureSetting(
                cell="applications.new.total", place=Place(file="content/site.yaml", line=16, column=15, length=22)
            ),
        ),
        checks=(
            CheckSetting(
                check="stock",
                severity=Severity.WARNING,
                place=Place(file="content/site.yaml", line=17, column=10, length=5),
            ),
        ),
        downloads=(
            DownloadSetting(format=Format.JSON, place=replace(FILE, line=18, column=13, length=4)),
            DownloadSetting(format=Format.XLSX, place=replace(FILE, line=18, column=19, length=4)),
        ),
        licence=Link(label="CC BY 4.0", url="https://creativecommons.org/licenses/by/4.0/"),
        attachments=USUAL | {"mp4"},
        host_files=(HostFile.HEADERS, HostFile.NOJEKYLL),
        host_files_place=replace(FILE, line=22, column=13),
        moved=(Alias(path="county/office/index.html", place=replace(FILE, line=21, column=9, length=14)),),
        place=Place(file="content/site.yaml"),
    )


def test_title_is_enough() -> None:
    portal, findings = read("title: 年报\n")
    assert findings == []
    assert portal == Portal(
        title="年报",
        language="zh-CN",
        languages=("zh-CN",),
        texts={"title": Texts.of({"zh-CN": "年报"})},
        downloads=DEFAULT,
        place=FILE,
    )


def test_no_data_is_offered_where_no_format_is_named() -> None:
    portal, findings = read("title: 年报\ndownloads: []\n")
    assert (findings, portal and portal.formats) == ([], ())


@pytest.mark.parametrize(
    ("text", "check", "line", "column"),
    [
        ("", "settings-empty", 0, 0),
        ("- 年报\n", "mapping-expected", 1, 1),
        ("年报\n", "mapping-expected", 1, 1),
        ("title：年报\n", "colon-full-width", 1, 1),
        ("title: [\n", "yaml-bracket", 2, 1),
    ],
)
def test_file_without_settings_is_told_once(text: str, check: str, line: int, column: int) -> None:
    portal, findings = read(text)
    assert portal is None
    assert [(each.check, each.place.line, each.place.column) for each in findings] == [(check, line, column)]


@pytest.mark.parametrize("text", ["owner: 某区\n", "title:\n", 'title: ""\n', "title: '　'\n"])
def test_title_is_required(text: str) -> None:
    assert [finding.check for finding in read(text)[1]] == ["key-missing"]


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("titel: 甲", [("key-unknown", 1, 1)]),
        ("column: {nmae: 甲}", [("key-unknown", 1, 10)]),
        ("column: 甲", [("mapping-expected", 1, 9)]),
        ("checks: off", [("mapping-expected", 1, 9)]),
        ("checks: {stock: grave}", [("choice-unknown", 1, 17)]),
        ("checks: {stock: }", [("key-missing", 1, 9)]),
        ("language: de", [("choice-unknown", 1, 11)]),
        ("base_url: www.example.gov.cn", [("base-url-invalid", 1, 11)]),
        ("base_url: https://", [("base-url-invalid", 1, 11)]),
        ("base_url: 'https://[::1/'", [("base-url-invalid", 1, 11)]),
        ("base_url: https://a.cn:99999999/", [("base-url-invalid", 1, 11)]),
        ("base_url: https://a.cn:x/", [("base-url-invalid", 1, 11)]),
        ("breadcrumb: [{label: 甲, url: 'https://[::1/'}]", [("link-refused", 1, 30)]),
        ("licence: {name: 甲, url: 'https://[a]b/'}", [("link-refused", 1, 25)]),
        ("footer: {甲: {text: 乙, url: 'https://a:b/'}}", [("link-refused", 1, 28)]),
        (f"theme: {'a' * 81}", [("id-invalid", 1, 8)]),
        ("base_url: https://例子 .cn/", [("base-url-invalid", 1, 11)]),
        ("base_url: ftp://example.gov.cn/", [("base-url-invalid", 1, 11)]),
        ("base_url: https://example.gov.cn/?a=1", [("base-url-invalid", 1, 11)]),
        ("base_url: https://example.gov.cn/#a", [("base-url-invalid", 1, 11)]),
        ("utc_offset: 8", [("offset-invalid", 1, 13)]),
        ("utc_offset: +8:00", [("offset-invalid", 1, 13)]),
        ("utc_offset: +08:60", [("offset-invalid", 1, 13)]),
        ("theme: ../civic", [("id-invalid", 1, 8)]),
        ("theme: Civic", [("id-invalid", 1, 8)]),
        ("footer: [甲]", [("mapping-expected", 1, 9)]),
        ("footer: {电话: [甲]}", [("text-expected", 1, 14)]),
        ("breadcrumb: {label: 甲}", [("list-expected", 1, 13)]),
        ("breadcrumb: [{url: /}]", [("key-missing", 1, 14)]),
        ("footer_links: [甲]", [("mapping-expected", 1, 16)]),
        ("downloads: [csv, xls]", [("choice-unknown", 1, 18)]),
        ("downloads: {csv: true}", [("list-expected", 1, 12)]),
        ("host_files: [headers, htaccess]", [("choice-unknown", 1, 23)]),
        ("host_files: {headers: true}", [("list-expected", 1, 13)]),
        ("moved: [../a/]", [("alias-invalid", 1, 9)]),
        ("attachments: [.mp4, '', a/b]", [("attachments-ending", 1, 15), ("attachments-ending", 1, 25)]),
        ("licence: CC BY", [("mapping-expected", 1, 10)]),
        ("licence: {url: https://a.cn/}", [("key-missing", 1, 10)]),
        ("licence: {name: 甲, url: about/}", [("link-refused", 1, 25)]),
        ("license: {name: 甲}", [("key-unknown", 1, 1)]),
    ],
)
def test_mistake_is_told_at_its_place(text: str, mistakes: list[tuple[str, int, int]]) -> None:
    assert refuse(text) == mistakes


@pytest.mark.parametrize("url", ["https://例子.cn/", "http://example.gov.cn:8080/a/b", "https://example.gov.cn"])
def test_base_url_ends_with_a_slash(url: str) -> None:
    portal, findings = read(f"title: 甲\nbase_url: {url}\n")
    assert findings == []
    assert portal is not None
    assert portal.base_url == url.rstrip("/") + "/"


@pytest.mark.parametrize(
    "url",
    ["https://www.example.gov.cn/a?b=c#d", "http://x", "mailto:a@b.cn", "tel:12345", "/", "/zwgk/", "../", "../../a/", "a/b.html",
     "关于/", "#top", "?a=b", ""],
)  # fmt: skip
def test_link_may_lead_to_the_web_a_mailbox_a_telephone_or_inside_the_host_site(url: str) -> None:
    assert refuse(f"footer_links: [{{label: 甲, url: '{url}'}}]") == []


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example", "/\\evil",
     "\\\\evil", "https://a b", "a:b", "https:", "ftp://x"],
)  # fmt: skip
def test_link_anywhere_else_is_refused(url: str) -> None:
    portal, (finding,) = read(f"title: 甲\nfooter_links: [{{label: 甲, url: '{url}'}}]\n")
    assert (finding.check, finding.place.line, finding.place.column) == ("link-refused", 2, 32)
    assert dict(finding.facts) == {"address": url}
    assert portal is not None
    assert portal.footer_links == ()


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_settings_or_told(content: bytes) -> None:
    problems = Problems()
    with problems.gather():
        assert read_portal(decode(content, "site.yaml"), problems) is not None or problems.findings
    assert all(finding.place.file == "site.yaml" for finding in problems.findings)
