"""Sites to publish, hosts that fail when they are told to, and a visitor who follows every link."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from gaisite.findings import Place
from gaisite.model.targets import Target
from gaisite.publish import drivers, publishing
from gaisite.publish.execution import Manner, begin_execution
from gaisite.publish.hosts import Host, HostError
from gaisite.publish.plan import Plan, Upload, make_plan
from gaisite.publish.publishing import Publication, Wishes, publish_site
from gaisite.publish.states import STATE, State, read_state
from gaisite.read.targets import parse_target
from gaisite.write import MANIFEST, read_manifest
from tests.build.portals import FIGURES_2021, OFFICE, build, change_files, make_portal, own_theme, write_figures

BASE_PATH = "/zwgk/nb/"
QUICK = Manner(waits=())
Reader = Callable[[str], bytes | None]


def aim(url: str, name: str = "web") -> Target:
    return parse_target(name, url, Place(file="content/site.yaml"))


def publish(project: Path, url: str, **wishes: object) -> Publication:
    settings = {"manner": QUICK, **wishes}
    return publish_site(Wishes(project=project, target=aim(url), **settings))  # type: ignore[arg-type]


def publish_well(project: Path, url: str, **wishes: object) -> Publication:
    done = publish(project, url, **wishes)
    assert done.finished, [(finding.check, finding.facts) for finding in done.findings]
    return done


def make_site(project: Path) -> Path:
    """A small portal, built."""
    make_portal(project)
    build(project)
    return project


def change_figure(project: Path) -> set[str]:
    """Another figure in the report for 2021; the paths of the files that this changes."""
    before = read_manifest(project / "site")
    change_files(project, {f"{OFFICE}/2021/figures.yaml": write_figures(new=6)})
    build(project)
    after = read_manifest(project / "site")
    return {path for path in after if before.get(path) != after[path]}


def change_much(project: Path) -> None:
    """A report less, another more, other looks: so pages, assets and data come, change and go."""
    (own_theme(project) / "css" / "extra.css").write_text("main { color: black; }\n", encoding="utf-8")
    shutil.copytree(project / OFFICE / "2021", project / OFFICE / "2022")
    report = (project / OFFICE / "2022" / "report.md").read_text(encoding="utf-8")
    shutil.rmtree(project / OFFICE / "2020")
    change_files(
        project,
        {
            f"{OFFICE}/2022/figures.yaml": FIGURES_2021.replace("carried_in: {natural_person: 2, total: 2}", "carried_in: {natural_person: 1, total: 1}").replace("carried_out: {natural_person: 1, total: 1}", "carried_out: {natural_person: 0, total: 0}"),
            f"{OFFICE}/2022/report.md": report.replace("2022-01-20", "2023-01-20"),
        },
    )  # fmt: skip
    build(project)


def read_site(site: Path) -> dict[str, bytes]:
    return {path: (site / path).read_bytes() for path in read_manifest(site)}


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file in a folder by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def surely_same(found: Mapping[str, bytes], site: Path, *more: str) -> None:
    """The host holds the site, `more`, and of gaisite's own the list of what it put there, and retired assets."""
    state = read_state(found[STATE])
    assert state is not None
    assert not state.pending
    assert set(found) - {STATE, *more, *state.retired} == set(read_manifest(site))
    assert {path: found[path] for path in read_manifest(site)} == read_site(site)


# --- hosts --------------------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """The process is gone: nothing is done after it, nothing tidied up."""


@dataclass
class MemoryHost:
    """A host that is changed file by file."""

    content: Mapping[str, bytes]
    """What may be put there."""
    files: dict[str, bytes] = field(default_factory=dict)
    owner: bytes = b""

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def claim(self, owner: bytes) -> bytes:
        held, self.owner = self.owner, self.owner or owner
        return held

    def release(self) -> None:
        self.owner = b""

    def send(self, uploads: Sequence[Upload]) -> Iterator[Upload]:
        for upload in uploads:
            self.files[upload.path] = self.content[upload.path]
            yield upload

    def remove(self, paths: Sequence[str]) -> Iterator[str]:
        for path in paths:
            self.files.pop(path, None)
            yield path

    def keep(self, state: bytes) -> None:
        self.files[STATE] = state

    def conclude(self) -> None:
        pass

    def close(self) -> None:
        pass


@dataclass
class FaultyHost:
    """A host that does `sound` operations and then fails; the one that fails may have had its effect all the same."""

    inner: Host
    sound: int
    error: Callable[[], BaseException] = lambda: HostError("the line is dead")
    effect: bool = False
    times: int = 1 << 30
    """How many operations fail."""
    operations: int = 0

    def step(self, act: Callable[[], object]) -> None:
        self.operations += 1
        if self.sound < self.operations <= self.sound + self.times:
            if self.effect and self.operations == self.sound + 1:
                act()
            raise self.error()
        act()

    def read(self, path: str) -> bytes | None:
        return self.inner.read(path)

    def claim(self, owner: bytes) -> bytes:
        return self.inner.claim(owner)

    def release(self) -> None:
        self.inner.release()

    def send(self, uploads: Sequence[Upload]) -> Iterator[Upload]:
        for upload in uploads:
            self.step(lambda upload=upload: list(self.inner.send([upload])))  # type: ignore[misc]
            yield upload

    def remove(self, paths: Sequence[str]) -> Iterator[str]:
        for path in paths:
            self.step(lambda path=path: list(self.inner.remove([path])))  # type: ignore[misc]
            yield path

    def keep(self, state: bytes) -> None:
        self.step(lambda: self.inner.keep(state))

    def conclude(self) -> None:
        self.step(self.inner.conclude)

    def close(self) -> None:
        self.inner.close()


@contextmanager
def failing(**faults: object) -> Iterator[None]:
    """Every host that is opened meanwhile fails like this."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            publishing,
            "open_host",
            lambda shipment: FaultyHost(drivers.open_host(shipment), **faults),  # type: ignore[arg-type]
        )
        yield


def digest_all(content: Mapping[str, bytes]) -> dict[str, str]:
    return {path: hashlib.sha256(raw).hexdigest() for path, raw in content.items()}


def carry(content: Mapping[str, bytes], host: Host) -> Plan:
    """One publish of these files, as `publish_site` does it once it may."""
    raw = host.read(STATE)
    remote = (read_state(raw) if raw is not None else None) or State()
    plan = make_plan(digest_all(content), remote)
    if not plan.is_empty:
        begin_execution(plan, host, remote, QUICK).run()
    return plan


# --- the visitor ----------------------------------------------------------------------------------------------------------


class Links(HTMLParser):
    """What a page leads to, and what it cannot do without."""

    def __init__(self) -> None:
        super().__init__()
        self.needed: list[str] = []
        self.led: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") in ("stylesheet", "icon"):
            self.needed.append(given.get("href") or "")
        elif tag in ("script", "img") and given.get("src"):
            self.needed.append(given["src"] or "")
        elif tag in ("a", "link") and given.get("href"):
            self.led.append(given["href"] or "")


def resolve(page: str, href: str) -> str:
    """The file that a link on a page leads to; empty where it leads elsewhere."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    path = unquote(parts.path)
    place = path.removeprefix(BASE_PATH) if path.startswith(BASE_PATH) else join(page.rpartition("/")[0], path)
    return normpath(join(place, "index.html") if place.endswith("/") or not place else place)


@cache
def read_links(page: str, content: bytes) -> tuple[set[str], set[str]]:
    links = Links()
    links.feed(content.decode())
    needed, led = ({resolve(page, href) for href in each} - {""} for each in (links.needed, links.led))
    return needed, led


def find_broken(read: Reader, starts: Sequence[str] = ("index.html", "404.html")) -> list[str]:
    """What is missing on the pages that a visitor can get to."""
    waiting, seen, broken = [page for page in starts if read(page) is not None], set[str](), list[str]()
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        needed, led = read_links(page, read(page) or b"")
        broken += [f"{page} → {path}" for path in needed | led if read(path) is None]
        waiting += [path for path in led if path.endswith(".html") and read(path) is not None]
    sitemap = read("sitemap.xml")
    if sitemap:
        for place in ElementTree.fromstring(sitemap).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
            path = resolve("", urlsplit(place.text or "").path)
            broken += [f"sitemap.xml → {path}"] if read(path) is None else []
    return broken


def find_bare(files: Mapping[str, bytes]) -> list[str]:
    """Pages on the host, whether anybody is led to them or not, without their assets."""
    return [
        f"{page} → {path}"
        for page, content in files.items()
        if page.endswith(".html")
        for path in read_links(page, content)[0]
        if path not in files
    ]


def hide_manifest(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: raw for path, raw in files.items() if path != MANIFEST}
