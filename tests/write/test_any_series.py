"""After any series of builds and of interference, the site is the outputs and what others put there."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gaisite.findings import ContentError
from gaisite.write import MANIFEST, Output, StaleOutput, read_manifest
from tests.soak import many
from tests.write.modes import MODES, put_by
from tests.write.sites import build, kept, litter, sha256, tree

OURS = ("index.html", "a", "a/index.html", "a/b/index.html", "b", "B/c", "sitemap.xml", "s.css")
THEIRS = ("theirs", "a/theirs", "a/b", "s.css", "c/d/theirs")
contents = st.sampled_from([b"", b"1", b"2"])


class Series(RuleBasedStateMachine):
    """The site on the disk against two dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.site = Path(self.stack.enter_context(tempfile.TemporaryDirectory()), "site").resolve()
        self.ours: dict[str, bytes] = {}
        self.theirs: dict[str, bytes] = {}

    @initialize(mode=st.sampled_from(MODES))
    def begin(self, mode: str) -> None:
        self.stack.enter_context(put_by(mode, self.site))
        build(self.site, {})

    def teardown(self) -> None:
        self.stack.close()

    @rule(files=st.dictionaries(st.sampled_from(OURS), contents), lazily=st.booleans())
    def write(self, files: dict[str, bytes], lazily: bool) -> None:
        outputs = [
            kept(path, content) if lazily and self.ours.get(path) == content else Output(path=path, content=content)
            for path, content in files.items()
        ]
        before = tree(self.site)
        try:
            try:
                written = build(self.site, outputs)
            except StaleOutput:
                written = build(self.site, files)
        except ContentError as error:
            assert error.finding.check in ("output-collision", "output-foreign")
            assert tree(self.site) == before
        else:
            self.ours = files
            assert written.written + written.kept == len(files)

    @rule(path=st.sampled_from(THEIRS), content=contents)
    def put_foreign_file(self, path: str, content: bytes) -> None:
        target = self.site / path
        if path not in self.theirs and not target.exists() and not any(map(Path.is_file, target.parents)):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            if path not in self.ours:
                self.theirs[path] = content

    @rule(path=st.sampled_from(OURS), content=contents)
    def edit_our_file_by_hand(self, path: str, content: bytes) -> None:
        if path in self.ours and (self.site / path).is_file():
            (self.site / path).write_bytes(content)

    @rule(path=st.sampled_from(OURS))
    def delete_our_file_by_hand(self, path: str) -> None:
        if path in self.ours:
            (self.site / path).unlink(missing_ok=True)

    @rule()
    def delete_everything_by_hand(self) -> None:
        shutil.rmtree(self.site)
        self.ours, self.theirs = {}, {}
        build(self.site, {})

    @rule()
    def build_again(self) -> None:
        build(self.site, self.ours)
        found = {path: content for path, content in tree(self.site).items() if not path.endswith("/")}
        assert found == {**self.theirs, **self.ours}
        assert build(self.site, self.ours).changed == ()

    @invariant()
    def nothing_of_theirs_is_lost(self) -> None:
        assert tree(self.site).items() >= self.theirs.items()

    @invariant()
    def manifest_lists_what_was_written(self) -> None:
        if (self.site / MANIFEST).exists():
            assert read_manifest(self.site) == {path: sha256(content) for path, content in self.ours.items()}
            assert litter(self.site) == []


TestSeries = pytest.mark.slow(Series.TestCase)
TestSeries.settings = settings(max_examples=many(60, 5000), stateful_step_count=20, deadline=None)
