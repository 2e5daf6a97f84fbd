"""A page's content alone, to be pasted into a content management system: what it looks like stands on each element.

Such systems keep neither style sheets nor the head of a page; they keep tables with their attributes. Ids get a prefix,
so that nothing else on the page has the same. Charts and what only a script brings to life are left out.
"""

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

PREFIX = "g-"
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
LEFT_OUT = frozenset({"svg", "noscript", "button", "h1"})
"""The system prints the heading itself."""
LEFT_OUT_CLASSES = frozenset(
    {"chart", "list-filter", "search-box", "contents", "pager", "page-list", "sparklines", "tools"}
)
REFERENCES = ("headers", "aria-labelledby", "aria-describedby", "for")
KEPT = frozenset(
    {
        *("href", "src", "alt", "id", "lang", "scope", "headers", "colspan", "rowspan", "span", "title", "open"),
        *("aria-labelledby", "aria-describedby", "aria-label", "aria-hidden", "role", "tabindex", "rel", "hreflang"),
        *("width", "height", "start", "type", "datetime"),
    }
)
BORDER = "border:1px solid #767676;padding:4px 8px;vertical-align:top"
STYLES = {
    "table": "border-collapse:collapse;margin:12px 0;line-height:1.5",
    "caption": "caption-side:top;text-align:left;font-weight:bold;padding:4px 0",
    "th": f"{BORDER};background:#eef1f6;text-align:left;font-weight:bold",
    "td": BORDER,
    "p": "margin:0 0 12px;line-height:1.75",
    "li": "line-height:1.75",
    "dt": "font-weight:bold;margin:8px 0 0",
    "dd": "margin:0",
}
CLASS_STYLES = {
    "num": "text-align:right",
    "table-scroll": "overflow-x:auto",
    "vh": "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap",
    "unit": "font-weight:normal",
    "label": "font-weight:bold",
}


def write_fragment(page: str, url: str) -> str:
    """The content of a page; `url` is the page's own address, from which its links are made whole; empty: they stay."""
    writer = Writer(url=url)
    writer.feed(page)
    writer.close()
    return "".join(writer.written).strip() + "\n"


@dataclass
class Writer(HTMLParser):
    """Writes what lies in the element main, each element with its looks on it."""

    url: str
    written: list[str] = field(default_factory=list)
    inside: bool = False
    skipped: list[str] = field(default_factory=list)
    """The elements that are open in what is being left out."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        attributes = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.inside = True
            return
        classes = attributes.get("class", "").split()
        if self.skipped or (self.inside and (tag in LEFT_OUT or LEFT_OUT_CLASSES & set(classes))):
            self.skipped += [tag] if tag not in VOID else []
        elif self.inside:
            self.written.append(f"<{tag}{''.join(self.write_attributes(tag, attributes, classes))}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that is closed at once, as in drawings."""
        if tag in VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag == "main":
            self.inside = False
        elif self.skipped:
            if tag in self.skipped:
                while self.skipped.pop() != tag:
                    pass
        elif self.inside and tag not in VOID:
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Text."""
        if self.inside and not self.skipped:
            self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        """A character by its name."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A character by its number."""
        self.handle_data(f"&#{name};")

    def write_attributes(self, tag: str, attributes: dict[str, str], classes: list[str]) -> list[str]:
        """The attributes that a system keeps, ids prefixed, links whole, and the looks."""
        kept = {name: value for name, value in attributes.items() if name in KEPT}
        if "id" in kept:
            kept["id"] = PREFIX + kept["id"]
        for name in REFERENCES:
            if name in kept:
                kept[name] = " ".join(PREFIX + each for each in kept[name].split())
        for name in ("href", "src"):
            if name in kept:
                kept[name] = self.lead(kept[name])
        style = ";".join(filter(None, [STYLES.get(tag, ""), *(CLASS_STYLES.get(each, "") for each in classes)]))
        kept |= {"style": style} if style else {}
        return [
            f' {name}="{escape(value)}"' if value or name in ("alt", "href") else f" {name}"
            for name, value in kept.items()
        ]

    def lead(self, address: str) -> str:
        """An address as it is from anywhere: a place on this page stays on it."""
        if address.startswith("#"):
            return f"#{PREFIX}{address[1:]}"
        return urljoin(self.url, address) if self.url else address
