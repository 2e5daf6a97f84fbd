"""Which paths a site may have: safe on every system, and no two of them in each other's way."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from gaisite.findings import Place, fault
from gaisite.texts import Texts
from gaisite.write.outputs import Output

_FORBIDDEN = frozenset('<>:"|?*\\')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"}
)
_INVISIBLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_PART_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a part of a path can be unsafe."""

    broken: Callable[[str], bool]
    """Whether a part between two slashes breaks this rule."""
    reason: Texts
    """What to tell the reader, continuing a sentence about the part."""


def _rule(broken: Callable[[str], bool], chinese: str, english: str) -> Rule:
    return Rule(broken, Texts.of({"zh-CN": chinese, "en": english}))


_RULES = (
    _rule(lambda part: part == "", "是空的（路径以斜杠开头、结尾或有连续斜杠）", "is empty (a slash too many)"),
    _rule(lambda part: part in (".", ".."), "指向别的文件夹", "leads to another folder"),
    _rule(
        lambda part: any(unicodedata.category(character) in _INVISIBLE for character in part),
        "含有看不见的控制字符",
        "contains an invisible control character",
    ),
    _rule(
        lambda part: not _FORBIDDEN.isdisjoint(part),
        '含有 Windows 不允许的字符（< > : " | ? * \\）',
        'contains a character that Windows forbids (< > : " | ? * \\)',
    ),
    _rule(
        lambda part: part.split(".")[0].rstrip(" ").casefold() in _DEVICES,
        "是 Windows 保留的设备名",
        "is the name of a device in Windows",
    ),
    _rule(lambda part: part.endswith((".", " ")), "以句点或空格结尾", "ends with a full stop or a space"),
    _rule(
        lambda part: len(part.encode("utf-8", "surrogatepass")) > _PART_LIMIT,
        f"超过 {_PART_LIMIT} 字节（约 {_PART_LIMIT // 3} 个汉字）",
        f"is longer than {_PART_LIMIT} bytes",
    ),
    _rule(
        lambda part: not unicodedata.is_normalized("NFC", part),
        "用了分解形式的字符（不是 Unicode NFC）",
        "is not in Unicode normal form NFC",
    ),
)
_HIDDEN = Texts.of({"zh-CN": "以句点开头，是隐藏文件", "en": "starts with a full stop, so it is a hidden file"})


def check_path(output: Output) -> None:
    """Raise a fault where the path could lead out of the site, or does not exist on every system."""
    unsafe = _unsafe_part(output.path)
    if unsafe is not None:
        part, reason = unsafe
        path = printable(output.path)
        place = Place(file=printable(output.origin) or path)
        raise fault("output-path-unsafe", place, path=path, part=printable(part), reason=reason)


def is_safe_path(path: str) -> bool:
    """Whether `check_path` would let it pass."""
    return _unsafe_part(path) is None


@lru_cache(maxsize=1 << 16)
def _find_reason(part: str) -> Texts | None:
    # Most parts of a site's paths are alike: years, `index.html`.
    return next((rule.reason for rule in _RULES if rule.broken(part)), None)


def _unsafe_part(path: str) -> tuple[str, Texts] | None:
    for part in path.split("/"):
        reason = _find_reason(part)
        if reason is None and part.startswith(".") and not _may_be_hidden(path, part):
            reason = _HIDDEN
        if reason is not None:
            return part, reason
    return None


def _may_be_hidden(path: str, part: str) -> bool:
    return path == ".nojekyll" or (part == ".well-known" and path.startswith(".well-known/"))


def printable(text: str) -> str:
    """The text with what cannot be encoded (names in another encoding on the disk) written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def fold_path(path: str) -> str:
    """The same text for all paths that some file system takes for one: other case, other normal form."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def folders_above(path: str) -> Iterator[str]:
    """The folders that a path lies in, from the outermost."""
    end = path.find("/")
    while end != -1:
        yield path[:end]
        end = path.find("/", end + 1)


@dataclass(frozen=True, slots=True)
class Claim:
    """That a path is taken."""

    path: str
    """The path of the output that takes it."""
    origin: str
    """What that output was made from."""
    spelling: str
    """The path as it is spelt: that of the output, or of a folder above it."""


@dataclass(slots=True)
class Claims:
    """Gathers the paths of the new site, so that a second claim to one is noticed."""

    files: dict[str, Claim] = field(default_factory=dict)
    """By folded path."""
    folders: dict[str, Claim] = field(default_factory=dict)
    """By folded path; the first output in the folder claims it."""

    def add(self, output: Output) -> None:
        """Claim the path of an output; a fault names both origins where it is taken."""
        other = self.conflict(output.path) or self._folder_spelt_otherwise(output.path)
        if other is not None:
            raise fault(
                "output-collision",
                Place(file=output.origin or output.path),
                path=output.path,
                origin=output.origin or output.path,
                other=other.path,
                other_origin=other.origin or other.path,
            )
        self.files[fold_path(output.path)] = Claim(output.path, output.origin, output.path)
        for folder in folders_above(output.path):
            self.folders.setdefault(fold_path(folder), Claim(output.path, output.origin, folder))

    def conflict(self, path: str) -> Claim | None:
        """The claim that leaves no room for a file at this path."""
        folded = fold_path(path)
        taken = self.files.get(folded) or self.folders.get(folded)
        return taken or next((self.files[above] for above in folders_above(folded) if above in self.files), None)

    def _folder_spelt_otherwise(self, path: str) -> Claim | None:
        # `A/x` and `a/y` are one folder here and two on the server: one of them would not be found.
        for folder in folders_above(path):
            claim = self.folders.get(fold_path(folder))
            if claim is not None and claim.spelling != folder:
                return claim
        return None
