"""The figures that summarise a report, at its top: each with its unit and its change from the year before."""

from collections.abc import Iterator, Sequence

from gaisite.findings import Finding
from gaisite.model.forms import Form
from gaisite.model.history import Change, Guard, KeyFigure
from gaisite.model.numbers import write_number
from gaisite.render.cells import write_figure
from gaisite.render.dictionary import list_key_cells
from gaisite.render.parts import KeyFigureView
from gaisite.render.site import Site
from gaisite.render.statutory import say_difference


def view_key_figures(
    site: Site, form: Form, figures: Sequence[KeyFigure], failed: Sequence[tuple[Finding, str]], *, draft: bool = False
) -> Iterator[KeyFigureView]:
    """The key figures of a report of a form, in the form's order.

    `failed` holds the findings that readers are told of, each with its anchor on the page.
    """
    differences = {finding.at: (say_difference(site, finding), f"#{anchor}") for finding, anchor in failed}
    labels = {cell: label for cell, label, _ in list_key_cells(site, form)}
    for each in figures:
        text, spoken = write_figure(each.figure, site.words, draft=draft)
        difference, href = differences.get(str(each.cell), ("", ""))
        yield KeyFigureView(
            label=labels[str(each.cell)],
            href=f"#{each.cell}",
            text=text,
            spoken=spoken,
            unit=site.say(each.unit) if each.figure.value is not None else "",
            difference=difference,
            difference_href=href if difference else "",
            change=say_change(site, each.change),
        )


def say_change(site: Site, change: Change) -> str:
    """A change in words, or why none is told; empty where there is no year before to compare with."""
    words = site.words
    if change.guard is Guard.GAP:
        return ""
    if change.absolute is None:
        return words.fill("key_change_none", reason=getattr(words, f"change_{change.guard.name.lower()}"))
    if change.absolute == 0:
        return words.key_change_same
    amount = write_number(change.absolute if change.absolute > 0 else -change.absolute)
    if change.percent is not None:
        amount = words.fill("key_change_percent", change=amount, percent=write_number(change.percent.copy_abs()))
    sentence = words.fill("key_change_up" if change.absolute > 0 else "key_change_down", change=amount)
    return words.fill("key_change_caveat", change=sentence) if change.caveat else sentence
