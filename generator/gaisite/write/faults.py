"""What the system says about a file, as a fault that a clerk can read."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gaisite.findings import Fact, Place, fault
from gaisite.texts import Texts
from gaisite.write.paths import printable

_REASONS = {
    errno.ENOSPC: Texts.of({"zh-CN": "磁盘已满", "en": "the disk is full"}),
    errno.EDQUOT: Texts.of({"zh-CN": "磁盘配额已用完", "en": "the disk quota is used up"}),
    errno.EFBIG: Texts.of({"zh-CN": "文件太大", "en": "a file is too large"}),
    errno.EROFS: Texts.of({"zh-CN": "磁盘是只读的", "en": "the disk is read-only"}),
    errno.EACCES: Texts.of({"zh-CN": "没有权限", "en": "permission is missing"}),
    errno.EPERM: Texts.of({"zh-CN": "没有权限", "en": "permission is missing"}),
    errno.ENOENT: Texts.of({"zh-CN": "文件不存在", "en": "the file does not exist"}),
    errno.EISDIR: Texts.of({"zh-CN": "不是普通文件", "en": "it is not a regular file"}),
    errno.ENOTDIR: Texts.of({"zh-CN": "上级路径不是文件夹", "en": "what should be a folder above it is a file"}),
    errno.ENAMETOOLONG: Texts.of({"zh-CN": "路径太长", "en": "the path is too long"}),
}


@contextmanager
def unwritable(site: Path) -> Iterator[None]:
    """Turn an error of the system into the fault that the output folder cannot be written."""
    try:
        yield
    except OSError as error:
        shown = shown_path(site)
        raise fault("output-unwritable", Place(file=shown), folder=shown, reason=reason_of(error)) from error


def reason_of(error: OSError) -> Fact:
    """Why the system refused, in the reader's language for what is common."""
    common = _REASONS.get(error.errno or 0)
    return common if common is not None else error.strerror or str(error)


def shown_path(path: str | os.PathLike[str]) -> str:
    """A path as messages show it: with `/`, and printable."""
    return printable(Path(path).as_posix())
