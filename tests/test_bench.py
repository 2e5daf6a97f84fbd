"""The benchmark compares like with like: the same portal for both, the same every time."""

from pathlib import Path

import pytest

from bench.corpus import write_corpus
from bench.hugo_site import Way, write_hugo_site
from bench.subjects import prepare
from gaisite.build import BuildOptions, check_site
from gaisite.build.project import Common, read_common
from gaisite.findings import Problems, Severity
from gaisite.read.forms import read_forms
from gaisite.read.places import PACKAGE_FORMS
from tests.build.portals import read_tree


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    write_corpus(tmp_path / "one", read_forms((PACKAGE_FORMS,), tmp_path, Problems()), 2, 5)
    return tmp_path / "one"


@pytest.fixture
def common(portal: Path) -> Common:
    common = read_common(portal, Problems(), drafts=False, base_url=None)
    assert common is not None
    return common


def test_the_corpus_is_always_the_same_and_nothing_is_wrong_with_it(portal: Path, common: Common) -> None:
    other = portal.parent / "other"
    write_corpus(other, common.forms, 2, 5)
    assert read_tree(portal / "content") == read_tree(other / "content")
    result = check_site(BuildOptions(project=portal, jobs=1))
    assert result.reports == 10
    assert not result.count(Severity.ERROR)
    assert not result.count(Severity.WARNING)


@pytest.mark.parametrize("way", Way)
def test_hugo_has_every_report_and_figure(portal: Path, common: Common, way: Way) -> None:
    project = portal.parent / "hugo"
    write_hugo_site(project, common, 2, 5, way)
    texts = [path.read_text(encoding="utf-8") for path in project.rglob("agency-0000*/*.md")]
    texts += [path.read_text(encoding="utf-8") for path in project.glob("assets/agencies/*.json")]
    assert sum(text.count("年政府信息公开工作年度报告") for text in texts) == 10
    assert sum(text.count("applications.new.total") for text in texts) == 10
    assert (project / "content" / "_content.gotmpl").exists() == (way is Way.ADAPTER)


def test_one_figure_and_one_template_can_be_changed(tmp_path: Path) -> None:
    for subject in prepare(tmp_path / "work", "hugo", 1, 5):
        before = read_tree(subject.project)
        subject.change_figure(1)
        subject.change_template(1)
        changed = {name for name, digest in read_tree(subject.project).items() if before[name] != digest}
        assert changed == {subject.figures, subject.template}
        with pytest.raises(SystemExit, match="nothing to change"):
            subject.replace(subject.template, subject.figure, "1")
        subject.site.mkdir()
        subject.forget()
        assert not subject.site.exists()
