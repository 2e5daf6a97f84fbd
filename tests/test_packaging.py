"""What is installed elsewhere: the wheel and the source archive hold all that gaisite needs outside its repository."""

import os
import shutil
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


def run(*command: str | Path, cwd: Path, fine: tuple[int, ...] = (0,)) -> str:
    """The output of a command whose status must be fine, away from whatever this process was told about paths."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    parts = [str(part) for part in command]
    done = subprocess.run(
        parts, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode in fine, f"{parts}:\n{done.stdout}{done.stderr}"
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
    made = build_wheel(archive, tmp_path)
    assert read_wheel(made) == read_wheel(wheel)
    assert made.read_bytes() == wheel.read_bytes()


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


def check_types(installed: Path, folder: Path) -> str:
    """What mypy says of client.py, as somebody has it who installed the wheel."""
    mypy = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--python-executable", installed / "python"]
    return run(*mypy, "client.py", cwd=folder, fine=(0, 1))


def test_another_program_is_checked_against_the_public_names(installed: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests/packaging/client.py", tmp_path)
    assert "Success" in check_types(installed, tmp_path)
    told = run(installed / "python", "client.py", ROOT, cwd=tmp_path)
    assert "2020 21" in told.splitlines()


def test_another_program_that_mistakes_a_public_name_is_told_so(installed: Path, tmp_path: Path) -> None:
    program = "from gaisite import api\n\nyears: list[str] = [each.year for each in api.read_reports('.')]\n"
    (tmp_path / "client.py").write_text(program, encoding="utf-8")
    assert "client.py:3: error: List comprehension has incompatible type" in check_types(installed, tmp_path)
