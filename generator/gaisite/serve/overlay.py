"""The overlay: what is wrong, over the last good site or, before there is one, on a page of its own; or warnings."""

from collections.abc import Iterator, Mapping
from html import escape

from gaisite.findings import Severity
from gaisite.serve.notes import Excerpt, Note, Trouble
from gaisite.serve.pages import STYLE

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh-CN": {
        "title": "网站没有更新",
        "stale": "网站没有更新，这个页面仍是上一次成功生成的。需要改正：{count} 处",
        "none": "网站还没有生成。需要改正：{count} 处",
        "warned": "警告：{count} 处",
        "see": "查看页面",
        "more": "另有 {more} 处未列出。",
        "hint": "建议：{hint}",
        "missing": "没有这个页面",
        "error": "错误",
        "warning": "警告",
    },
    "en": {
        "title": "The site was not updated",
        "stale": "The site was not updated: this page is from the last good build. To repair: {count}",
        "none": "There is no site yet. To repair: {count}",
        "warned": "Warnings: {count}",
        "see": "See it on the page",
        "more": "{more} more are not listed.",
        "hint": "Hint: {hint}",
        "missing": "There is no such page",
        "error": "error",
        "warning": "warning",
    },
}

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="{style}">
</head>
<body>
{body}
</body>
</html>
"""


def write_overlay(trouble: Trouble, language: str) -> str:
    """What is wrong, to be laid over a page."""
    kind, heading = ("", "stale") if trouble.stops else (" gaisite-warnings", "warned")
    body = write_trouble(trouble, language, heading)
    return f'<aside class="gaisite-findings{kind}" lang="{language}">{body}</aside>'


def write_trouble_page(trouble: Trouble, language: str) -> bytes:
    """What is wrong, as the only page there is."""
    body = f'<main class="gaisite-findings gaisite-alone">{write_trouble(trouble, language, "none")}</main>'
    return write_page("title", body, language)


def write_missing_page(language: str) -> bytes:
    """The page for an address that does not exist, where the site has none of its own for that."""
    return write_page("missing", f"<main><h1>{WORDS[language]['missing']}</h1></main>", language)


def write_page(title: str, body: str, language: str) -> bytes:
    """A page of the preview's own."""
    return PAGE.format(language=language, title=WORDS[language][title], style=STYLE, body=body).encode()


def write_trouble(trouble: Trouble, language: str, heading: str) -> str:
    """A heading to fold it all away with, and the notes."""
    words = WORDS[language]
    notes = "".join(f"<li>{write_note(note, words)}</li>" for note in trouble.notes)
    summary = words[heading].format(count=len(trouble.notes) + trouble.more)
    more = f"<p>{words['more'].format(more=trouble.more)}</p>" if trouble.more else ""
    opened = " open" if trouble.stops else ""
    return f"<details{opened}><summary>{summary}</summary><ol>{notes}</ol>{more}</details>"


def write_note(note: Note, words: Mapping[str, str]) -> str:
    """One note: place, sentence, source line, hint."""
    return "".join(write_parts(note, words))


def write_parts(note: Note, words: Mapping[str, str]) -> Iterator[str]:
    """The parts of a note that there are."""
    severity = Severity.WARNING if note.severity is Severity.WARNING else Severity.ERROR
    place = f"<code>{escape(note.place)}</code> " if note.place else ""
    check = f" <small>[{escape(note.check)}]</small>" if note.check else ""
    yield f"<p>{place}<strong>{words[severity]}</strong> {escape(note.sentence)}{check}</p>"
    if note.excerpt is not None:
        yield f"<pre>{write_excerpt(note.excerpt)}</pre>"
    if note.hint:
        yield f"<p>{escape(words['hint'].format(hint=note.hint))}</p>"
    if note.href and note.severity is Severity.WARNING:
        # What an error is about is not on the page: the site is an older one.
        yield f'<p><a href="{escape(note.href)}">{words["see"]}</a></p>'


def write_excerpt(excerpt: Excerpt) -> str:
    """A source line with what is meant marked."""
    meant = f"<mark>{escape(excerpt.meant)}</mark>" if excerpt.meant else ""
    return f"{escape(excerpt.before)}{meant}{escape(excerpt.after)}"
