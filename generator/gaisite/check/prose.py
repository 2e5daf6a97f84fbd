"""The numbers of a narrative against the tables: which disagree, and which are written by hand and could be bound."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from gaisite.check.measure_values import (
    Counted,
    count_reading,
    has_other_unit,
    label_reading,
    print_reading,
    write_binding,
    write_value,
)  # fmt: skip
from gaisite.check.measure_words import Vocabulary, read_vocabulary
from gaisite.check.naming import Naming, name_numbers
from gaisite.check.prose_cells import CellIndex
from gaisite.check.prose_gaps import check_gaps_in_prose, check_section_count
from gaisite.check.prose_lists import check_lists
from gaisite.check.prose_numbers import Number
from gaisite.check.prose_sentences import NumberedSentence, split_sentences
from gaisite.check.prose_shares import check_share, check_share_sum, is_share
from gaisite.check.prose_statements import check_statements
from gaisite.findings import Finding, Place, fault
from gaisite.model.content import Report
from gaisite.model.forms import Form
from gaisite.model.measures import Reading
from gaisite.model.numbers import write_number
from gaisite.model.prose import Passage, PassageKind, Prose
from gaisite.model.sums import read_unit
from gaisite.texts import Texts


def check_prose(report: Report, form: Form) -> Iterator[Finding]:
    """What the numbers of a report's narrative say beside its tables, in the order of the form's sections."""
    vocabulary = read_vocabulary(form.measures)
    cells = CellIndex(report, vocabulary.units.units)
    reading = ProseReading(report=report, form=form, vocabulary=vocabulary, cells=cells)
    sections = (report.narrative.sections.get(section.id) for section in form.sections)
    for prose in (report.narrative.preamble, *sections):
        if prose is not None:
            yield from reading.check_section(prose)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseReading:
    """One report's narrative and all that its numbers are held against."""

    report: Report
    form: Form
    vocabulary: Vocabulary
    cells: CellIndex

    def check_section(self, prose: Prose) -> Iterator[Finding]:
        """What is found in one section; numbers that no table has are told together, at the first of them."""
        elsewhere: list[tuple[Passage, Number]] = []
        for passage in prose.passages:
            if passage.kind is PassageKind.TEXT:
                yield from self.check_passage(passage, elsewhere)
        if elsewhere:
            passage, number = elsewhere[0]
            written = [" ".join(each.written.split()) for _, each in elsewhere]
            listed = Texts((("zh-CN", "、".join(written)), ("en", ", ".join(written))))
            place = place_number(passage, number)
            yield fault("number-elsewhere", place, count=len(elsewhere), numbers=listed).finding

    def check_passage(self, passage: Passage, elsewhere: list[tuple[Passage, Number]]) -> Iterator[Finding]:
        """What is found in one passage; numbers that no table has are added to those found `elsewhere`."""
        sentences = tuple(split_sentences(passage.text, self.vocabulary, self.report.year))
        named: set[int] = set()
        for sentence in sentences:
            namings = {each.number.start: each for each in name_numbers(sentence)}
            named.update(namings)
            yield from check_statements(passage, self.report, sentence)
            for number in sentence.numbers:
                naming = namings.get(number.start)
                findings = tuple(self.judge(passage, sentence, number, naming))
                if naming is None and not findings and not is_manner_of_speaking(number):
                    elsewhere.append((passage, number))
                yield from findings
            yield from check_share_sum(passage, self.report, tuple(namings.values()))
        yield from check_lists(passage, sentences, frozenset(named))
        yield from check_gaps_in_prose(passage, self.vocabulary)
        yield from check_section_count(passage, self.vocabulary, self.form)

    def judge(
        self, passage: Passage, sentence: NumberedSentence, number: Number, naming: Naming | None
    ) -> Iterator[Finding]:
        """What is found about one number; nothing where no table has it."""
        if naming is not None and number.percent:
            yield from self.judge_share(passage, naming)
        elif naming is not None and not has_other_unit(self.report, naming.readings[0][0], number.unit):
            yield from self.judge_count(passage, naming)
        elif naming is None and sentence.is_of_year(number.start):
            reading = self.cells.find(number)
            if reading:
                yield tell_unbound(passage, self.report, number, reading, self.bind(number, reading))

    def judge_share(self, passage: Passage, naming: Naming) -> Iterator[Finding]:
        """What is found about a percentage; nothing of one that goes with a number that is itself wrong."""
        if is_share(self.report, naming, naming.readings):
            binding = f"{write_binding(naming.readings[0])} / {write_binding(naming.whole)}"
            can_be_bound = naming.number.decimals == 1 and len((*naming.readings[0], *naming.whole)) == 2
            binding = binding if can_be_bound else ""
            yield tell_unbound(passage, self.report, naming.number, naming.readings[0], binding)
        else:
            yield from check_share(passage, self.report, naming)

    def judge_count(self, passage: Passage, naming: Naming) -> Iterator[Finding]:
        """What is found about a number that counts what a measure names."""
        meant = count_reading(self.report, naming.readings[0])
        others = (count_reading(self.report, reading) for reading in naming.readings[1:])
        right = next((each.reading for each in chain((meant,), others) if each.equals(naming.number)), None)
        if right is not None:
            binding = "" if naming.each else self.bind(naming.number, right)
            finding = tell_unbound(passage, self.report, naming.number, right, binding)
            certain = binding and right == meant.reading and len(naming.measures) == 1
            yield make_fixable(finding, passage, self.report, naming) if certain else finding
        elif not meant.values:
            label = label_reading(self.report, naming.readings[0])
            place, at = place_number(passage, naming.number), str(naming.readings[0][0])
            yield fault("number-blank", place, at, number=naming.number.written, cell=label).finding
        else:
            yield self.tell_difference(passage, naming, meant)

    def bind(self, number: Number, reading: Reading) -> str:
        """The binding that prints a number, without its brackets; empty where none prints just this number."""
        printed = print_reading(self.report, reading)
        return write_binding(reading) if printed in (number.digits, write_number(number.value)) else ""

    def tell_difference(self, passage: Passage, naming: Naming, meant: Counted) -> Finding:
        """A number that is not what its sentence says, with what it is instead where that is a known confusion."""
        confused = (count_reading(self.report, reading) for reading in naming.confused)
        instead = next((each for each in confused if each.equals(naming.number)), None)
        return fault(
            "number-disagrees", place_number(passage, naming.number), str(naming.readings[0][0]),
            words=naming.word, number=naming.number.written, cell=label_reading(self.report, naming.readings[0]),
            value=write_value(meant), instead="" if instead is None else label_reading(self.report, instead.reading),
        ).finding  # fmt: skip


def is_manner_of_speaking(number: Number) -> bool:
    """Whether a number counts only where a measure is named: 一件 does elsewhere mean no more than `a`."""
    return number.value == 1 and not number.digits.isascii()


def place_number(passage: Passage, number: Number) -> Place:
    """Where a number stands with its unit."""
    return passage.place_of(number.start, number.unit_end - number.start)


def tell_unbound(passage: Passage, report: Report, number: Number, reading: Reading, binding: str) -> Finding:
    """A number written by hand that is the figure of a cell, and how to bind it."""
    return fault(
        "number-unbound", place_number(passage, number), str(reading[0]), number=number.written,
        cell=label_reading(report, reading), binding=f"[[{binding}]]" if binding else "", fix="",
    ).finding  # fmt: skip


def make_fixable(finding: Finding, passage: Passage, report: Report, naming: Naming) -> Finding:
    """The finding with what may be written in the number's place, where the page then says the very same."""
    number, reading = naming.number, naming.readings[0]
    if number.step or print_reading(report, reading) != number.digits:
        return finding
    unit = read_unit(report.tables[reading[0].table], reading[0])
    whole = unit is not None and number.written in [number.digits + text for _, text in unit.by_language]
    end = number.unit_end if whole else number.end
    if not stands_as_read(passage, number.start, end):
        return finding
    binding = f"[[{'' if whole else '#'}{write_binding(reading)}]]"
    facts = tuple((name, binding if name in ("binding", "fix") else fact) for name, fact in finding.facts)
    return replace(finding, place=passage.place_of(number.start, end - number.start), facts=facts, fix=binding)


def stands_as_read(passage: Passage, start: int, end: int) -> bool:
    """Whether a part of a passage stands in the file as it is read, in one piece."""
    segment = passage.find_segment(start)
    return segment is not None and end <= segment.start + segment.length
