"""What is installed elsewhere: the wheel and the source archive hold all that gaisite needs outside its repository."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from gaisite import __version__

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("packaging")]

ROOT = Path(__file__).parents[1]
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]


def run(*command: str | Path, cwd: Path) -> str:
    """The output of a command that must succeed, away from whatever this process was told about paths."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    parts = [str(part) for part in command]
    done = subprocess.run(
        parts, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{parts}:\n{done.stdout}{done.stderr}"
    return done.stdout


def build_wheel(source: Path, folder: Path) -> Path:
    """The wheel of a source folder or archive, built from what is installed here, without a network."""
    run(*PIP, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", folder, source, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def read_wheel(wheel: Path) -> dict[str, bytes]:
    """The files of a wheel but for those that tell installers of it."""
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    return {name: content for name, content in files.items() if ".dist-info/" not in name}


def read_folder(folder: Path, prefix: str) -> dict[str, bytes]:
    """The files of a folder of the repository, named as in the wheel."""
    files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {prefix + path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the repository."""
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has this wheel and, from this one, the libraries."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin/python"
    run(*PIP, "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    where = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    # The .pth files of a folder that a .pth file names are not read: the editable gaisite stays out of sight.
    (Path(where.strip()) / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "bin"


def test_wheel_holds_the_package_the_themes_and_the_manual_pages(wheel: Path) -> None:
    expected = read_folder(ROOT / "generator/gaisite", "gaisite/") | read_folder(ROOT / "themes", "gaisite/themes/")
    expected |= read_folder(ROOT / "docs/man", f"gaisite-{__version__}.data/data/share/man/")
    assert read_wheel(wheel) == expected


def test_wheel_of_the_source_archive_is_the_same(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", tmp_path, cwd=ROOT)
    (archive,) = tmp_path.glob("*.tar.gz")
    assert read_wheel(build_wheel(archive, tmp_path)) == read_wheel(wheel)


def test_installed_gaisite_is_not_the_repositorys(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import gaisite; print(gaisite.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_installed_gaisite_makes_and_builds_a_portal(installed: Path, tmp_path: Path) -> None:
    assert "0." in run(installed / "gaisite", "--version", cwd=tmp_path)
    run(installed / "gaisite", "new", "portal", cwd=tmp_path)
    run(installed / "gaisite", "-C", "portal", "build", cwd=tmp_path)
    assert (tmp_path / "portal/site/index.html").is_file()


def test_manual_page_lies_where_man_looks_for_it(installed: Path) -> None:
    assert (installed.parent / "share/man/man1/gaisite.1").read_text(encoding="utf-8").startswith(r".\"")
