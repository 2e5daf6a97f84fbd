"""Narrative on its way to a template."""

from html import escape

from gaisite.model.portal import TextPage
from gaisite.model.prose import Prose
from gaisite.render.parts import LinkView, ProseView

LONG = 4
"""Headings from which on a page has a table of contents."""


def view_prose(prose: Prose | None, lang: str) -> ProseView | None:
    """Rendered narrative; None where there is none."""
    return ProseView(html=prose.html, lang=lang) if prose is not None and prose.html.strip() else None


def view_page_prose(page: TextPage, lang: str) -> ProseView:
    """The parts of a page of the portal's own, each under its heading; `lang` where it is not the page's language."""
    pieces = []
    for number, (heading, prose) in enumerate(page.parts):
        if heading:
            pieces.append(f'<h2 id="p-{number}">{escape(heading)}</h2>\n')
        pieces.append(prose.html)
    return ProseView(html="".join(pieces), lang=lang)


def list_page_contents(page: TextPage, lang: str) -> tuple[LinkView, ...]:
    """The headings of a long page of the portal's own; none of a short one."""
    headings = [(number, heading) for number, (heading, _) in enumerate(page.parts) if heading]
    if len(headings) < LONG:
        return ()
    return tuple(LinkView(label=heading, href=f"#p-{number}", lang=lang) for number, heading in headings)
