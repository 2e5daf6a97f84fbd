"""Keeping what was imported: what would change in the project, and the writing."""

import difflib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import Place, fault
from gaisite.imports.reports import Imported
from gaisite.write.faults import reason_of
from gaisite.write.whole import replace_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A file that is there and would be another one."""

    name: str
    before: str
    after: str

    def diff(self) -> Iterator[str]:
        """The lines of a unified diff, without their line ends."""
        old, new = self.before.splitlines(), self.after.splitlines()
        yield from difflib.unified_diff(old, new, f"a/{self.name}", f"b/{self.name}", lineterm="", n=1)


def list_changes(project: Path, imported: Imported) -> tuple[Change, ...]:
    """The files of a report that are there already and would change; a receipt changes with what it is a receipt of."""
    changes = []
    for name, after in imported.files.items():
        path = project / name
        before = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
        if before is not None and before != after:
            changes.append(Change(name=name, before=before, after=after))
    return tuple(changes)


def save_report(project: Path, imported: Imported) -> None:
    """Write the files of a report and copy what it offers for download; ContentError where that cannot be done."""
    content = (project / "content").resolve()
    for name in (*imported.files, *imported.attachments):
        if not (project / name).parent.resolve().is_relative_to(content):
            raise fault("file-outside", Place(file=name), target=(project / name).parent.resolve().as_posix())
    for name, source in imported.attachments.items():
        try:
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, project / name)
        except OSError as error:
            raise fault("file-unwritable", Place(file=name), reason=reason_of(error)) from error
    for name, text in imported.files.items():
        try:
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            replace_file(project / name, text.encode())
        except OSError as error:
            raise fault("file-unwritable", Place(file=name), reason=reason_of(error)) from error
