"""Narrative on its way to a template."""

from html import escape

from gaisite.model.portal import TextPage
from gaisite.model.prose import Prose
from gaisite.render.parts import ProseView


def view_prose(prose: Prose | None, lang: str) -> ProseView | None:
    """Rendered narrative; None where there is none."""
    return ProseView(html=prose.html, lang=lang) if prose is not None and prose.html.strip() else None


def view_page_prose(page: TextPage) -> ProseView:
    """The parts of a page of the portal's own, each under its heading."""
    pieces = []
    for number, (heading, prose) in enumerate(page.parts):
        if heading:
            pieces.append(f'<h2 id="p-{number}">{escape(heading)}</h2>\n')
        pieces.append(prose.html)
    return ProseView(html="".join(pieces))
