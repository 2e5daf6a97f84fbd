"""One file of the content, written whole or not at all."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def replace_file(path: Path, content: bytes) -> None:
    """Give a file new content in one step, with the permissions that it had; a new one gets those that are usual.

    Killed at any moment, it leaves the old file or the new one. OSError where the system does not let us write.
    """
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            if path.exists():
                shutil.copymode(path, part.name)
            else:
                os.chmod(part.name, 0o666 & ~read_umask())
            os.replace(part.name, path)
        except OSError:
            with suppress(OSError):
                os.unlink(part.name)
            raise


def read_umask() -> int:
    """The permissions that new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
