"""The portal as a part of its host: former addresses, the host's header and footer, content to be pasted, tools for readers."""

from pathlib import Path

import pytest

from gaisite.build import BuildOptions, build_site
from gaisite.build.fragments import write_fragments
from gaisite.cli import run
from gaisite.render.fragments import write_fragment
from tests.build.portals import OFFICE, build, change_files, make_portal, read_tree, write_report
from tests.render.pages import Element, read_page

BASE = "https://www.example.gov.cn/zwgk/"
SETTINGS = f"title: 年报\nbase_url: {BASE}\n"


def check(project: Path) -> list[tuple[str, str, int]]:
    result = build_site(BuildOptions(project=project))
    return [(finding.check, finding.place.file, finding.place.line) for finding in result.findings]


# --- former addresses ---------------------------------------------------------------------------------------------------


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    project = make_portal(
        tmp_path / "project",
        {
            "content/site.yaml": SETTINGS,
            f"{OFFICE}/agency.yaml": "name: 某街道\naliases: [old/office/]\n",
            f"{OFFICE}/2021/report.md": write_report("published: 2022-01-20\naliases: [nb/t20220120_1.shtml, 2021]"),
            "content/pages/about.md": "---\ntitle: 关于\naliases: [guanyu/]\n---\n正文。\n",
        },
    )
    build(project)
    return project


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("old/office/index.html", "office/"),
        ("old/office/2021/index.html", "office/2021/"),
        ("old/office/comparison/index.html", "office/comparison/"),
        ("nb/t20220120_1.shtml", "office/2021/"),
        ("2021/index.html", "office/2021/"),
        ("guanyu/index.html", "about/"),
    ],
)
def test_former_address_leads_to_the_page(moved: Path, old: str, new: str) -> None:
    site = moved / "site"
    page = read_page(site / old)
    (refresh,) = [tag for tag in page.all("meta") if tag.get("http-equiv") == "refresh"]
    address = refresh.get("content").removeprefix("0; url=")
    assert (site / old).parent.joinpath(address).resolve() == (site / new / "index.html").resolve()
    assert page.one("main").one("a").get("href") == address
    assert [tag.get("href") for tag in page.all("link")] == [BASE + new]
    assert [tag.get("content") for tag in page.all("meta") if tag.get("name") == "robots"] == ["noindex"]
    assert page.one("html").get("lang") == "zh-CN"
    assert f"{BASE}{old.removesuffix('index.html')}</loc>" not in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_former_addresses_stay_while_nothing_changes_and_go_with_their_page(moved: Path) -> None:
    tree = read_tree(moved / "site")
    assert build(moved).written.changed == ()  # type: ignore[union-attr]
    assert read_tree(moved / "site") == tree
    change_files(moved, {f"{OFFICE}/agency.yaml": "name: 某街道\n"})
    build(moved)
    assert not (moved / "site/old").exists()


@pytest.mark.parametrize(
    "address",
    [
        "/2020/",
        "../2020/",
        "a/../b",
        "a b/",
        "a?b=1",
        "a#b",
        "con/",
        "a//b",
        "a\\\\b",
        "C:/a",
        ".hidden/",
        "https://a.cn/b",
    ],
)
def test_address_that_is_none_everywhere_is_refused(address: str, tmp_path: Path) -> None:
    project = make_portal(tmp_path, {f"{OFFICE}/agency.yaml": f'name: 某街道\naliases: ["{address}"]\n'})
    assert check(project) == [("alias-invalid", "content/office/agency.yaml", 2)]


def test_former_address_that_another_page_has_is_refused(tmp_path: Path) -> None:
    project = make_portal(tmp_path, {f"{OFFICE}/agency.yaml": "name: 某街道\naliases: [years/2021/]\n"})
    assert check(project) == [("alias-taken", "content/office/agency.yaml", 2)]
    assert not (project / "site").exists()


def make_parent(project: Path, settings: str = "") -> Path:
    """An agency that was below another one, and is beside it now."""
    return make_portal(
        project,
        {
            "content/site.yaml": f"{SETTINGS}{settings}",
            "content/county/agency.yaml": "name: 某县\n",
            f"{OFFICE}/agency.yaml": "name: 某街道\naliases: [county/office/]\n",
        },
    )


def test_former_address_below_another_agency_is_told_once_for_all_its_pages(tmp_path: Path) -> None:
    assert check(make_parent(tmp_path)) == [("alias-taken", f"{OFFICE}/agency.yaml", 2)]


@pytest.mark.parametrize("moved", ["county/office/", "[old/, county/Office]"])
def test_agency_that_moved_keeps_the_addresses_that_the_portal_leaves_to_it(moved: str, tmp_path: Path) -> None:
    project = make_parent(tmp_path, f"moved: {moved}\n")
    build(project)
    assert (project / "site/county/office/2021/index.html").is_file()


@pytest.mark.parametrize("moved", ["county/", "county/offices/", "county/office/2021/"])
def test_what_the_portal_leaves_is_what_it_says(moved: str, tmp_path: Path) -> None:
    expected = [] if moved == "county/" else [("alias-taken", f"{OFFICE}/agency.yaml", 2)]
    assert check(make_parent(tmp_path, f"moved: {moved}\n")) == expected


# --- the host's frame ---------------------------------------------------------------------------------------------------


HEADER = '<header class="host"><a href="/">某市人民政府</a> &amp; <img src="/logo.png" alt=""></header>'


def frame(project: Path, settings: str, **files: str) -> Path:
    named = {f"content/host/{name}.html": text for name, text in files.items()}
    return make_portal(project, {"content/site.yaml": f"{SETTINGS}host: {settings}\n", **named})


def test_header_and_footer_of_the_host_are_around_every_page(tmp_path: Path) -> None:
    settings = "{header: host/header.html, footer: host/footer.html, styles: [/css/site.css, own.css]}"
    build(frame(tmp_path, settings, header=HEADER, footer="<footer>主办：某市</footer>"))
    for path in ("index.html", "office/2021/index.html", "404.html"):
        text = (tmp_path / "site" / path).read_text(encoding="utf-8")
        assert text.index('class="skip"') < text.index(HEADER) < text.index('class="site-header"') < text.index("<main")
        assert text.index("</main>") < text.index('class="site-footer"') < text.index("<footer>主办：某市</footer>")
    page = read_page(tmp_path / "site/office/2021/index.html")
    styles = [link.get("href") for link in page.all("link") if link.get("rel") == "stylesheet"]
    assert styles[:2] == ["/css/site.css", "../../own.css"]
    assert len(page.all("h1")) == 1


def test_host_may_take_the_place_of_the_portals_own_frame(tmp_path: Path) -> None:
    build(frame(tmp_path, "{header: host/header.html, only: true}", header=HEADER))
    page = read_page(tmp_path / "site/index.html")
    assert page.all("header", class_="site-header") == []
    assert page.all("footer") == []
    assert page.one("nav", class_="breadcrumb")


def test_change_of_the_hosts_frame_changes_every_page(tmp_path: Path) -> None:
    project = frame(tmp_path, "{header: host/header.html}", header=HEADER)
    build(project)
    change_files(project, {"content/host/header.html": "<p>另一个页头</p>"})
    build(project)
    assert "另一个页头" in (project / "site/office/2021/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("settings", "text", "found"),
    [
        ("{header: host/nowhere.html}", "x", ("host-missing", "content/site.yaml", 3)),
        ("{header: ../host.html}", "x", ("host-missing", "content/site.yaml", 3)),
        ("{header: host/header.html}", "<p>\n<script>x</script>", ("host-markup", "content/host/header.html", 2)),
        ("{header: host/header.html}", "<!DOCTYPE html><html>", ("host-markup", "content/host/header.html", 1)),
        ("{header: host/header.html}", "<h1>某市</h1>", ("host-markup", "content/host/header.html", 1)),
        ("{styles: [https://cdn.example.com/a.css]}", "x", ("link-refused", "content/site.yaml", 3)),
        ("{styles: [//cdn.example.com/a.css]}", "x", ("link-refused", "content/site.yaml", 3)),
    ],
)
def test_frame_that_cannot_be_used_is_refused(
    settings: str, text: str, found: tuple[str, str, int], tmp_path: Path
) -> None:
    assert check(frame(tmp_path, settings, header=text)) == [found]


def test_agency_cannot_be_called_as_the_hosts_folder_is(tmp_path: Path) -> None:
    project = make_portal(tmp_path, {"content/host/agency.yaml": "name: 某局\n"})
    assert ("agency-folder-name", "content/host", 0) in check(project)


def test_footer_leads_to_the_registers(tmp_path: Path) -> None:
    footer = 'footer: {主办单位: 某市, ICP备案号: {text: 某ICP备1号, url: "https://beian.miit.gov.cn/"}}\n'
    build(make_portal(tmp_path, {"content/site.yaml": SETTINGS + footer}))
    found = read_page(tmp_path / "site/index.html").one("footer")
    (link,) = [each for each in found.all("a") if each.text == "某ICP备1号"]
    assert link.get("href") == "https://beian.miit.gov.cn/"
    assert found.all("img") == []
    bad = make_portal(
        tmp_path / "bad", {"content/site.yaml": "title: x\nfooter: {ICP备案号: {text: a, url: 'javascript:x'}}\n"}
    )
    assert check(bad) == [("link-refused", "content/site.yaml", 2)]


# --- content to be pasted -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pasted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_portal(tmp_path_factory.mktemp("pasted") / "p", {"content/site.yaml": SETTINGS})
    assert run(["-C", str(project), "build", "--fragment"]) == 0
    return project


def cells(found: Element) -> list[tuple[str, list[str]]]:
    """The cells of all tables, each with the texts of its headers."""
    heads = {cell.get("id"): cell.text for cell in found.all("th")}
    return [(cell.text, [heads[head] for head in cell.get("headers").split()]) for cell in found.all("td")]


@pytest.mark.parametrize("path", ["office/2021/index.html", "office/comparison/index.html", "years/2021/index.html"])
def test_content_has_the_same_cells_under_the_same_headers(pasted: Path, path: str) -> None:
    page, fragment = read_page(pasted / "site" / path).one("main"), read_page(pasted / "fragments" / path)
    assert cells(fragment) == cells(page)
    assert [caption.text for caption in fragment.all("caption")] == [caption.text for caption in page.all("caption")]
    assert all("border" in cell.get("style") for cell in (*fragment.all("td"), *fragment.all("th")))
    assert all("text-align:right" in cell.get("style") for cell in fragment.all("td") if cell.text.isdigit())
    for left_out in ("h1", "svg", "script", "button", "main", "header", "footer"):
        assert fragment.all(left_out) == []
    assert [element.tag for element in fragment.walk() if "class" in element.attributes] == []


def test_content_stands_for_itself_wherever_it_is_pasted(pasted: Path) -> None:
    fragment = read_page(pasted / "fragments/office/2021/index.html")
    ids = [element.get("id") for element in fragment.walk() if element.get("id")]
    assert ids
    assert all(each.startswith("g-") for each in ids)
    for link in fragment.all("a"):
        address = link.get("href")
        assert address.startswith(("https://", "mailto:", "tel:")) or address.removeprefix("#") in ids, address
    for name in ("headers", "aria-labelledby", "aria-describedby"):
        assert {each for element in fragment.walk() for each in element.get(name).split()} <= {*ids, ""}


def test_what_is_nothing_without_the_site_is_left_out(pasted: Path) -> None:
    assert not (pasted / "fragments/404.html").exists()
    assert not (pasted / "fragments/robots.txt").exists()
    assert (pasted / "fragments/index.html").is_file()
    assert (pasted / "site/404.html").is_file()


def test_content_is_written_again_only_where_it_changed(pasted: Path) -> None:
    others = (pasted / "content", pasted, pasted / "themes")
    again = write_fragments(pasted / "site", pasted / "fragments", BASE, others, force=False)
    assert again.changed == ()


def test_second_build_that_has_nothing_to_do_leaves_the_content_as_it_is(
    pasted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_tree(pasted / "fragments")
    assert run(["-C", str(pasted), "--lang", "en", "build", "--fragment"]) == 0
    assert "Nothing changed" in capsys.readouterr().out
    assert read_tree(pasted / "fragments") == before


def test_folder_of_somebody_else_is_not_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = make_portal(tmp_path / "p")
    (project / "fragments").mkdir()
    (project / "fragments/own.txt").write_text("x", encoding="utf-8")
    assert run(["-C", str(project), "--lang", "en", "build", "--fragment"]) == 1
    assert "holds files that gaisite did not make" in capsys.readouterr().err


def test_markup_is_kept_to_the_letter() -> None:
    page = (
        '<body><main id="main"><h1>x</h1><div class="chart"><p>no</p><br><svg><path d=""/></svg></div>'
        '<p lang="en">a &amp; b &#39;c&#39; &lt;d&gt;<br>e <a href="../x.html?a=1&amp;b=2#c">l</a></p>'
        "<details open><summary>s</summary></details></main><p>after</p></body>"
    )
    assert write_fragment(page, "https://a.cn/b/c/index.html") == (
        '<p lang="en" style="margin:0 0 12px;line-height:1.75">a &amp; b &#39;c&#39; &lt;d&gt;<br>e '
        '<a href="https://a.cn/b/x.html?a=1&amp;b=2#c">l</a></p><details open><summary>s</summary></details>\n'
    )
    assert 'href="../x.html?a=1&amp;b=2#c"' in write_fragment(page, "")


# --- tools for readers --------------------------------------------------------------------------------------------------


def test_tools_are_there_for_the_script_to_show(pasted: Path) -> None:
    page = read_page(pasted / "site/office/2021/index.html")
    (tools,) = [each for each in page.all("section") if "data-tools" in each.attributes]
    assert "hidden" in tools.attributes
    assert [(button.text, button.get("aria-label")) for button in tools.all("button")] == [
        ("标准", "标准字号"), ("大", "大字号"), ("特大", "特大字号"), ("打印", ""),
    ]  # fmt: skip
