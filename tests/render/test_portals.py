"""Portals other than the demo: another language, nested agencies, gaps, attachments, every state of a figure."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, build_site
from gaisite.render.comparisons import write_mark
from tests.build.portals import OFFICE, build, change_files, edit, make_portal, write_figures, write_report
from tests.render.pages import Element, read_page, tag_names

Portal = Callable[..., Path]


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    """Builds a portal with these files; returns its site."""

    def make(files: dict[str, str | bytes | None], **options: object) -> Path:
        build(make_portal(tmp_path, files), **options)
        return tmp_path / "site"

    return make


def page(site: Path, path: str) -> Element:
    return read_page(site / path / "index.html" if not path.endswith(".html") else site / path)


def information(found: Element) -> dict[str, str]:
    """The information table of a page."""
    table = found.one("main").all("dl", class_="info")[0]
    return {row.one("dt").text: row.one("dd").text for row in table.all("div")}


# --- addresses ------------------------------------------------------------------------------------------------------------


def list_local(found: Element) -> list[str]:
    links = [element.get("href") for element in found.walk() if "href" in element.attributes]
    return [link for link in links if "//" not in link and not link.startswith(("#", "mailto:"))]


@pytest.mark.parametrize(
    ("settings", "base"),
    [
        ("base_url: https://www.example.gov.cn/a/b\n", "/a/b/"),
        ("base_url: https://nb.example.gov.cn\n", "/"),
        ("", "/"),
    ],
)
def test_not_found_page_starts_at_the_root_of_its_host(settings: str, base: str, portal: Portal) -> None:
    links = "breadcrumb: [{label: 上级, url: ../}, {label: 首页, url: /}]\nfooter_links: [{label: 关于, url: guide/}]\n"
    site = portal(
        {
            "content/site.yaml": f"title: 年报\n{settings}{links}",
            "content/pages/guide.md": "---\ntitle: 指南\n---\n正文。\n",
        }
    )
    found = list_local(page(site, "404.html"))
    assert [link for link in found if not link.startswith(base) and link != "/"] == []
    assert {base + "index.html", base + "guide/index.html", base + "../", "/", base + "guide/"} <= set(found)


def test_relative_addresses_of_the_settings_begin_at_the_portals_root(portal: Portal) -> None:
    links = "breadcrumb: [{label: 上级, url: ../}]\nfooter_links: [{label: 指南, url: guide/}, {label: 信箱, url: mailto:a@b.cn}]\n"
    site = portal(
        {"content/site.yaml": f"title: 年报\n{links}", "content/pages/guide.md": "---\ntitle: 指南\n---\n正文。\n"}
    )
    for path, root in (("", ""), ("office", "../"), ("office/2020", "../../")):
        found = page(site, path)
        assert found.one("nav", class_="breadcrumb").all("a")[0].get("href") == root + "../"
        links_below = found.one("footer").all("a")
        assert [link.get("href") for link in links_below] == [
            root + "guide/",
            "mailto:a@b.cn",
            root + "data/index.html",
        ]


def test_level_of_the_host_without_an_address_is_no_link(portal: Portal) -> None:
    site = portal({"content/site.yaml": "title: 年报\nbreadcrumb: [{label: 政务公开}]\n"})
    first = page(site, "office").one("nav", class_="breadcrumb").all("li")[0]
    assert (first.text, first.all("a")) == ("政务公开", [])


def test_only_links_to_other_hosts_are_marked_as_leading_away(portal: Portal) -> None:
    links = "footer_links: [{label: 本站, url: https://a.cn/x}, {label: 外站, url: https://b.cn/}, {label: 指南, url: /g}]\n"
    site = portal({"content/site.yaml": f"title: 年报\nbase_url: https://a.cn/nb/\n{links}"})
    marked = [link.text for link in page(site, "").one("footer").all("a", rel="external")]
    assert [text.startswith("外站") for text in marked] == [True]


def test_portal_that_does_not_know_its_address_has_neither_feed_nor_sitemap(portal: Portal) -> None:
    site = portal({"content/site.yaml": "title: 年报\n"})
    assert not (site / "feed.xml").exists()
    assert not (site / "sitemap.xml").exists()
    assert (site / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nAllow: /\n"
    for path in ("", "office", "office/2020", "404.html"):
        found = page(site, path)
        assert found.all("link", rel="canonical") + found.all("link", rel="alternate") == []
        assert "SiteDomain" not in tag_names(found)
        assert "Url" not in tag_names(found)


def test_base_url_of_the_command_line_counts_instead_of_the_settings(portal: Portal) -> None:
    site = portal({}, base_url="https://other.example/")
    assert page(site, "office").one("link", rel="canonical").get("href") == "https://other.example/office/"


def test_chinese_addresses_are_encoded(portal: Portal) -> None:
    site = portal({"content/某局/agency.yaml": "name: 某局\n"})
    assert "%E6%9F%90%E5%B1%80/index.html" in list_local(page(site, ""))
    canonical = page(site, "某局").one("link", rel="canonical").get("href")
    assert canonical == "https://www.example.gov.cn/zwgk/nb/%E6%9F%90%E5%B1%80/"


def test_files_for_machines_survive_any_title(portal: Portal) -> None:
    title = "“A&B” <i>'年报'</i>"
    site = portal(
        {
            "content/site.yaml": f'title: "{title}"\nowner: \'"A" & co\'\nbase_url: https://a.cn/x&y/\n',
            f"{OFFICE}/2021/report.md": write_report(f'title: "{title}"\npublished: 2022-01-20 09:30'),
        }
    )
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.parse(site / "feed.xml").getroot()
    assert feed.findtext(f"{atom}title") == title
    assert feed.findtext(f"{atom}author/{atom}name") == '"A" & co'
    entry = feed.findall(f"{atom}entry")[0]
    assert (entry.findtext(f"{atom}title"), entry.findtext(f"{atom}updated")) == (title, "2022-01-20T09:30:00+08:00")
    locations = [url[0].text for url in ET.parse(site / "sitemap.xml").getroot()]
    assert "https://a.cn/x&y/office/2021/" in locations
    found = page(site, "office/2021")
    assert found.one("h1").text == title
    assert tag_names(found)["ArticleTitle"] == title


# --- agencies ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district with two bureaus, one of which has a team: former names, a gap, a contact."""
    project = make_portal(
        tmp_path_factory.mktemp("district"),
        {
            OFFICE: None,
            "content/district/agency.yaml": "name: 某区\nkind: county\n",
            "content/district/bureau/agency.yaml": (
                "name: 某局\nkind: department\ndescription: 主管某事。\n"
                "former_names: [{name: 某委, until: 2021}, {name: 某办, until: 2018}]\n"
                "identifiers: {统一社会信用代码: 11000000000000000X}\n"
                "contact: {office: 办公室, address: 某路1号, postcode: '100000', phone: 010-1, email: a@b.gov.cn}\n"
            ),
            "content/district/bureau/2021/figures.yaml": write_figures(),
            "content/district/bureau/2021/report.md": write_report(),
            "content/district/bureau/2024/figures.yaml": write_figures(new=20, carried_in=0, handled=20),
            "content/district/bureau/2024/report.md": write_report(""),
            "content/district/bureau/team/agency.yaml": "name: 某队\n",
            "content/district/unnamed/office/agency.yaml": "name: 某所\n",
        },
    )
    build(project)
    return project / "site"


def test_agencies_are_listed_under_those_above_them(district: Path) -> None:
    top = page(district, "").one("main").all("ul", class_="agency-list")[0]
    (root,) = [child for child in top.children if isinstance(child, Element)]
    assert [link.text for link in root.all("a")] == ["某区", "某局", "某局2024年", "某局2021年", "某队", "某所"]
    assert len(root.all("ul", class_="agency-list")) == 2


def test_agency_lists_those_directly_below_it(district: Path) -> None:
    assert [link.text for link in page(district, "district").one("ul", class_="agency-list").all("a")] == [
        "某局",
        "某局2024年",
        "某局2021年",
        "某所",
    ]
    links = page(district, "district/bureau").one("ul", class_="agency-list").all("a")
    assert [link.get("href") for link in links] == ["team/index.html"]


def test_breadcrumb_leads_through_the_agencies_above(district: Path) -> None:
    items = page(district, "district/bureau/team").one("nav", class_="breadcrumb").all("li")
    assert [(item.text, [link.get("href") for link in item.all("a")]) for item in items] == [
        ("年报汇编", ["../../../index.html"]),
        ("某区", ["../../index.html"]),
        ("某局", ["../index.html"]),
        ("某队", []),
    ]


def test_agency_says_who_it_is_and_what_it_was_called(district: Path) -> None:
    assert information(page(district, "district/bureau")) == {
        "机构类别": "政府部门",
        "曾用名": "某委（至2021年）、某办（至2018年）",
        "统一社会信用代码": "11000000000000000X",
        "联系部门": "办公室",
        "地址": "某路1号",
        "邮政编码": "100000",
        "电话": "010-1",
        "电子邮箱": "a@b.gov.cn",
    }
    (mail,) = page(district, "district/bureau").all("a", href="mailto:a@b.gov.cn")
    assert mail.text == "a@b.gov.cn"
    assert "主管某事。" in page(district, "district/bureau").one("main").text


def test_report_and_year_bear_the_name_of_that_year(district: Path) -> None:
    for year, name in ((2021, "某委"), (2024, "某局")):
        report = page(district, f"district/bureau/{year}")
        assert information(report)["发布机构"] == name
        assert report.one("h1").text.startswith(name)
        assert tag_names(report)["Author"] == name
        rows = page(district, f"years/{year}").one("main").all("th", scope="row")
        assert [row.text for row in rows] == [name]
    assert page(district, "district/bureau").one("h1").text == "某局"


def test_years_without_a_report_are_said_and_shown_as_gaps(district: Path) -> None:
    agency = page(district, "district/bureau")
    assert agency.one("p", class_="gaps").text == "未收录 2022、2023 年的年报。"
    comparison = page(district, "district/bureau/comparison")
    rows = comparison.one("table", id="cn-gai-2021-applications-years").all("tbody")
    assert [cell.text for cell in rows[0].all("td")] == [
        "5",
        "无年报未收录年报",
        "无年报未收录年报",
        "20",
        "上年无年报",
    ]
    assert [link.text for link in page(district, "years/2021").one("nav", class_="pager").all("a")] == ["下一年 2024年"]


def test_agency_without_reports_has_a_page_without_tables(district: Path) -> None:
    team = page(district, "district/bureau/team")
    assert team.all("table") == []
    assert "本站还没有公布该机构的报告。" in team.text
    assert "本站还没有公布" not in page(district, "district").text
    assert not (district / "district/bureau/team/comparison").exists()


def test_year_page_says_how_many_have_published_and_links_the_others(district: Path) -> None:
    found = page(district, "years/2024").one("main")
    assert "共 4 家机构，已收录 1 家的年报。" in found.text
    assert [link.text for link in found.one("ul", class_="link-list").all("a")] == ["某区", "某队", "某所"]


def test_portal_without_agencies_has_a_home(portal: Portal) -> None:
    site = portal({OFFICE: None})
    assert page(site, "").one("h1").text == "年报汇编"
    atom = "{http://www.w3.org/2005/Atom}"
    assert ET.parse(site / "feed.xml").getroot().findall(f"{atom}entry") == []


# --- reports ------------------------------------------------------------------------------------------------------------------


def test_attachments_have_type_and_size_and_can_be_fetched(portal: Portal) -> None:
    files = "[{file: files/原件.PDF, title: 年报原件}, {file: 'files/100% a#b.docx'}, {file: files/sub.d/README.txt, title: 说明}]"
    site = portal(
        {
            f"{OFFICE}/2021/report.md": write_report(f"attachments: {files}"),
            f"{OFFICE}/2021/files/原件.PDF": b"%" * 366_600,
            f"{OFFICE}/2021/files/100% a#b.docx": b"docx",
            f"{OFFICE}/2021/files/sub.d/README.txt": b"",
        }
    )
    (heading,) = [each for each in page(site, "office/2021").all("h2") if each.text == "附件下载"]
    assert heading.get("id") == "attachments"
    (section,) = [each for each in page(site, "office/2021").all("section") if each.all(id="attachments")]
    assert [(link.text, link.get("href")) for link in section.all("a")] == [
        ("年报原件（PDF，367 KB）", "files/%E5%8E%9F%E4%BB%B6.PDF"),
        ("100% a#b（DOCX，4 字节）", "files/100%25%20a%23b.docx"),
        ("说明（TXT，0 字节）", "files/sub.d/README.txt"),
    ]
    assert (site / "office/2021/files/100% a#b.docx").read_bytes() == b"docx"


STATES = """\
applications:
  new: {自然人: 5, 商业企业: n/a}
  carried_in: {natural_person: 2, total: 2}
"""


def test_the_four_states_are_told_apart_to_the_eye_and_to_the_ear(portal: Portal) -> None:
    figures = write_figures().replace(
        "new: {natural_person: 5, total: 5}", "new: {natural_person: 5, organisation: {research: n/a}}"
    )
    site = portal({f"{OFFICE}/2021/figures.yaml": figures})
    table = page(site, "office/2021").one("table", id="t-applications")

    def tell(cell: str) -> tuple[str, list[tuple[str, str]]]:
        found = table.one("td", id=f"applications.{cell}")
        return found.text, [(span.get("class"), span.text) for span in found.all("span")]

    assert tell("new.natural_person") == ("5", [])
    assert tell("new.organisation.research") == ("不适用", [("not-applicable", "不适用")])
    assert tell("new.organisation.legal") == ("—未填", [("blank", "—"), ("vh", "未填")])
    text, spans = tell("new.total")
    assert (text.replace(" ", ""), [each[0] for each in spans]) == ("5*本站计算", ["mark", "vh"])
    notes = page(site, "office/2021").one(id="t-applications-note").all("p")
    assert len(notes) == 4
    absent = page(site, "office/comparison").one("table", id="cn-gai-2021-fees-years").all("td")[0]
    assert absent.text == "无此项表内无此项"
    assert "“无此项”表示" in page(site, "office/comparison").one(id="cn-gai-2021-fees-years-note").text


def test_source_of_a_report_is_the_agency_unless_another_is_stated(portal: Portal) -> None:
    front = "source: 某网\nsource_url: https://a.cn/1\nindex_number: A-1\ndocument_number: 某文〔2022〕1号\nkeywords: [甲, 乙]\ndescription: 简介"
    site = portal({f"{OFFICE}/2021/report.md": write_report(front)})
    stated, silent = (page(site, f"office/{year}") for year in (2021, 2020))
    assert (tag_names(stated)["ContentSource"], tag_names(silent)["ContentSource"]) == ("某网", "某街道办事处")
    assert (tag_names(stated)["Keywords"], tag_names(stated)["Description"]) == ("甲,乙", "简介")
    assert tag_names(stated)["description"] == "简介"
    rows = information(stated)
    assert {label: rows[label] for label in ("来源", "原文网址", "索引号", "文号", "关键词")} == {
        "来源": "某网",
        "原文网址": "https://a.cn/1",
        "索引号": "A-1",
        "文号": "某文〔2022〕1号",
        "关键词": "甲、乙",
    }
    assert rows["公开日期"] == "原报告未载明"
    assert set(information(silent)) == {"名称", "发布机构", "公开日期", "报告格式", "年度"}


def test_portal_without_a_code_prints_none(portal: Portal) -> None:
    site = portal({})
    assert "网站标识码" not in page(site, "").one("footer").text
    assert "SiteIDCode" not in tag_names(page(site, ""))
    assert tag_names(page(site, ""))["SiteDomain"] == "www.example.gov.cn"
    assert tag_names(page(site, ""))["SiteName"] == "年报汇编"


def test_unacknowledged_warning_is_printed_beside_its_figure(portal: Portal) -> None:
    figures = write_figures().replace("new: {natural_person: 5, total: 5}", "new: {natural_person: 5, total: }")
    report = page(portal({f"{OFFICE}/2021/figures.yaml": figures}), "office/2021")
    finding = report.one("li", id="finding-1")
    assert "没有填写，而各分项相加为 5" in finding.text
    assert finding.one("a").get("href") == "#applications.new.total"
    assert report.one("td", id="applications.new.total").text == "—未填"
    assert "has-findings" not in report.one("p", class_="checks").classes


def test_missing_table_and_missing_row_are_said_in_their_section(portal: Portal) -> None:
    figures = write_figures().replace("    partial: {}\n", "").replace("fees:\n  charges: {amount: 0}\n", "")
    report = page(portal({f"{OFFICE}/2021/figures.yaml": figures}), "office/2021")
    sections = {section.all("h2")[0].get("id"): section for section in report.one("main").all("section")}
    assert "缺少“第二十条第（八）项”整张表" in sections["s-disclosure"].one("div", class_="findings").text
    assert "缺少“（二）部分公开" in sections["s-requests"].one("div", class_="findings").text
    assert sections["s-disclosure"].one("div", class_="findings").all("a") == []


def test_report_in_the_wrong_form_says_so_with_the_reason(portal: Portal) -> None:
    rest = "acknowledge: [{check: wrong-form, at: form, reason: 原报告沿用旧格式。}]"
    site = portal(
        {
            f"{OFFICE}/2021": None,
            f"{OFFICE}/2020/figures.yaml": write_figures(rest=rest),
            f"{OFFICE}/2020/report.md": write_report(),
        }
    )
    report = page(site, "office/2020")
    assert (
        "2020年的报告不应使用“2021年格式”（cn-gai-2021）。 说明： 原报告沿用旧格式。"
        in report.one("div", class_="notes").text
    )


def test_several_failures_have_each_an_anchor_and_the_tally_counts_them(portal: Portal) -> None:
    reasons = "\n".join(
        f"  - {{check: {check}, at: applications.{at}, reason: 原报告如此。}}"
        for check, at in (
            ("row-sum", "new.total"),
            ("balance", "handled.total.total"),
            ("carry-over", "carried_in.natural_person"),
            ("carry-over", "carried_in.total"),
            ("balance", "handled.total.natural_person"),
        )
    )
    figures = write_figures(rest=f"acknowledge:\n{reasons}")
    figures = figures.replace("new: {natural_person: 5, total: 5}", "new: {natural_person: 5, total: 7}")
    figures = figures.replace("carried_in: {natural_person: 2, total: 2}", "carried_in: {natural_person: 3, total: 3}")
    site = portal({f"{OFFICE}/2021/figures.yaml": figures})
    report = page(site, "office/2021")
    found = report.one("div", class_="findings").all("li")
    assert [each.get("id") for each in found] == [f"finding-{number}" for number in range(1, 6)]
    assert "共核对 47 项勾稽关系" not in report.one("main").text
    assert "5 项不符" in report.one("p", class_="checks").text
    assert report.one("td", id="applications.new.total").text.startswith("7 差 2")
    listed = page(site, "office").one("ul", class_="report-list")
    assert "5 项数据有说明" in listed.text


LEAP = {
    f"{OFFICE}/2022/report.md": write_report("published: 2023-01-20"),
    f"{OFFICE}/2021/figures.yaml": write_figures().replace("compulsion: {decisions: 0}", "compulsion: {decisions: 42}"),
}


@pytest.mark.parametrize("reason", ["", "当年没有行政强制。"])
def test_jump_is_told_to_readers_only_with_its_reason(reason: str, portal: Portal) -> None:
    at = "penalties.compulsion.decisions"
    rest = f"acknowledge: [{{check: outlier, at: {at}, reason: {reason}}}]" if reason else ""
    site = portal({**LEAP, f"{OFFICE}/2022/figures.yaml": write_figures(rest=rest, carried_in=1, handled=5)})
    findings = page(site, "office/2022").all("div", class_="findings")
    assert [reason in each.text for each in findings] == ([True] if reason else [])
    assert ("变化悬殊" in page(site, "office/2022").one("main").text) == bool(reason)


def test_check_that_is_off_is_neither_counted_nor_listed(portal: Portal) -> None:
    settings = "title: 年报\nchecks: {stock-at-least: off, fee-statement: off}\n"
    site = portal({"content/site.yaml": settings})
    listed = page(site, "forms/cn-gai-2021").one("main").text
    assert [check in listed for check in ("stock-at-least", "fee-statement", "row-sum")] == [False, False, True]


def test_report_leads_to_the_comparison_as_soon_as_there_are_two_years(portal: Portal) -> None:
    site = portal({})
    links = page(site, "office/2021").one("nav", class_="pager").all("a")
    assert [link.get("href") for link in links] == ["../2020/index.html", "../comparison/index.html"]
    assert "comparison/index.html" in list_local(page(site, "office"))


def test_draft_is_nowhere_unless_it_is_asked_for(tmp_path: Path) -> None:
    project = make_portal(tmp_path, {f"{OFFICE}/2021/files/a.pdf": b"a"})
    edit(project, f"{OFFICE}/2021/report.md", "---\npublished", "---\ndraft: true\npublished")
    build(project)
    assert not (project / "site/office/2021").exists()
    assert not (project / "site/office/comparison").exists()
    assert not (project / "site/years/2021").exists()
    assert "/2021/" not in (project / "site/sitemap.xml").read_text(encoding="utf-8")
    build(project, drafts=True)
    assert (project / "site/office/2021/files/a.pdf").is_file()


def test_draft_that_is_shown_says_so_and_is_not_said_to_keep_its_date_to_itself(tmp_path: Path) -> None:
    project = make_portal(tmp_path, {})
    edit(project, f"{OFFICE}/2021/report.md", "---\npublished: 2022-01-20 09:30", "---\ndraft: true")
    build(project, drafts=True)
    draft, published = page(project / "site", "office/2021"), page(project / "site", "office/2020")
    assert draft.one("p", class_="draft").text == "这是草稿，尚未公布；空着的数字和部分还没有填写。"
    assert "尚未公布" in [row.text for row in draft.all("dd")]
    assert "原报告未载明" not in draft.text
    assert published.all("p", class_="draft") == []


def test_narrative_headings_cannot_take_the_ids_of_the_page(portal: Portal) -> None:
    site = portal(
        {f"{OFFICE}/2021/report.md": write_report(preamble="### main\n\n### attachments\n\n### s-overview\n\n")}
    )
    ids = [element.get("id") for element in page(site, "office/2021").walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))


# --- other forms, other languages --------------------------------------------------------------------------------------------

FORM = """\
form: permits-{year}
language: en
title: "{{agency}}: permits, {{year}}"
short: Form of {year}
years: {{first: {year}, last: {year}}}
sections:
  permits: {{heading: Permits, tables: [permits]}}
tables:
  permits:
    caption: Permits
    corner: Result
    principal: total
    columns:
      person: Persons
      company: Companies
      total: {{label: Total, sum_of: [person, company]}}
    rows:
{rows}
checks:
  row-sum: {{kind: total, table: permits, columns: [total], severity: warning, title: Totals}}
"""
CONTINUITY = """\
continuity:
  form: permits-2030
  note: Other rows.
  lines:
    - {relation: same, here: permits.kept, there: permits.kept}
    - {relation: only here, here: permits.fresh}
    - {relation: only there, there: permits.gone}
"""
FIGURES = "form: permits-{year}\npermits:\n  kept: {{person: 1, company: 2, total: 3}}\n  {row}: {{person: 4, company: 5, total: 9}}\n"


@pytest.fixture(scope="module")
def permits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal in English with two forms of its own, of which one row continues."""
    files: dict[str, str | bytes | None] = {
        OFFICE: None,
        "content/site.yaml": "title: Permits\nlanguage: en\nbase_url: https://example.org/permits/\n",
        "content/town/agency.yaml": "name: {en: Town, zh-CN: 某镇}\nformer_names: [{name: Village, until: 2030}]\n",
        "content/sea/agency.yaml": "name: {zh-CN: 某海}\n",
    }
    for year, row, rest in ((2030, "gone", ""), (2031, "fresh", CONTINUITY)):
        rows = f"      kept: Kept\n      {row}: {row.title()}"
        files[f"content/forms/permits-{year}.yaml"] = FORM.format(year=year, rows=rows) + rest
        files[f"content/town/{year}/figures.yaml"] = FIGURES.format(year=year, row=row)
        files[f"content/town/{year}/report.md"] = "---\npublished: 2032-01-05\n---\n## Permits\n\nText.\n"
    files["content/sea/2031/figures.yaml"] = FIGURES.format(year=2030, row="gone")
    files["content/sea/2031/report.md"] = "## Permits\n\nText.\n"
    project = make_portal(tmp_path_factory.mktemp("permits"), files)
    build(project)
    return project / "site"


def test_portal_speaks_its_own_language(permits: Path) -> None:
    for path in ("", "town", "town/2030", "town/comparison", "years/2031", "forms/permits-2031", "404.html"):
        found = page(permits, path)
        assert found.one("html").get("lang") == "en"
        assert found.all("a", class_="skip")[0].text == "Skip to main content"
    assert page(permits, "town/2030").one("h1").text == "Village: permits, 2030"
    assert page(permits, "town/2031").one("h1").text == "Town: permits, 2031"


def test_text_in_another_language_is_marked(permits: Path) -> None:
    (row,) = [cell for cell in page(permits, "years/2031").all("th", scope="row") if cell.text == "某海"]
    assert row.get("lang") == "zh-CN"
    (town,) = [cell for cell in page(permits, "years/2031").all("th", scope="row") if cell.text == "Town"]
    assert town.get("lang") == ""


def test_year_page_has_a_table_for_each_form(permits: Path) -> None:
    tables = page(permits, "years/2031").all("table")
    assert [table.get("id") for table in tables] == ["year-permits-2030", "year-permits-2031"]


def test_comparison_leaves_rows_to_the_table_that_continues_them(permits: Path) -> None:
    comparison = page(permits, "town/comparison")
    for table, rows in (("permits-2031-permits", ["Kept", "Fresh"]), ("permits-2030-permits", ["Gone"])):
        for part in ("years", "all"):
            found = comparison.one("table", id=f"{table}-{part}").all("tbody")
            assert [body.all("th")[0].text for body in found] == rows, (table, part)
    kept = comparison.one("table", id="permits-2031-permits-all").all("tbody")[0].all("tr")
    assert [[cell.text for cell in row.all("td")] for row in kept] == [["1", "2", "3"], ["1", "2", "3"]]


def test_key_figures_of_a_form_that_names_none_do_not_print_an_empty_table(permits: Path) -> None:
    for table in page(permits, "town").all("table"):
        assert table.all("tbody") != []


TOLLS = """\
form: tolls
language: en
title: "{agency} {year}"
short: Tolls
years: {first: 2030}
sections:
  all: {heading: All, tables: [grid, single, pair]}
tables:
  grid:
    caption: Grid
    corner: Item
    columns: {group: {label: Group, lines: {x: Left, y: Right}}}
    rows: {a: First, b: Second}
    key_figures: [a.group.x]
  single:
    caption: Single
    corner: Item
    columns: {number: Number}
    rows: {one: One}
    key_figures: [one.number]
  pair:
    caption: Pair
    corner: Item
    principal: total
    columns: {person: Person, total: {label: Total, sum_of: [person]}}
    rows: {a: First, b: Second}
    key_figures: [a.total]
"""


def test_key_figures_and_comparisons_of_small_tables(portal: Portal) -> None:
    files: dict[str, str | bytes | None] = {
        OFFICE: None,
        "content/site.yaml": "title: Tolls\nlanguage: en\n",
        "content/forms/tolls.yaml": TOLLS,
        "content/town/agency.yaml": "name: Town\n",
    }
    for year in (2030, 2031):
        files[f"content/town/{year}/figures.yaml"] = (
            "form: tolls\ngrid:\n  a: {group: {x: 1, y: 2}}\n  b: {group: {x: 3, y: 4}}\nsingle:\n  one: {number: 5}\n"
            "pair:\n  a: {person: 6, total: 6}\n  b: {person: 7, total: 7}\n"
        )
        files[f"content/town/{year}/report.md"] = "## All\n\nText.\n"
    site = portal(files)
    rows = page(site, "town").one("table", id="key-figures").all("th", scope="row")
    assert [row.text for row in rows] == ["First › Group › Left", "One › Number", "First"]
    tables = [table.get("id") for table in page(site, "town/comparison").all("table")]
    assert tables == ["tolls-grid-years", "tolls-single-years", "tolls-pair-years", "tolls-pair-all"]
    grid = page(site, "town/comparison").one("table", id="tolls-grid-years").all("tbody")
    assert [[head.text for head in body.all("th")] for body in grid] == [
        ["First", "Group", "Left", "Right"],
        ["Second", "Group", "Left", "Right"],
    ]


def test_dictionary_lists_every_line_of_a_form_and_what_it_continues(permits: Path) -> None:
    found = page(permits, "forms/permits-2031")
    rows = found.one("table", id="rows-permits").one("tbody").all("tr")
    assert [row.one("th").text for row in rows] == ["Kept", "Fresh"]
    columns = found.one("table", id="columns-permits").one("tbody").all("tr")
    assert "person" in columns[2].text
    assert "company" in columns[2].text
    continuity = found.one("table", id="continuity-permits-2030").one("tbody").all("tr")
    assert len(continuity) == 3
    assert "Other rows." in found.one("main").text
    assert page(permits, "forms/permits-2030").all("table", id="continuity-permits-2030") == []
    assert [link.get("href") for link in found.one("main").all("ul", class_="link-list")[0].all("a")] == [
        "../../years/2031/index.html"
    ]


def test_english_portal_prints_the_official_forms_in_english(portal: Portal) -> None:
    site = portal({"content/site.yaml": "title: Annual reports\nlanguage: en\n"})
    report = page(site, "office/2021")
    table = report.one("table", id="t-applications")
    assert table.one("caption").text.startswith("Applications for government information received and processed")
    assert "Natural persons" in [cell.text for cell in table.all("th")]
    assert [cell.get("lang") for cell in table.all("th") if cell.get("lang")] == []
    assert report.all("div", class_="prose")[0].get("lang") == "zh-CN"
    heads = page(site, "forms/cn-gai-2021").one("table", id="rows-fees").all("td", lang="zh-CN")
    assert "行政事业性收费" in [cell.text for cell in heads]


def test_units_that_differ_are_said_and_forbid_a_change(portal: Portal, tmp_path: Path) -> None:
    figures = (make_portal(tmp_path / "other") / OFFICE / "2020" / "figures.yaml").read_text(encoding="utf-8")
    figures = figures.replace("centralised: {projects: 0, amount: 0}", "centralised: {projects: 2, amount: 152790}")
    other = figures.replace("procurement.amount: 元", "procurement.amount: 万元").replace("152790", "25.1000")
    other = other.replace("carried_out: {natural_person: 2, total: 2}", "carried_out: {natural_person: 2, total: 2}")
    site = portal(
        {
            f"{OFFICE}/2020/figures.yaml": figures.replace(
                "carried_in: {natural_person: 0, total: 0}", "carried_in: {}"
            ),
            f"{OFFICE}/2019/figures.yaml": other,
            f"{OFFICE}/2019/report.md": write_report(),
            f"{OFFICE}/2021": None,
        }
    )
    rows = page(site, "office/comparison").one("table", id="cn-gai-2019-procurement-years").all("tr")
    texts = {row.all("th")[-1].text: [cell.text for cell in row.all("td")] for row in rows if row.all("td")}
    amount = next(values for label, values in texts.items() if label.startswith("采购总金额"))
    assert amount == ["25.1000", "152790", "单位不同"]
    assert "（单位：元）" in page(site, "office/2020").one("table", id="t-procurement").text


# --- pages of the portal's own --------------------------------------------------------------------------------------------------


def test_own_page_has_its_parts_under_headings_and_stands_in_the_navigation(portal: Portal) -> None:
    site = portal(
        {
            "content/pages/guide.md": "---\ntitle: 公开指南\n---\n引言。\n\n## 一、范围\n\n正文。\n\n## 二、方式\n\n正文。\n"
        }
    )
    found = page(site, "guide")
    assert found.one("h1").text == "公开指南"
    assert [each.text for each in found.one("main").all("h2")] == ["一、范围", "二、方式"]
    (current,) = [link for link in found.one("nav", class_="navigation").all("a") if link.get("aria-current")]
    assert current.text == "公开指南"
    assert "guide/index.html" in list_local(page(site, ""))


@pytest.mark.parametrize(("number", "mark"), [(1, "①"), (20, "⑳"), (21, "(21)")])
def test_marks_of_notes_never_run_out(number: int, mark: str) -> None:
    assert write_mark(number) == mark


@pytest.mark.parametrize(("headings", "listed"), [("甲乙丙", []), ("甲乙丙丁", ["甲", "乙", "丙", "丁"])])
def test_long_page_begins_with_its_headings(headings: str, listed: list[str], portal: Portal) -> None:
    text = "".join(f"## {heading}\n\n正文。\n\n" for heading in headings)
    found = page(portal({"content/pages/guide.md": f"---\ntitle: 公开指南\n---\n{text}"}), "guide")
    links = [link for each in found.all("nav", class_="contents") for link in each.all("a")]
    assert [link.text for link in links] == listed
    headed = {heading.get("id"): heading.text for heading in found.one("main").all("h2")}
    assert [headed[link.get("href").removeprefix("#")] for link in links] == listed


def test_two_sources_of_one_page_are_an_error_that_names_both(tmp_path: Path) -> None:
    project = make_portal(tmp_path)
    change_files(project, {"content/pages/office.md": "---\ntitle: 办公室\n---\n正文。\n"})
    result = build_site(BuildOptions(project=project))
    assert result.written is None
    (finding,) = result.findings
    assert "office" in result.catalogue.say(finding, "en")
