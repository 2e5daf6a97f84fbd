"""Publishing: the site as it was built is held against what is on the host, and what differs is carried over."""

import datetime
import getpass
import hashlib
import json
import secrets
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from gaisite.build import BuildOptions, BuildResult
from gaisite.build.recall import build_or_recall
from gaisite.build.standing import compare_site
from gaisite.findings import Finding, Problems, Severity, fault
from gaisite.model.targets import Target
from gaisite.publish.drivers import Shipment, open_host
from gaisite.publish.execution import Manner, begin_execution
from gaisite.publish.hosts import Host, HostError
from gaisite.publish.plan import Plan, make_plan
from gaisite.publish.states import STATE, State, read_state
from gaisite.write import Written, lock_site, read_manifest
from gaisite.write.faults import shown_path
from gaisite.write.files import file_digest, make_folder
from gaisite.write.manifest import has_manifest, tree_digest

MEMORY = ".gaisite/publish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What to publish, and how."""

    project: Path
    target: Target
    output: Path | None = None
    """The folder with the site; None: the project's folder site/."""
    build: bool = False
    """Build first."""
    strict: bool = False
    """Warnings forbid it too."""
    base_url: str | None = None
    dry_run: bool = False
    """Only tell what would be done."""
    allow_delete: bool = False
    """However many files are to be deleted."""
    force: bool = False
    """Over files that gaisite did not put there."""
    break_lock: bool = False
    """Though another publisher seems to be at it."""
    manner: Manner = field(default_factory=Manner)

    @property
    def options(self) -> BuildOptions:
        """How the site was built, or is to be."""
        base_url = self.base_url or self.target.base_url or None
        return BuildOptions(project=self.project, output=self.output, strict=self.strict, base_url=base_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What came of it."""

    result: BuildResult
    """Of the build, or of holding the site against its sources."""
    findings: tuple[Finding, ...] = ()
    """What kept it from being done, or from being finished."""
    plan: Plan | None = None
    """None: nothing was to be published."""
    done: int = 0
    """How many files were put there or deleted."""
    begun: bool = False
    """Whether anything on the host may have changed."""
    finished: bool = False
    """Whether the host holds the site now."""


@dataclass(slots=True)
class Progress:
    """How far a publish came."""

    plan: Plan | None = None
    done: int = 0
    begun: bool = False
    finished: bool = False


def publish_site(wishes: Wishes) -> Publication:
    """Carry the site over to its host, or tell what forbids it; a dry run only tells what would be done.

    Nothing is deleted after a failure, never what gaisite did not put there. What was begun is finished by the next
    run.
    """
    problems, progress = Problems(), Progress()
    result, findings = examine_site(wishes)
    problems.findings.extend(findings)
    if result.written is not None and not findings:
        with problems.gather(), lock_site(wishes.options.site):
            local = read_local(wishes, result.written)
            carry_over(wishes, local, progress)
    return Publication(
        result=result,
        findings=tuple(problems.findings),
        plan=progress.plan,
        done=progress.done,
        begun=progress.begun,
        finished=progress.finished,
    )


def examine_site(wishes: Wishes) -> tuple[BuildResult, list[Finding]]:
    """What a build comes to, and what speaks against publishing the site besides the findings of that."""
    options, place = wishes.options, wishes.target.place
    shown = shown_path(options.site)
    if wishes.build:
        return stop_at_findings(build_or_recall(options), options), []
    if not has_manifest(options.site):
        result, _ = compare_site(options)
        return result, [fault("publish-unbuilt", place, folder=shown).finding]
    result, differing = compare_site(options)
    result = stop_at_findings(result, options)
    if result.written is None or not differing:
        return result, []
    stale = fault("publish-stale", place, folder=shown, count=len(differing), example=differing[0])
    return result, [stale.finding]


def stop_at_findings(result: BuildResult, options: BuildOptions) -> BuildResult:
    """The result without a site where a finding forbids it."""
    stops = result.count(Severity.ERROR) or (options.strict and result.count(Severity.WARNING))
    return replace(result, written=None) if stops else result


def read_local(wishes: Wishes, written: Written) -> Mapping[str, str]:
    """The files of the site; ContentError where it is no longer the one that was looked at."""
    local = read_manifest(wishes.options.site)
    if tree_digest(local) != written.digest:
        raise fault("publish-altered", wishes.target.place, path=shown_path(wishes.options.site))
    return local


def carry_over(wishes: Wishes, local: Mapping[str, str], progress: Progress) -> None:
    """Plan and carry out; ContentError for all that forbids it or fails."""
    target = wishes.target
    memory = wishes.project / MEMORY / hashlib.sha256(target.address.encode()).hexdigest()[:12]
    make_folder(memory)
    shipment = Shipment(
        target=target, site=wishes.options.site, paths=tuple(sorted(local)), project=wishes.project, memory=memory
    )
    try:
        with lock_site(memory), closing(open_host(shipment)) as host:
            if wishes.dry_run:
                progress.plan, _ = plan_publication(wishes, host, local)
                return
            with claim_host(wishes, host):
                progress.plan, remote = plan_publication(wishes, host, local)
                check_deletions(wishes, progress.plan)
                execute(wishes, host, remote, progress)
    except HostError as error:
        check = "publish-failed" if progress.begun else "publish-unreachable"
        raise fault(check, target.place, name=target.name, path=error.path, reason=error.reason) from error


def execute(wishes: Wishes, host: Host, remote: State, progress: Progress) -> None:
    """Carry the plan out."""
    plan = progress.plan
    if plan is not None and not plan.is_empty:
        execution = begin_execution(plan, host, remote, wishes.manner)
        progress.begun = True
        try:
            execution.run()
        finally:
            progress.done = execution.done
    progress.finished = True


def plan_publication(wishes: Wishes, host: Host, local: Mapping[str, str]) -> tuple[Plan, State]:
    """What is to be done on a host, and what gaisite knows of it; ContentError where it cannot be done."""
    remote = read_remote(wishes, host)
    plan = make_plan(local, remote)
    site = wishes.options.site
    for upload in plan.uploads:
        if file_digest(site / upload.path) != upload.digest:
            raise fault("publish-altered", wishes.target.place, path=shown_path(site / upload.path))
    return plan, remote


def read_remote(wishes: Wishes, host: Host) -> State:
    """What gaisite knows of the host; ContentError where others have put a site there."""
    target = wishes.target
    raw = host.read(STATE)
    state = read_state(raw) if raw is not None else None
    if state is None and not wishes.force:
        if raw is not None:
            raise fault("publish-damaged", target.place, name=target.name, file=STATE)
        if host.read("index.html") is not None:
            raise fault("publish-foreign", target.place, name=target.name)
    return state or State()


def check_deletions(wishes: Wishes, plan: Plan) -> None:
    """ContentError where more is to be deleted than is usual."""
    if plan.weighty > plan.limit and not wishes.allow_delete:
        target = wishes.target
        raise fault(
            "publish-deletions", target.place, name=target.name, count=plan.weighty, known=plan.known, limit=plan.limit
        )


@contextmanager
def claim_host(wishes: Wishes, host: Host) -> Iterator[None]:
    """Keep other publishers out; ContentError where one is in. What a killed run of this project left is taken over."""
    owner = name_owner(wishes.project)
    holder = host.claim(write_owner(owner))
    if holder and (wishes.break_lock or read_owner(holder).get("owner") == owner):
        host.release()
        holder = host.claim(write_owner(owner))
    if holder:
        found = read_owner(holder)
        raise fault(
            "publish-locked",
            wishes.target.place,
            name=wishes.target.name,
            who=found.get("who", "?"),
            since=found.get("since", ""),
        )
    try:
        yield
    finally:
        with suppress(HostError):
            host.release()


def name_owner(project: Path) -> str:
    """What this project's publishes are known by, made up once."""
    path = project / MEMORY / "publisher"
    if not path.is_file():
        make_folder(path.parent)
        path.write_text(secrets.token_hex(8), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def write_owner(owner: str) -> bytes:
    """Who publishes, for those who find the host locked."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = "?"
    since = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return json.dumps({"owner": owner, "who": f"{user}@{socket.gethostname()}", "since": since}).encode()


def read_owner(raw: bytes) -> Mapping[str, str]:
    """Who publishes; nothing where it cannot be read."""
    try:
        record = json.loads(raw)
    except ValueError:
        return {}
    return {key: str(value) for key, value in record.items()} if isinstance(record, dict) else {}
