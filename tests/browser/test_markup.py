"""The files of the demo portal as other programs read them: valid HTML and CSS, links that arrive, well-formed XML."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.browser.pages import check_markup, find_broken_links, validate_markup

pytestmark = [pytest.mark.nu, pytest.mark.slow, pytest.mark.xdist_group("nu")]


def test_nu_checker_finds_no_error_and_no_warning(nu_tools: None, portal: Path, prefix: str) -> None:
    assert check_markup(portal, prefix) == []


def test_html_validate_finds_nothing(nu_tools: None, portal: Path) -> None:
    assert validate_markup(portal) == []


def test_every_link_leads_somewhere_from_everywhere(portal: Path, prefix: str) -> None:
    assert find_broken_links(portal, prefix) == []


def test_xml_files_are_well_formed(portal: Path) -> None:
    for path in portal.rglob("*.xml"):
        ET.parse(path)
