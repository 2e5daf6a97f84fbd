"""The ledger on an agency's page: year by year, what was taken over from the report before, and whether it closes."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gaisite.model.catalogue import write_fact
from gaisite.model.content import Figure, tell_apart
from gaisite.model.ledgers import Chain, Ledger, LedgerYear, Standing
from gaisite.model.summary import add_tallies
from gaisite.model.tables import Line, Table
from gaisite.render.cells import make_cell
from gaisite.render.parts import DataCell, TableNote, TableView
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.statutory import say_unit
from gaisite.render.tables import Label, TablePlan, lay_out_table, make_frame
from gaisite.render.views import LedgerView
from gaisite.render.year_columns import plain

VERDICTS = {
    Standing.CLOSES: "ledger_closes",
    Standing.OFF: "ledger_off",
    Standing.NOT_ASSESSABLE: "ledger_not_assessable",
}
"""The words for what was compared; anything else does not apply."""


def view_ledgers(site: Site, agency: str, ledgers: Sequence[Ledger]) -> LedgerView | None:
    """The ledgers of an agency, as its page shows them; None where no year could be compared with another."""
    if not ledgers:
        return None
    tally = add_tallies(ledger.tally for ledger in ledgers)
    summary = site.words.fill(
        "ledger_summary",
        total=tally.total,
        passed=tally.passed,
        failed=tally.failed,
        acknowledged=tally.acknowledged,
        unassessable=tally.not_assessable,
    )
    return LedgerView(summary=summary, tables=tuple(LedgerTable(site, agency, ledger).lay_out() for ledger in ledgers))


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """Lays out one ledger: years down, under their cell where there are several."""

    site: Site
    agency: str
    ledger: Ledger

    def lay_out(self) -> TableView:
        """The table."""
        site, ledger, id = self.site, self.ledger, f"ledger-{self.ledger.check.id}"
        years = dict(self.list_years())
        columns = self.list_columns()

        def cell(row: Line, column: Line, headers: str) -> DataCell:
            return columns[column.id](*years[row.id], headers)

        plan = TablePlan(
            id=id,
            caption=site.say(ledger.check.title),
            unit=say_unit(site, ledger.table.unit),
            table=ledger.table,
            say=site.say,
            label=lambda line: self.label(line, years),
            cell=cell,
            notes=tuple(self.list_notes()),
            kind="comparison",
            tell=lambda row: (tell_year(*years[row.id]),) * len(columns),
        )
        frame = site.frames.find(
            ledger.table, self.tell_rows(), lambda: make_frame(replace(plan, table=self.add_years(years, columns)))
        )
        return lay_out_table(replace(plan, frame=frame), site.words)

    def tell_rows(self) -> Hashable:
        """What decides the headers of the table: its chains, and for which of their years there is a report."""
        chains = (
            (tuple(line.id for line in chain.path), tuple((each.year, self.label_year(each)) for each in chain.years))
            for chain in self.ledger.chains
        )
        return self.ledger.check.id, tuple(chains)

    def add_years(self, years: dict[str, tuple[Chain, LedgerYear]], columns: Iterable[str]) -> Table:
        """The table with the years as rows, and a column for each of these words."""
        site = self.site
        return replace(
            self.ledger.table,
            rows=tuple(self.list_rows(years)),
            columns=tuple(Line(id=each, label=plain(getattr(site.words, each))) for each in columns),
            corner=plain(site.words.year_column if len(self.ledger.chains) == 1 else site.words.ledger_corner),
            column_head=None,
        )

    def list_columns(self) -> dict[str, Callable[[Chain, LedgerYear, str], DataCell]]:
        """The columns by the word that heads them, with what each says of a year."""
        return {
            "ledger_before": self.tell_before,
            "ledger_now": self.tell_now,
            "ledger_verdict": self.tell_verdict,
            "ledger_difference": self.tell_difference,
            "ledger_reason": self.tell_reason,
        }

    def list_years(self) -> Iterator[tuple[str, tuple[Chain, LedgerYear]]]:
        """Each year of each chain, by the id of its row."""
        for number, chain in enumerate(self.ledger.chains):
            for year in chain.years:
                yield name_row(number, year.year), (chain, year)

    def list_rows(self, years: dict[str, tuple[Chain, LedgerYear]]) -> Iterator[Line]:
        """The years as rows; where there are several chains, under a row group for each."""
        for number, chain in enumerate(self.ledger.chains):
            lines = tuple(
                Line(id=row, label=plain(self.site.words.fill("year", year=year.year)))
                for row, (own, year) in years.items()
                if own is chain
            )
            if len(self.ledger.chains) == 1:
                yield from lines
            else:
                label = plain(" › ".join(self.site.say(line.label) for line in chain.path))
                yield Line(id=f"chain{number}", label=label, lines=lines)

    def label(self, line: Line, years: dict[str, tuple[Chain, LedgerYear]]) -> Label:
        """The header of a line; a year leads to its report."""
        text = self.site.say(line.label)
        if line.id not in years:
            return Label(text=text, numeric=line.id in ("ledger_now", "ledger_difference"))
        return Label(text=text, href=self.label_year(years[line.id][1]))

    def label_year(self, year: LedgerYear) -> str:
        """Where the header of a year leads."""
        return "" if year.standing is Standing.NO_REPORT else self.link(year.year)

    def link(self, year: int, at: str = "") -> str:
        """A link to a report, or to a figure in it."""
        address = link_to(page_path(self.agency), page_path(f"{self.agency}/{year}"))
        return f"{address}#{at}" if at else address

    def list_notes(self) -> Iterator[TableNote]:
        """Which chains are shown, where it is not all."""
        column = self.ledger.principal
        if column is not None:
            yield TableNote(text=self.site.words.fill("ledger_principal", column=self.site.say(column.label)))

    def tell_before(self, chain: Chain, year: LedgerYear, headers: str) -> DataCell:
        """What the report before gives, term by term, with its year; otherwise why there is nothing to compare."""
        if year.finding is None:
            text = getattr(self.site.words, f"ledger_{year.standing.replace(' ', '_')}")
            return DataCell(headers=headers, kind="text", text=text)
        facts = dict(year.finding.facts)
        given = str(facts.get("sum", "")) or self.name_state(year.before)
        text = self.site.words.fill("ledger_before_text", year=facts["year"], given=given)
        href = self.link(int(str(facts["year"])), str(facts["source_at"]))
        return DataCell(headers=headers, kind="text", text=text, href=href)

    def name_state(self, figure: Figure | None) -> str:
        """Why there is no number: in words, since it stands in a sentence; of several terms one is missing."""
        words = self.site.words
        if figure is None:
            return words.ledger_incomplete
        cell = make_cell(figure, words, "")
        return cell.spoken or cell.text

    def tell_now(self, chain: Chain, year: LedgerYear, headers: str) -> DataCell:
        """What this year's report prints."""
        words = self.site.words
        if year.standing is Standing.NO_REPORT:
            return DataCell(headers=headers, kind="no-report", text=words.no_report_text, spoken=words.no_report_spoken)
        cell = make_cell(year.figure, words, headers)
        return cell if cell.kind == "not-in-form" else replace(cell, href=self.link(year.year, chain.at))

    def tell_verdict(self, chain: Chain, year: LedgerYear, headers: str) -> DataCell:
        """Whether it closes, in a word."""
        word = VERDICTS.get(year.standing, "ledger_not_applicable")
        return DataCell(headers=headers, kind="text", text=getattr(self.site.words, word))

    def tell_difference(self, chain: Chain, year: LedgerYear, headers: str) -> DataCell:
        """By how much it is off."""
        if year.standing is not Standing.OFF or year.finding is None:
            return self.nothing(headers, "number")
        difference = dict(year.finding.facts)["difference"]
        return DataCell(headers=headers, text=write_fact(difference, self.site.language))

    def tell_reason(self, chain: Chain, year: LedgerYear, headers: str) -> DataCell:
        """The published explanation of what is off."""
        if year.standing is not Standing.OFF or year.finding is None:
            return self.nothing(headers, "text")
        reason = year.finding.acknowledged or self.site.words.ledger_unexplained
        return DataCell(headers=headers, kind="text", text=reason)

    def nothing(self, headers: str, kind: str) -> DataCell:
        """A cell with nothing to say."""
        words = self.site.words
        return DataCell(headers=headers, kind=kind, text=words.nothing_text, spoken=words.nothing_spoken)


def tell_year(chain: Chain, year: LedgerYear) -> Hashable:
    """What decides the cells of a year: the figures on both sides, what was found, where they lead."""
    facts = dict(year.finding.facts) if year.finding is not None else {}
    told = tuple(str(facts.get(name)) for name in ("year", "sum", "source_at", "difference"))
    reason = year.finding.acknowledged if year.finding is not None else None
    before = year.before and tell_apart(year.before)
    return chain.at, year.standing.name, tell_apart(year.figure), before, told, reason


def name_row(chain: int, year: int) -> str:
    """The id of the row of a year."""
    return f"chain{chain}.year{year}"
