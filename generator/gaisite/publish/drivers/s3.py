"""S3 and what is compatible with it (MinIO, OSS, COS, OBS), by s3fs: each file with its type and how long it is kept.

Who logs in is found as by all tools for S3: AWS_ACCESS_KEY_ID and the like, ~/.aws, a profile, the machine's role.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from s3fs import S3FileSystem

from gaisite.model.hosting import find_caching, find_type
from gaisite.publish.drivers import Shipment
from gaisite.publish.hosts import HostError
from gaisite.publish.plan import Upload
from gaisite.publish.states import STATE

LOCK = ".gaisite-lock"
AT_ONCE = 8
"""How many files are sent at the same time."""
ERRORS = (OSError, BotoCoreError, ClientError)


@dataclass(slots=True)
class BucketHost:
    """A bucket, or what lies below a prefix in it."""

    system: S3FileSystem
    site: Path
    root: str
    """Bucket and prefix, without a final slash."""

    @contextmanager
    def telling(self, path: str = "") -> Iterator[None]:
        """Turn what the library says into what a publish says."""
        try:
            yield
        except ERRORS as error:
            raise HostError(str(error) or type(error).__name__, path) from error

    def read(self, path: str) -> bytes | None:
        """The bytes of a file."""
        with self.telling(path):
            try:
                content: bytes = self.system.cat_file(f"{self.root}/{path}")
            except FileNotFoundError:
                # Asked about a bucket that is not there, the library says the same as about a file.
                self.system.ls(self.root.partition("/")[0])
                return None
            return content

    def claim(self, owner: bytes) -> bytes:
        """Put the lock there if it is not there; where the host does not know that condition, look first and after."""
        holder = self.read(LOCK)
        if holder is not None:
            return holder
        with self.telling(LOCK):
            try:
                self.system.pipe_file(f"{self.root}/{LOCK}", owner, mode="create")
            except NotImplementedError:
                self.system.pipe_file(f"{self.root}/{LOCK}", owner)
            except ERRORS as error:
                holder = self.read(LOCK)
                if holder is None:
                    raise HostError(str(error) or type(error).__name__, LOCK) from error
        found = self.read(LOCK)
        return b"" if found == owner else found or b"?"

    def release(self) -> None:
        """Remove the lock."""
        with suppress(*ERRORS):
            self.system.rm_file(f"{self.root}/{LOCK}")

    def send(self, uploads: Sequence[Upload]) -> Iterator[Upload]:
        """Several files at the same time: those of one stage do not need one another."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            yield from threads.map(self.put, uploads)

    def put(self, upload: Upload) -> Upload:
        """Send one file; the host shows it when it is whole."""
        with self.telling(upload.path):
            self.system.put_file(
                str(self.site / upload.path),
                f"{self.root}/{upload.path}",
                ContentType=find_type(upload.path),
                CacheControl=find_caching(upload.path),
            )
        return upload

    def remove(self, paths: Sequence[str]) -> Iterator[str]:
        """Each file; one that is not there is no mistake on such hosts."""
        for path in paths:
            with self.telling(path):
                self.system.rm_file(f"{self.root}/{path}")
            yield path

    def keep(self, state: bytes) -> None:
        """The list is a file like the others."""
        with self.telling(STATE):
            self.system.pipe_file(
                f"{self.root}/{STATE}", state, ContentType=find_type(STATE), CacheControl=find_caching(STATE)
            )

    def conclude(self) -> None:
        """Nothing: all is in its place."""

    def close(self) -> None:
        """Nothing: the library ends its connections."""


def open_host(shipment: Shipment) -> BucketHost:
    """The bucket; the host is first asked something when something is read."""
    target = shipment.target
    options = target.options
    # What only Amazon knows, sums over what is sent, others refuse.
    settings: dict[str, Any] = {"request_checksum_calculation": "when_required"}
    if "style" in options:
        settings["s3"] = {"addressing_style": options["style"]}
    system = S3FileSystem(
        endpoint_url=options.get("endpoint"),
        profile=options.get("profile"),
        client_kwargs={"region_name": options["region"]} if "region" in options else {},
        config_kwargs=settings,
        use_listings_cache=False,
        skip_instance_cache=True,
    )
    return BucketHost(system=system, site=shipment.site, root=f"{target.host}{target.path.rstrip('/')}")
