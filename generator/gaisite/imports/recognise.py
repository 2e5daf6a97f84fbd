"""Which form a document is on: the one whose labels it prints."""

from collections.abc import Mapping

from gaisite.imports.documents import Document
from gaisite.imports.labels import simplify
from gaisite.imports.layout import FormLayout

LEAST = 0.4
"""The share of a form's labels that a document must print."""


def recognise_form(document: Document, layouts: Mapping[str, FormLayout], year: int) -> FormLayout | None:
    """The form whose labels a document prints most of; of equal ones that which serves the year; None for none."""
    cells = {simplify(cell.text) for grid in document.grids for row in grid.rows for cell in row}
    text = simplify("".join(paragraph.text for paragraph in document.paragraphs))
    scores = {form: score_form(layout, cells, text) for form, layout in layouts.items()}
    best = max(scores, key=lambda form: (scores[form], layouts[form].form.serves(year)), default="")
    return layouts[best] if best and scores[best] >= LEAST else None


def score_form(layout: FormLayout, cells: set[str], text: str) -> float:
    """The share of a form's labels that are printed: those of its official language, long enough to mean something."""
    labels = {letters for label in layout.official if len(letters := simplify(label)) > 2}
    found = sum(label in cells or label in text for label in labels)
    return found / len(labels) if labels else 0.0
