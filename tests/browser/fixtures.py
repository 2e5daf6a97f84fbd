"""Small sites made by hand, to show that the checkers find what they are for."""

from pathlib import Path

PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="style.css"></head>
<body><a class="skip" href="#main">Skip to the content</a><header><p>A site</p></header>
<main id="main"><h1>{title}</h1>
{body}
</main></body></html>
"""
STYLE = """:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --link: #0b4a8f; }
@media (prefers-color-scheme: dark) { :root { --ink: #f1f1f1; --paper: #121417; --link: #9cc8ff; } }
body { color: var(--ink); background: var(--paper); }
a { color: var(--link); }
.skip { display: inline-block; min-height: 24px; }
.table-scroll { overflow-x: auto; }
.vh { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; white-space: nowrap; width: 1px; }
.dim { background: var(--paper); }
@media (prefers-color-scheme: dark) { .dim { color: #333; } }
.row { display: inline-block; font-size: 16px; white-space: nowrap; }
.block, .block * { display: block; }
"""
TABLE = """<table><caption>Applications</caption><colgroup span="1"></colgroup><colgroup span="2"></colgroup>
<thead><tr><th scope="col" id="s" rowspan="2">Result</th><th scope="colgroup" id="g" colspan="2">Applicants</th></tr>
<tr><th scope="col" id="a" headers="g">People</th><th scope="col" id="b" headers="g">Firms</th></tr></thead>
<tbody><tr><th scope="row" id="r">Received</th><td headers="r g a">1</td><td headers="r g b">2</td></tr></tbody>
<tbody><tr><th scope="row" id="q">Granted</th><td headers="q g a">0</td><td headers="q g b">1</td></tr></tbody>
</table>"""


def make_site(folder: Path, lang: str = "en", **bodies: str) -> Path:
    """A site of one page for each body, with one style sheet."""
    folder.mkdir(exist_ok=True)
    (folder / "style.css").write_text(STYLE, encoding="utf-8")
    for name, body in bodies.items():
        page = PAGE.format(lang=lang, title=f"Page {name}", body=body)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return folder
