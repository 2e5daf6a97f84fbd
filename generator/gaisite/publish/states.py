"""The list, kept on the host beside the site, of the files that gaisite put there: only these are ever removed."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from gaisite.write.paths import is_safe_path

STATE = ".gaisite-published.json"
"""The name of the file on the host."""
VERSION = 1
DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What gaisite knows of a host."""

    files: Mapping[str, str] = field(default_factory=dict)
    """The sha256 of each file that is there, by path."""
    pending: Collection[str] = ()
    """Files that a publish had begun to put there or to replace: they may be there in any version, or not."""
    retired: Collection[str] = ()
    """Files that no page needs any more, left for those who still have an older page open."""


def write_state(state: State) -> bytes:
    """The list as it is stored: sorted, one line a file."""
    record = {
        "digest": digest_state(state),
        "files": dict(state.files),
        "pending": sorted(state.pending),
        "retired": sorted(state.retired),
        "version": VERSION,
    }
    return (json.dumps(record, ensure_ascii=False, indent=0, sort_keys=True) + "\n").encode()


def read_state(raw: bytes) -> State | None:
    """The stored list; None where it is damaged or names what gaisite never writes."""
    try:
        record = json.loads(raw)
        files, pending, retired = record["files"], record["pending"], record["retired"]
        state = State(files=dict(files), pending=frozenset(pending), retired=frozenset(retired))
        trusted = all(DIGEST.fullmatch(digest) for digest in state.files.values())
        safe = all(is_safe_path(path) for path in (*state.files, *state.pending, *state.retired))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    # A list that somebody has changed must not lead to the removal of what is not ours.
    return state if trusted and safe and record.get("digest") == digest_state(state) else None


def digest_state(state: State) -> str:
    """One sha256 over all that a list says."""
    tree = hashlib.sha256()
    for path in sorted(state.files):
        tree.update(f"{path}\0{state.files[path]}\n".encode())
    for name, paths in (("pending", state.pending), ("retired", state.retired)):
        tree.update("".join(f"{name}\0{path}\n" for path in sorted(paths)).encode())
    return tree.hexdigest()
