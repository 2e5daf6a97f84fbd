"""What a chart shows, in generated sentences: no superlative of equals, no share of fewer than ten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from gaisite.model.content import Figure
from gaisite.model.numbers import write_number
from gaisite.render.cells import write_figure
from gaisite.render.chart_figures import Part, Whole
from gaisite.render.site import Site
from gaisite.render.words import Words


def join(words: Words, key: str, texts: Iterable[str]) -> str:
    """Texts one after the other, with what the word of this key puts between two of them; empty for none."""
    kept = [text for text in texts if text]
    return reduce(lambda first, second: words.fill(key, first=first, second=second), kept) if kept else ""


def speak_figure(figure: Figure, words: Words) -> str:
    """A figure as it is read out: its state in words where it is no number."""
    text, spoken = write_figure(figure, words)
    return spoken or text


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Puts the figures of a chart into words."""

    site: Site
    unit: str
    """As sentences name it; empty where there is none."""

    def fill(self, key: str, **values: object) -> str:
        """A sentence of the theme."""
        return self.site.words.fill(key, **values)

    def say_finding(self, year: int, wholes: Sequence[Whole]) -> str:
        """The finding of a report's chart."""
        finding = join(self.site.words, "chart_also", (self.say_whole(whole) for whole in wholes if whole.sum))
        return self.fill("chart_finding", year=year, finding=finding)

    def say_whole(self, whole: Whole) -> str:
        """How much there is, and what most of it is."""
        ranking = self.rank(whole)
        if not whole.is_complete:
            ranking = self.fill("chart_of_known", ranking=ranking)
        if whole.total is None:
            label = self.site.say(whole.label)
            return self.fill("chart_of_part", label=label, ranking=ranking) if label else ranking
        key = "chart_in_all" if whole.label is None else "chart_of_whole"
        total = write_number(whole.total)
        return self.fill(key, label=self.site.say(whole.label), total=total, unit=self.unit, ranking=ranking)

    def rank(self, whole: Whole) -> str:
        """The largest parts; those that are equal without a superlative."""
        ranked = sorted((part for part in whole.parts if part.value), key=lambda part: -part.value)
        first = ranked[0]
        equal = [part for part in ranked if part.value == first.value]
        if len(ranked) == 1:
            return self.say_only(whole, first)
        if len(equal) > 1:
            labels = join(self.site.words, "chart_and", (self.name(part) for part in equal))
            return self.fill("chart_tied", labels=labels, count=first.figure.text, unit=self.unit)
        if len(whole.parts) == 2:
            return self.fill("chart_two", first=self.say_part(whole, first), second=self.say_part(whole, ranked[1]))
        most = self.fill("chart_most", part=self.say_part(whole, first))
        if len(ranked) > 2 and ranked[1].value == ranked[2].value:
            return most
        return self.fill("chart_next", most=most, part=self.say_part(whole, ranked[1]))

    def say_only(self, whole: Whole, part: Part) -> str:
        """The one part that is more than nothing."""
        if whole.total is None:
            return self.say_part(whole, part)
        return self.fill("chart_one" if whole.total == 1 else "chart_all", label=self.name(part))

    def say_part(self, whole: Whole, part: Part) -> str:
        """A part with its figure, and its share where that may be given."""
        share = whole.share(part)
        key = "chart_part" if share is None else "chart_part_share"
        return self.fill(key, label=self.name(part), count=part.figure.text, unit=self.unit, percent=share)

    def name(self, part: Part) -> str:
        """The name of a part, as it stands in a sentence."""
        return self.fill("chart_label", label=self.site.say(part.label))

    def describe(self, wholes: Sequence[Whole]) -> str:
        """Every figure of a chart, the missing ones too."""
        return self.fill("chart_figures", figures=join(self.site.words, "chart_also", map(self.list_parts, wholes)))

    def list_parts(self, whole: Whole) -> str:
        """The parts of a whole with their figures."""
        words = self.site.words
        parts = (
            self.fill("chart_item", label=self.site.say(part.label), value=speak_figure(part.figure, words))
            for part in whole.parts
        )
        listed = join(words, "chart_then", parts)
        return self.fill("chart_group", label=self.site.say(whole.label), items=listed) if whole.label else listed

    def note_difference(self, wholes: Sequence[Whole]) -> tuple[str, ...]:
        """A note for each printed total that its parts do not add up to."""
        return tuple(self.say_difference(whole, whole.printed) for whole in wholes if whole.differs and whole.printed)

    def say_difference(self, whole: Whole, printed: Figure) -> str:
        """What is printed, and what the parts add up to."""
        note = self.fill("chart_differs", printed=printed.text, total=write_number(whole.sum))
        label = self.site.say(whole.label)
        return self.fill("chart_of_part", label=label, ranking=note) if label else note

    def write_value(self, whole: Whole, part: Part) -> str:
        """The figure of a part as the chart prints it, with its share."""
        text, _ = write_figure(part.figure, self.site.words)
        share = whole.share(part)
        return text if share is None else self.fill("chart_value", value=text, percent=share)

    def write_total(self, whole: Whole) -> str:
        """What a whole amounts to, as published or summed here; empty where some parts are missing in the sum."""
        if whole.printed is not None:
            return whole.printed.text
        if whole.total is not None:
            return write_number(whole.total)
        return "" if any(part.value for part in whole.parts) else self.site.words.blank_text
