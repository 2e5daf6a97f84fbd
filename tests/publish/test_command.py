"""A command of the portal's own: told what changed, run once, remembered only where it worked."""

import sys
from pathlib import Path

import pytest

from gaisite.findings import Place
from gaisite.model.targets import Kind, Target
from gaisite.publish.publishing import Publication, Wishes, publish_site
from tests.publish.sites import QUICK, change_figure, change_much, read_folder, read_manifest

SCRIPT = """
import os, pathlib, shutil, sys
site, changed, removed, fails = sys.argv[1:]
host = pathlib.Path("../host")
for path in pathlib.Path(changed).read_text(encoding="utf-8").splitlines():
    (host / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(os.path.join(site, path), host / path)
    with open("../told.txt", "a", encoding="utf-8") as told:
        told.write(f"{path}\\n")
for path in pathlib.Path(removed).read_text(encoding="utf-8").splitlines():
    (host / path).unlink(missing_ok=True)
assert os.environ["GAISITE_SITE"] == site
if os.path.exists(fails):
    sys.exit("the other side hung up")
"""


def send(project: Path, *command: str, **wishes: object) -> Publication:
    if not command:
        (project / "send.py").write_text(SCRIPT, encoding="utf-8")
        command = (sys.executable, "send.py", "{site}", "{changed}", "{removed}", "../fails")
    target = Target(
        name="own", kind=Kind.COMMAND, address=" ".join(command), command=command, place=Place(file="content/site.yaml")
    )
    return publish_site(Wishes(project=project, target=target, manner=QUICK, **wishes))  # type: ignore[arg-type]


def told(project: Path) -> list[str]:
    path = project.parent / "told.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return lines


def test_command_is_told_what_changed_and_only_that(project: Path) -> None:
    assert send(project).finished
    assert sorted(told(project)) == sorted(read_manifest(project / "site"))
    changed = change_figure(project)
    assert send(project, dry_run=True).findings == ()
    assert told(project) == []
    assert send(project).finished
    assert set(told(project)) == changed
    assert send(project).finished
    assert told(project) == []


def test_command_that_fails_is_told_all_of_it_again(project: Path) -> None:
    assert send(project).finished
    first = told(project)
    change_much(project)
    (project.parent / "fails").touch()
    refused = send(project, allow_delete=True)
    assert [finding.check for finding in refused.findings] == ["publish-failed"]
    assert "the other side hung up" in str(dict(refused.findings[0].facts)["reason"])
    tried = told(project)
    (project.parent / "fails").unlink()
    assert send(project, allow_delete=True).finished
    assert sorted(told(project)) == sorted(tried)
    host = read_folder(project.parent / "host")
    wanted = read_folder(project / "site")
    assert {path: host.get(path) for path in read_manifest(project / "site")} == {
        path: wanted[path] for path in read_manifest(project / "site")
    }
    assert {path for path in host.keys() - wanted.keys() if path in first} <= set(first)
    assert not any("2020" in path for path in host)


@pytest.mark.parametrize("command", [("./no-such-program",), (sys.executable, "-c", "raise SystemExit(4)")])
def test_command_that_cannot_run_is_told(command: tuple[str, ...], project: Path) -> None:
    refused = send(project, *command)
    assert [finding.check for finding in refused.findings] == ["publish-failed"]
    assert str(dict(refused.findings[0].facts)["reason"]).startswith(f"{command[0]}: ")
