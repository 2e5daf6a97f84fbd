"""A new portal can be checked and built at once."""

from pathlib import Path

import pytest

from gaisite.build import BuildOptions, build_site, check_site
from gaisite.findings import Problems
from gaisite.model.portal import Portal
from gaisite.read.files import Source
from gaisite.read.settings import LANGUAGES, read_portal
from gaisite.scaffold import PortalWishes, lay_out_portal, write_scaffold
from tests.scaffold.projects import uncomment


def read_settings(source: Source) -> Portal:
    problems = Problems()
    portal = read_portal(source, problems)
    assert problems.findings == []
    assert portal is not None
    return portal


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_portal_without_agencies_passes_check_and_strict_build(tmp_path: Path, language: str) -> None:
    wishes = PortalWishes(language=language, base_url="https://www.example.org/reports/")
    assert write_scaffold(lay_out_portal(tmp_path, wishes), Problems())
    assert check_site(BuildOptions(project=tmp_path, strict=True)).findings == ()
    result = build_site(BuildOptions(project=tmp_path, strict=True))
    assert result.findings == ()
    assert (tmp_path / "site/index.html").is_file()
    assert (tmp_path / "site/about/index.html").is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_that_is_commented_out_can_be_used(tmp_path: Path, language: str) -> None:
    files = lay_out_portal(tmp_path, PortalWishes(language=language)).files
    as_written = read_settings(Source(file="site.yaml", text=files["content/site.yaml"]))
    assert (as_written.language, as_written.base_url, as_written.owner) == (language, "", "")
    in_force = read_settings(uncomment(files["content/site.yaml"]))
    assert in_force.breadcrumb
    assert in_force.footer_links
    assert in_force.column_keywords


def test_what_is_asked_for_stands_in_the_settings(tmp_path: Path) -> None:
    wishes = PortalWishes(language="en", title='  "Open" #1: all ', base_url="https://x.org/a/")
    scaffold = lay_out_portal(tmp_path, wishes)
    portal = read_settings(Source(file="site.yaml", text=scaffold.files["content/site.yaml"]))
    assert (portal.title, portal.language, portal.base_url) == ('"Open" #1: all', "en", "https://x.org/a/")
    assert scaffold.files["README.txt"].startswith('"Open" #1: all\n')


def test_no_template_has_a_name_that_is_not_filled(tmp_path: Path) -> None:
    for language in LANGUAGES:
        for text in lay_out_portal(tmp_path, PortalWishes(language=language)).files.values():
            assert "${" not in text
            assert text.endswith("\n")
