"""The demo portal as it is published: figures as printed, links that lead somewhere, tags, files for machines."""

import itertools
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.render.pages import Element, find_pages, read_page, tag_names

BASE_URL = "https://www.example.gov.cn/zwgk/zfxxgk/ndbg/"
YONGDINGMENWAI = "dongcheng/yongdingmenwai/2020/index.html"
DATES = ("2023-02-20", "2022-02-08", "2021-03-05", "2020-01-20", "2019-01-10")
COMPARISON = "pingtan/comparison/index.html"
SITEMAP, ATOM = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="session")
def pages(demo: Path) -> dict[str, Element]:
    return {path.relative_to(demo).as_posix(): read_page(path) for path in find_pages(demo)}


def main(page: Element) -> Element:
    return page.one("main")


# --- figures -----------------------------------------------------------------------------------------------------------


def test_yongdingmenwai_prints_its_totals_in_their_rows(pages: dict[str, Element]) -> None:
    page = pages[YONGDINGMENWAI]
    rows = {
        "new": "28",
        "carried_in": "0",
        "handled.granted": "1",
        "handled.partial": "2",
        "handled.refused.process": "3",
        "handled.unavailable.not_held": "17",
        "handled.unavailable.not_ready_made": "1",
        "handled.total": "24",
        "carried_out": "4",
    }
    assert {row: page.one("td", id=f"applications.{row}.total").text for row in rows} == rows


def test_signs_and_last_zeros_stay_as_printed(pages: dict[str, Element]) -> None:
    page = pages[YONGDINGMENWAI]
    assert page.one("td", id="licences.other_services.confirmation.change").text == "＋10"
    assert page.one("td", id="procurement.centralised.amount").text == "52.6540"


def test_blank_is_seen_as_a_dash_and_spoken_as_blank(pages: dict[str, Element]) -> None:
    cell = pages[YONGDINGMENWAI].one("td", id="applications.new.organisation.business")
    seen, spoken = cell.all("span")
    assert (seen.text, seen.get("aria-hidden"), seen.classes) == ("—", "true", ["blank"])
    assert (spoken.text, spoken.classes) == ("未填", ["vh"])
    zero = pages[YONGDINGMENWAI].one("td", id="applications.carried_in.total")
    assert (zero.text, zero.all("span")) == ("0", [])


def test_own_rows_of_a_report_stand_in_their_place_in_the_table(pages: dict[str, Element]) -> None:
    table = pages[YONGDINGMENWAI].one("table", id="t-licences")
    heads = [cell.text for cell in table.all("th") if cell.get("scope").startswith("row")]
    assert heads == ["行政许可", "其他对外管理服务事项", "行政检查", "行政确认"]


def test_acknowledged_sum_is_printed_with_its_difference_and_leads_to_the_reason(pages: dict[str, Element]) -> None:
    page = pages["pingtan/2020/index.html"]
    cell = page.one("td", id="applications.handled.total.total")
    link = cell.one("a")
    assert cell.text.startswith("21 差 6")
    finding = page.one("li", id=link.get("href").removeprefix("#"))
    assert "填写为 21，各分项相加为 7+6+4+3+3+4=27，相差 6" in finding.text
    assert "本站照录" in finding.text
    assert finding.one("a").get("href") == "#applications.handled.total.total"
    summary = page.one("p", class_="has-findings")
    assert summary.text == "共核对 56 项勾稽关系：53 项相符，3 项不符，0 项因数据空缺无法核对。"


def test_report_links_the_years_beside_it_and_its_comparison(pages: dict[str, Element]) -> None:
    pager = pages["pingtan/2020/index.html"].one("nav", class_="pager")
    assert [link.get("href") for link in pager.all("a")] == [
        "../2019/index.html",
        "../comparison/index.html",
        "../2021/index.html",
    ]
    assert pages[YONGDINGMENWAI].all("nav", class_="pager") == []


def row_texts(page: Element, table: str, label: str) -> list[list[str]]:
    """The cells of each row of a table whose innermost header says this."""
    rows = page.one("table", id=table).all("tr")
    heads = [(row, list(row.all("th"))) for row in rows]
    return [[cell.text for cell in row.all("td")] for row, cells in heads if cells and cells[-1].text.startswith(label)]


def test_comparison_marks_both_changes_of_form(pages: dict[str, Element]) -> None:
    page = pages[COMPARISON]
    notes = page.one("div", class_="notes").text
    assert "自2021年度报告起改用新格式" in notes
    assert "福建省原有的统计表不再使用" in notes
    table = page.one("table", id="cn-gai-2021-applications-years")
    heads = [cell.text for cell in table.one("thead").all("th")]
    assert heads == [
        *("办理情况", "福建省统计表", "2019年格式", "2021年格式", "2022年比上年"),
        *(f"{year}年" for year in range(2018, 2023)),
    ]
    for row in table.all("tr"):
        marked = [number for number, cell in enumerate(row.all("td")) if "after-break" in cell.classes]
        assert marked == ([1, 3] if row.all("td") else [])


def test_comparison_joins_other_handling_with_the_sum_of_its_three_rows(pages: dict[str, Element]) -> None:
    table = pages[COMPARISON].one("table", id="cn-gai-2021-applications-years")
    (group,) = [cell for cell in table.all("th") if cell.text == "（六）其他处理"]
    (row,) = [row for row in table.all("tr") if group in row.all("th")]
    before, first, second, third, fourth, changed = (cell.text for cell in row.all("td"))
    assert before == "无此项表内无此项"
    assert (first, second, fourth.split("*")[0], changed) == ("0③", "4", "4", "+3")
    assert third.startswith("1*")
    assert third.endswith("④")
    notes = pages[COMPARISON].one(id="cn-gai-2021-applications-years-note").text
    assert "此处以三行之和与此前的一行比较" in notes


def test_comparison_never_joins_what_is_not_comparable(pages: dict[str, Element]) -> None:
    page = pages[COMPARISON]
    absent = "无此项表内无此项"
    (charged,) = row_texts(page, "cn-gai-2021-fees-years", "行政事业性收费")
    assert charged == [absent, absent, absent, "24252.311082①", "9116.36", "−15135.951082（−62.4%）"]
    assert row_texts(page, "cn-gai-2019-fees-years", "上一年项目数量") == [
        [absent, "35", "35", absent, absent, "不可比"]
    ]
    assert row_texts(page, "cn-gai-2019-fees-years", "本年增/减") == [[absent, "0", "-15", absent, absent, "不可比"]]
    rules, normative = row_texts(page, "cn-gai-2021-documents-years", "现行有效件数")
    assert normative == [absent, absent, absent, "665②", "698", "+33（+5.0%）"]
    assert rules[:2] == [absent, absent]
    rules, normative = row_texts(page, "cn-gai-2019-documents-years", "对外公开总数量")
    assert normative == [absent, "89", "166", absent, absent, "不可比"]
    assert "含义不同，不可比" in page.one(id="cn-gai-2021-documents-years-note").text


def test_comparison_sets_the_reviews_of_fujian_beside_the_later_ones_and_nothing_else(
    pages: dict[str, Element],
) -> None:
    page = pages[COMPARISON]
    absent = "无此项表内无此项"
    table = page.one("table", id="cn-gai-2021-reviews-years")
    (joined,) = [row for row in table.all("tr") if row.all("td") and row.all("td")[0].text != absent]
    assert [cell.text for cell in joined.all("td")][:2] == ["0", "0②"]
    assert "此前的统计不分复议结果" in page.one(id="cn-gai-2021-reviews-years-note").text
    for row in page.one("table", id="cn-gai-2021-applications-years").all("tr"):
        assert [cell.text for cell in row.all("td")][:1] in ([], [absent])
    (published,) = row_texts(page, "cn-fj-2008-statistics-years", "主动公开文件数")
    assert published == ["2069", absent, absent, absent, absent, "不可比"]


def test_dictionary_tells_what_continues_from_each_earlier_form(pages: dict[str, Element]) -> None:
    page = pages["forms/cn-gai-2019/index.html"]
    for earlier, name in (("cn-gai-2014", "2014年统计表"), ("cn-fj-2008", "福建省统计表")):
        table = page.one("table", id=f"continuity-{earlier}")
        assert name in table.one("caption").text
        assert any("第二十条第（一）项" in cell.text for cell in table.all("th"))
    assert "福建省原有的统计表不再使用" in page.one("main").text


def test_year_page_lists_agencies_and_those_that_are_missing(pages: dict[str, Element]) -> None:
    page = pages["years/2020/index.html"]
    rows = [cell.text for cell in page.all("th") if cell.get("scope") == "row"]
    assert rows == ["东城区永定门外街道办事处", "平潭综合实验区"]
    assert page.all("ul", class_="link-list") == []
    missing = pages["years/2021/index.html"].one("ul", class_="link-list")
    assert [link.get("href") for link in missing.all("a")] == ["../../dongcheng/yongdingmenwai/index.html"]


# --- links --------------------------------------------------------------------------------------------------------------


def list_links(page: Element) -> list[str]:
    return [element.get(name) for element in page.walk() for name in ("href", "src") if name in element.attributes]


def test_links_inside_the_site_are_relative_and_lead_somewhere(pages: dict[str, Element], demo: Path) -> None:
    wrong = []
    for path, page in pages.items():
        for link in list_links(page):
            parts = urlsplit(link)
            if parts.scheme or path == "404.html":
                continue
            target = (demo / path).parent / unquote(parts.path) if parts.path else demo / path
            found = target.resolve().relative_to(demo.resolve()).as_posix()
            fragment = unquote(parts.fragment)
            if parts.path.startswith("/") or not target.is_file() or (fragment and not pages[found].all(id=fragment)):
                wrong.append((path, link))
    assert wrong == []


def test_not_found_page_works_at_any_address(pages: dict[str, Element], demo: Path) -> None:
    base = urlsplit(BASE_URL).path
    for link in list_links(pages["404.html"]):
        parts = urlsplit(link)
        if parts.scheme:
            assert link in {
                *("https://www.example.gov.cn/" + end for end in ("", "zwgk/", "zwgk/zfxxgk/", "map/", "lxwm/")),
                *("https://beian.miit.gov.cn/", "https://beian.mps.gov.cn/"),
            }
        elif parts.path:
            assert parts.path.startswith(base)
            assert (demo / unquote(parts.path.removeprefix(base))).is_file()


def test_nothing_is_loaded_from_another_host(pages: dict[str, Element]) -> None:
    for page in pages.values():
        loaded = [tag.get("href") for tag in page.all("link") if tag.get("rel") == "stylesheet"]
        loaded += [tag.get("src") for tag in page.walk() if "src" in tag.attributes]
        assert not [address for address in loaded if urlsplit(address).netloc]
        assert {script.get("type") for script in page.all("script")} <= {"application/ld+json", ""}
        assert all(script.get("src") for script in page.all("script") if not script.get("type"))
        assert [tag for tag in page.walk() if "style" in tag.attributes] == []


# --- head ---------------------------------------------------------------------------------------------------------------


def test_every_page_has_the_tags_of_its_site_and_column(pages: dict[str, Element]) -> None:
    for page in pages.values():
        tags = tag_names(page)
        assert tags["SiteName"] == "示例市人民政府门户网站"
        assert tags["SiteDomain"] == "www.example.gov.cn"
        assert tags["SiteIDCode"] == "0000000000"
        assert tags["ColumnName"] == "政府信息公开年报"
        assert tags["ColumnDescription"].startswith("各行政机关的")
        assert tags["ColumnKeywords"] == "政府信息公开,年度报告,依申请公开,行政复议,行政诉讼"
        assert tags["ColumnType"] == "政府信息公开年报"


def test_reports_and_no_other_pages_have_the_tags_of_an_article(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        is_report = re.fullmatch(r"(pingtan|dongcheng/yongdingmenwai)/\d{4}/index\.html", path) is not None
        assert ("ArticleTitle" in tag_names(page)) == is_report, path
    tags = tag_names(pages["pingtan/2020/index.html"])
    assert tags["ArticleTitle"] == main(pages["pingtan/2020/index.html"]).one("h1").text
    assert tags["PubDate"] == "2021-03-05"
    assert tags["ContentSource"]
    assert tags["Author"] == "平潭综合实验区"
    assert tags["Url"] == BASE_URL + "pingtan/2020/"


def test_footer_has_what_the_settings_put_there_and_the_code_of_the_site(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        rows = {row.one("dt").text: row.one("dd").text for row in page.one("footer").one("dl").all("div")}
        assert list(rows) == ["主办单位", "联系电话", "ICP备案号", "公安备案号", "网站标识码"], path
        assert rows["网站标识码"] == "0000000000"


def test_no_tag_is_empty_and_no_date_is_made_up(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        assert "" not in tag_names(page).values(), path
    assert "PubDate" not in tag_names(pages[YONGDINGMENWAI])
    assert "原报告未载明" in main(pages[YONGDINGMENWAI]).text


def test_titles_follow_the_pattern_and_are_unique(pages: dict[str, Element]) -> None:
    titles = {path: page.one("head").one("title").text for path, page in pages.items()}
    assert len(set(titles.values())) == len(titles)
    heading = main(pages["pingtan/2020/index.html"]).one("h1").text
    assert titles["pingtan/2020/index.html"] == f"{heading}_政府信息公开年报_示例市人民政府门户网站"
    assert titles["index.html"] == "政府信息公开工作年度报告汇编_示例市人民政府门户网站"


def test_canonical_address_is_the_folder_on_the_host(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        found = [tag.get("href") for tag in page.all("link", rel="canonical")]
        assert found == ([] if path == "404.html" else [BASE_URL + path.removesuffix("index.html")])


def test_breadcrumb_leads_from_the_host_to_the_page(pages: dict[str, Element]) -> None:
    items = pages["pingtan/2020/index.html"].one("nav", class_="breadcrumb").all("li")
    heading = main(pages["pingtan/2020/index.html"]).one("h1").text
    assert [item.text for item in items] == [
        "首页",
        "政务公开",
        "政府信息公开",
        "政府信息公开工作年度报告汇编",
        "平潭综合实验区",
        heading,
    ]
    assert [item.one("a").get("href") for item in items[3:5]] == ["../../index.html", "../index.html"]
    assert items[-1].one("span").get("aria-current") == "page"
    home = pages["index.html"].one("nav", class_="breadcrumb").all("li")
    assert [item.text for item in home][-1] == "政府信息公开工作年度报告汇编"
    assert len(home) == 4


def test_every_page_has_one_heading_and_skips_no_level(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        levels = [int(element.tag[1]) for element in page.walk() if re.fullmatch("h[1-6]", element.tag)]
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), path


# --- files for machines ----------------------------------------------------------------------------------------------------


def test_sitemap_names_every_page_but_404_with_dates_from_the_reports(pages: dict[str, Element], demo: Path) -> None:
    urls = ET.parse(demo / "sitemap.xml").getroot()
    found = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in urls}
    assert set(found) == {BASE_URL + path.removesuffix("index.html") for path in pages if path != "404.html"}
    dated = {address: date for address, date in found.items() if date}
    assert dated == {
        f"{BASE_URL}pingtan/{year}/": date for year, date in zip(range(2018, 2023), reversed(DATES), strict=True)
    }


def test_robots_lets_everybody_in_and_names_the_sitemap(demo: Path) -> None:
    robots = (demo / "robots.txt").read_text(encoding="utf-8")
    assert robots == f"User-agent: *\nAllow: /\nSitemap: {BASE_URL}sitemap.xml\n"


def test_feed_has_the_dated_reports_latest_first(demo: Path, pages: dict[str, Element]) -> None:
    feed = ET.parse(demo / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [
        f"{BASE_URL}pingtan/{year}/" for year in (2022, 2021, 2020, 2019, 2018)
    ]
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == [f"{date}T00:00:00+08:00" for date in DATES]
    assert feed.findtext(f"{ATOM}updated") == "2023-02-20T00:00:00+08:00"
    assert feed.findtext(f"{ATOM}title") == "政府信息公开工作年度报告汇编"
    links = {link.get("rel", "alternate"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": BASE_URL, "self": BASE_URL + "feed.xml"}
    for entry in entries:
        assert entry.findtext(f"{ATOM}title")
        assert entry.find(f"{ATOM}link").get("href") == entry.findtext(f"{ATOM}id")  # type: ignore[union-attr]
    for path, page in pages.items():
        (link,) = page.all("link", rel="alternate")
        assert link.get("href").endswith("feed.xml"), path
