"""Who logs in, where the tools have no way of their own to know: the environment, then ~/.netrc; never site.yaml."""

import netrc
import os
from pathlib import Path

from gaisite.model.targets import Target

USER = "GAISITE_PUBLISH_USER"
PASSWORD = "GAISITE_PUBLISH_PASSWORD"


def find_login(target: Target) -> tuple[str, str]:
    """User and password for a target, each empty where none is known."""
    user, password = target.user or os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
    if password:
        return user, password
    try:
        found = netrc.netrc(Path.home() / ".netrc").authenticators(target.host.strip("[]"))
    except (OSError, netrc.NetrcParseError, RuntimeError):
        found = None
    if found and (not user or user == found[0]):
        return found[0], found[2] or ""
    return user, ""
