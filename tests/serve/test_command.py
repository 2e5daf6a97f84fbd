"""`gaisite serve` and `gaisite preview` on the terminal."""

import os
import re
import signal
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import gaisite.serve as serving
from gaisite.build import BuildOptions, BuildResult
from gaisite.cli import cli
from gaisite.cli import serve as command
from gaisite.serve import CannotListen, Listener, Running, ServeOptions
from tests.serve.fakes import SOON, ask, find, result_of, save, wait_until

RUNNING = Running(url="http://127.0.0.1:8000/", port=8000, asked=8000, exposed=False, stop=lambda: None)


class Stage:
    """Instead of the server: tells the listener a story, and keeps what was asked for."""

    def __init__(self, *story: Callable[[Listener], None]) -> None:
        self.story = story
        self.options: ServeOptions | None = None

    def serve(self, options: ServeOptions, listener: Listener, build: object) -> None:
        self.options = options
        for tell in self.story:
            tell(listener)
        raise KeyboardInterrupt


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    def run(stage: Stage, *arguments: str, lang: str = "en", **environment: str) -> Result:
        monkeypatch.setattr(serving, "serve_project", stage.serve)
        environment |= {"GAISITE_LANG": lang}
        everything = ["-C", str(project), *arguments]
        return CliRunner().invoke(cli, everything, env=environment, prog_name="gaisite", standalone_mode=False)

    return run


def test_interrupt_is_how_it_ends(run: Callable[..., Result]) -> None:
    stage = Stage(lambda listener: listener.running(RUNNING))
    result = run(stage, "serve")
    assert result.exception is None
    assert result.return_value == 0
    assert result.stdout.splitlines() == [
        "The preview is at http://127.0.0.1:8000/ (Ctrl-C ends it).",
        "",
        "The preview has ended.",
    ]
    assert "预览在 http://127.0.0.1:8000/ ，按 Ctrl-C 结束。" in run(stage, "preview", lang="zh").stdout
    assert stage.options is not None
    assert stage.options.language == "zh-CN"


def test_options_come_from_the_command_line_or_the_environment(run: Callable[..., Result], project: Path) -> None:
    stage = Stage()
    run(stage, "serve", "--host", "::1", "--port", "0", "--drafts", "--strict", "--open")
    options = stage.options
    assert options is not None
    assert (options.project, options.host, options.port, options.drafts, options.strict) == (
        project,
        "::1",
        0,
        True,
        True,
    )
    assert options.open_url is webbrowser.open
    for name in ("serve", "preview"):
        run(stage, name, GAISITE_SERVE_PORT="9000", GAISITE_SERVE_HOST="localhost", GAISITE_SERVE_DRAFTS="1")
        assert stage.options is not None
        assert (stage.options.port, stage.options.host, stage.options.drafts) == (9000, "localhost", True)
        assert (stage.options.strict, stage.options.open_url) == (False, None)


def test_mount_is_read_from_the_settings(run: Callable[..., Result], project: Path) -> None:
    stage = Stage()
    for settings, mount in (
        (b"title: A\nbase_url: https://www.example.gov.cn/a/b/\n", "/a/b/"),
        (b"title: A\n", ""),
        (b"- not\n- settings\n", ""),
        (b"title: [\n", ""),
        (b"title: \xff\n", ""),
    ):
        (project / "content" / "site.yaml").write_bytes(settings)
        run(stage, "serve")
        assert stage.options is not None
        assert stage.options.mount == mount


def test_themes_are_watched(run: Callable[..., Result], project: Path) -> None:
    (project / "themes").mkdir()
    stage = Stage()
    run(stage, "serve")
    assert stage.options is not None
    assert project / "themes" in stage.options.roots
    assert len(stage.options.roots) == len(set(stage.options.roots))


def test_another_port_and_other_machines_are_told(run: Callable[..., Result]) -> None:
    running = Running(url="http://127.0.0.1:8002/", port=8002, asked=8000, exposed=True, stop=lambda: None)
    stage = Stage(lambda listener: listener.running(running))
    result = run(stage, "serve")
    assert "Port 8000 is taken; 8002 it is." in result.stdout
    assert "Warning: other machines" in result.stderr
    result = run(stage, "serve", lang="zh")
    assert "端口 8000 已被占用，改用 8002。" in result.stdout
    assert "警告：" in result.stderr


def test_any_port_is_no_other_port(run: Callable[..., Result]) -> None:
    running = Running(url="http://127.0.0.1:8002/", port=8002, asked=0, exposed=False, stop=lambda: None)
    assert "taken" not in run(Stage(lambda listener: listener.running(running)), "serve").stdout


def test_builds_are_told(run: Callable[..., Result]) -> None:
    good = result_of(find("odd"), digest="1", changed=("index.html", "a.html"))
    stage = Stage(
        lambda listener: listener.built(good, 0.123),
        lambda listener: listener.built(result_of(find("odd"), digest="1"), 0.1),
        lambda listener: listener.built(result_of(find("wrong"), find("odd")), 0.1),
        lambda listener: listener.built(result_of(find("wrong"), find("odd")), 0.1),
        lambda listener: listener.built(result_of(digest="2", changed=("index.html",)), 0.1),
    )
    result = run(stage, "serve")
    assert result.stdout.splitlines()[:3] == [
        "2 files updated in 0.12 s.",
        "Nothing changed.",
        "1 file updated in 0.10 s.",
    ]
    assert result.stderr.count("content/index.html: warning: “x” is wrong [odd]") == 3
    assert result.stderr.count("content/index.html: error: “x” is wrong [wrong]") == 2
    assert result.stderr.count("Not updated") == 2
    result = run(stage, "serve", lang="zh")
    assert result.stdout.splitlines()[:2] == ["已更新 2 个文件（0.12 秒）。", "没有变化。"]
    assert "没有更新：" in result.stderr


def test_crash_is_told_with_its_traceback(run: Callable[..., Result]) -> None:
    result = run(Stage(lambda listener: listener.crashed(ZeroDivisionError("in a template"))), "serve")
    assert "ZeroDivisionError: in a template\nThe build failed; the preview was not updated." in result.stderr


@pytest.mark.parametrize(
    ("reason", "english", "chinese"),
    [
        ("", "127.0.0.1:8000 and the 20 ports after it are taken", "127.0.0.1:8000 及其后 20 个端口都已被占用"),
        ("Permission denied", "Cannot serve at 127.0.0.1:8000: Permission denied", "不能在 127.0.0.1:8000 上提供预览"),
    ],
)
def test_port_that_cannot_be_had_is_a_mistake_of_usage(
    run: Callable[..., Result], reason: str, english: str, chinese: str
) -> None:
    def refuse(listener: Listener) -> None:
        raise CannotListen("127.0.0.1", 8000, reason)

    for lang, message in (("en", english), ("zh", chinese)):
        error = run(Stage(refuse), "serve", lang=lang).exception
        assert isinstance(error, click.UsageError)
        assert message in error.message


def test_build_shows_its_progress(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []

    def build(options: BuildOptions) -> BuildResult:
        options.progress(1, 1, "a")
        built.append(options)
        return result_of()

    monkeypatch.setattr(command, "build_site", build)
    options = ServeOptions(project=project, drafts=True).build
    command.Teller(project=project, language="en").build(options)
    assert [(each.site, each.drafts) for each in built] == [(project / ".gaisite" / "preview", True)]


def test_help_is_in_both_languages(run: Callable[..., Result]) -> None:
    assert "reload it after every save" in run(Stage(), "serve", "--help").stdout
    assert "[default: 8000]" in run(Stage(), "preview", "--help").stdout
    chinese = run(Stage(), "preview", "--help", lang="zh").stdout
    assert "保存后自动刷新" in chinese
    assert "gaisite preview" in chinese


SERVE = """
import signal

# Whoever starts the tests in the background may have told them to ignore an interrupt; a terminal does not.
signal.signal(signal.SIGINT, signal.default_int_handler)
import sys
import gaisite.cli.serve
from gaisite.cli import run
from tests.serve.fakes import copy_site

gaisite.cli.serve.build_site = copy_site
sys.exit(run(["--lang", "en", "-C", sys.argv[1], "serve", "--port", "0"]))
"""


@contextmanager
def command_line(project: Path) -> "Iterator[subprocess.Popen[str]]":
    """`gaisite serve` in a process of its own."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "generator")])}
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SERVE, str(project)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_interrupted_process_ends_well_and_quietly(project: Path) -> None:
    with command_line(project) as process:
        killer = threading.Timer(3 * SOON, process.kill)
        killer.start()
        assert process.stdout is not None
        port = 0
        while not port:
            line = process.stdout.readline()
            assert line, process.communicate()
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            port = int(found[1]) if found else 0
        assert b"first" in ask(port, "/").body
        save(project, "second")
        wait_until(lambda: b"second" in ask(port, "/").body)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=SOON)
        killer.cancel()
    assert errors == ""
    assert output.endswith("The preview has ended.\n")
    assert process.returncode == 0
