"""Whose turn it is in a build: an agency after those below it, with all that its pages depend on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gaisite.build.keys import UNREAD, OwnFiles, hash_ancestor, hash_own, list_names, make_key
from gaisite.build.known import Known, Memory, tell_status
from gaisite.build.project import Common
from gaisite.build.settled import Seen
from gaisite.read.folders import AgencyFolder, list_ancestors


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An agency whose turn it is."""

    folder: AgencyFolder
    ancestors: Sequence[AgencyFolder]
    children: Sequence[str]
    key: str = ""
    own: OwnFiles = UNREAD
    status: str = ""
    """Of its own files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Whose turn it is, with all that its pages depend on."""

    common: Common
    folders: Sequence[AgencyFolder]
    render: bool
    """Whether pages are wanted: otherwise nothing is kept, and no key is needed."""
    seen: Seen | None
    memory: Memory
    known: Mapping[str, Known]
    """The agencies that were built, or need not be, so far."""
    children: dict[str, list[str]] = field(init=False, default_factory=dict)
    by_id: dict[str, AgencyFolder] = field(init=False, default_factory=dict)
    above: dict[str, bytes] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for folder in self.folders:
            self.by_id[folder.id] = folder
            self.children.setdefault(folder.parent, []).append(folder.id)

    def below(self, folder: AgencyFolder) -> Sequence[str]:
        """The agencies directly below one."""
        return self.children.get(folder.id, ())

    def take(self, folder: AgencyFolder) -> Turn:
        """The turn of an agency; where nothing is rendered, nothing is kept, and no key is wanted."""
        ancestors, children = list_ancestors(folder, self.by_id), self.below(folder)
        if not self.render:
            return Turn(folder=folder, ancestors=ancestors, children=children)
        status = tell_status(folder, self.seen)
        own = self.memory.find_own(folder, status) or hash_own(folder)
        digests = (self.known[child].digest for child in children)
        key = make_key(self.common.key, own, map(self.hash_ancestor, ancestors), digests, self.list_names)
        return Turn(folder=folder, ancestors=ancestors, children=children, key=key, own=own, status=status)

    def hash_ancestor(self, ancestor: AgencyFolder) -> bytes:
        """What an agency depends on of one above it, read once."""
        if ancestor.id not in self.above:
            self.above[ancestor.id] = hash_ancestor(ancestor)
        return self.above[ancestor.id]

    def list_names(self) -> str:
        """Every agency, year and file of the portal."""
        return list_names(self.folders)
