"""Where other file systems are mounted: a folder cannot be exchanged there in one step."""

import os
import re
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(r"\\([0-7]{3})")


def is_mount_point(folder: Path) -> bool:
    """Whether something is mounted at this folder."""
    # ismount() alone does not see a folder of the same disk mounted here, as a container has it.
    return os.path.ismount(folder) or str(folder) in _mount_points()


def has_mount_point(folder: Path) -> bool:
    """Whether something is mounted at this folder or inside."""
    inside = f"{folder}/"
    return is_mount_point(folder) or any(point.startswith(inside) for point in _mount_points())


def _mount_points() -> list[str]:
    try:
        table = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return []
    points = (line.split(" ")[4] for line in table.split("\n") if line)
    return [_ESCAPED.sub(lambda match: chr(int(match[1], 8)), point) for point in points]
