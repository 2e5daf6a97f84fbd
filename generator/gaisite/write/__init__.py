"""The write stage: the files of a build become the site, in one step, and nothing that is not ours is lost."""

from gaisite.write.folders import check_output_folder
from gaisite.write.locking import Lock, lock_site
from gaisite.write.manifest import MANIFEST, read_manifest
from gaisite.write.outputs import Opener, Output, StaleOutput, Written
from gaisite.write.site import write_site

__all__ = [
    "MANIFEST",
    "Lock",
    "Opener",
    "Output",
    "StaleOutput",
    "Written",
    "check_output_folder",
    "lock_site",
    "read_manifest",
    "write_site",
]
