"""Long lists in pages: so many agencies each, the first page at the address of the list, numbers for the others."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from gaisite.render.parts import LinkView
from gaisite.render.site import Site, link_to, page_path

Item = TypeVar("Item")

PAGE = 100
"""How many agencies one page lists."""
NEAR = 2
"""How many pages on either side of the reader's are named in a list that does not name all."""
NAMED = 25
"""Up to so many pages are named all."""
SKIPPED = "…"


def list_paths(address: str, items: int, further: str = "") -> tuple[str, ...]:
    """The paths of the pages that list so many: one at least; the others have numbers below `further` or it."""
    numbers = range(2, -(-items // PAGE) + 1)
    return (page_path(address), *(page_path(f"{further or address}/{number}") for number in numbers))


def fits_page(items: int) -> bool:
    """Whether one page takes so many."""
    return items <= PAGE


def take_part(items: Sequence[Item], number: int) -> Sequence[Item]:
    """What the page of a number lists, the first being 0."""
    return items[number * PAGE : (number + 1) * PAGE]


def link_pages(site: Site, path: str, pages: Sequence[str]) -> tuple[LinkView, ...]:
    """Links from a page of a list to the one before, to all by number, to the next; none where there is but one."""
    return tuple(list_links(site, path, pages)) if len(pages) > 1 else ()


def list_links(site: Site, path: str, pages: Sequence[str]) -> Iterator[LinkView]:
    """The links; of many pages the first, the last and those near the reader's."""
    words, here = site.words, pages.index(path)
    if here:
        yield LinkView(label=words.previous_page, href=link_to(path, pages[here - 1]))
    before = -1
    for number in choose_pages(here, len(pages)):
        if number > before + 1:
            yield LinkView(label=SKIPPED)
        label = words.fill("page_number", number=number + 1)
        yield LinkView(label=label, href=link_to(path, pages[number]), current=number == here)
        before = number
    if here + 1 < len(pages):
        yield LinkView(label=words.next_page, href=link_to(path, pages[here + 1]))


def choose_pages(here: int, pages: int) -> list[int]:
    """The pages that are named, from 0: all of a few; of many those at the ends and near the reader's."""
    if pages <= NAMED:
        return list(range(pages))
    return sorted({0, *range(max(here - NEAR, 0), min(here + NEAR + 1, pages)), pages - 1})


def number_page(site: Site, heading: str, number: int) -> str:
    """The heading of the page of a number, the first being 0; those after it have their number in it."""
    return site.words.fill("numbered_page", heading=heading, number=number + 1) if number else heading
