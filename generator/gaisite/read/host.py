"""The host site's own header and footer, put around every page: markup that the portal's owner answers for."""

import re
from pathlib import Path

from gaisite.findings import Place, Problems, fault
from gaisite.model.portal import HostFrame
from gaisite.read.fields import Fields
from gaisite.read.files import read_source

KEYS = ("header", "footer", "styles", "only")
FORBIDDEN = re.compile(r"<(/?(?:html|head|body|main|h1|title|base)|!doctype|script|style)\b", re.IGNORECASE)
"""What a page has once, in its own place, or what its policy would not let run."""
STYLE = re.compile(r"/(?![/\\])\S*|[^\s:/\\][^\s:\\]*")
"""An address on the same host."""


def read_host(fields: Fields, project: Path | None, problems: Problems) -> HostFrame | None:
    """What `host` in site.yaml names; None where it is not there. The files lie in content/."""
    if fields.get("host") is None:
        return None
    record = fields.record("host", KEYS)
    styles = []
    for style in record.strings("styles"):
        if STYLE.fullmatch(style):
            styles.append(style)
        else:
            record.note("link-refused", record.place("styles"), address=style)
    return HostFrame(
        header=read_fragment(record, "header", project, problems),
        footer=read_fragment(record, "footer", project, problems),
        styles=tuple(styles),
        only=record.flag("only"),
    )


def read_fragment(record: Fields, key: str, project: Path | None, problems: Problems) -> str:
    """The markup of a file; empty where there is none or it cannot be used."""
    name = record.text(key)
    if not name or project is None:
        return ""
    path = project / "content" / name
    if Path(name).is_absolute() or ".." in Path(name).parts or not path.is_file():
        record.note("host-missing", record.place(key), found=name)
        return ""
    with problems.gather():
        text = read_source(path, project).text
        found = FORBIDDEN.search(text)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            place = Place(file=f"content/{name}", line=line, column=found.start() - text.rfind("\n", 0, found.start()))
            raise fault("host-markup", place, found=found[0])
        return text.strip()
    return ""
