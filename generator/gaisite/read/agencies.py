"""agency.yaml: who an agency is, and what it was called when."""

from collections.abc import Collection

from gaisite.findings import Problems
from gaisite.model.children import ReportingYears
from gaisite.model.content import Agency, AgencyName, Contact
from gaisite.read.aliases import read_aliases
from gaisite.read.fields import Fields, read_mapping
from gaisite.read.files import Source
from gaisite.texts import Texts

KEYS = ("name", "former_names", "kind", "identifiers", "contact", "description", "reports", "aliases")
CONTACT_KEYS = ("office", "address", "postcode", "phone", "email")


def read_agency(
    source: Source, agency_id: str, kinds: Collection[str], language: str, problems: Problems
) -> Agency | None:
    """The agency of a folder; None where the file is no mapping, every mistake noted with its place.

    `kinds` are the kinds of agency that the forms know, `language` that of plain texts.
    """
    root = read_mapping(source, problems, "agency-empty")
    if root is None:
        return None
    fields = Fields(source, root, problems, KEYS)
    contact = fields.record("contact", CONTACT_KEYS)
    name = fields.texts("name", language, required=True) or Texts(((language, agency_id),))
    return Agency(
        id=agency_id,
        names=read_names(fields, name, language),
        kind=fields.choice("kind", kinds),
        identifiers=tuple((key.text, fields.scalar(key.text, node)) for key, node in fields.entries("identifiers")),
        contact=Contact(
            office=contact.text("office"),
            address=contact.text("address"),
            postcode=contact.text("postcode"),
            phone=contact.text("phone"),
            email=contact.text("email"),
        ),
        description=fields.text("description"),
        aliases=read_aliases(fields),
        reporting=read_reporting_years(fields),
        place=source.place(),
    )


def read_reporting_years(fields: Fields) -> ReportingYears:
    """The years for which the agency has to report, where it was founded or closed within those of the portal."""
    years = fields.record("reports", ("first", "last"))
    first, last = years.integer("first"), years.integer("last")
    if first is not None and last is not None and last < first:
        years.note("reporting-years-order", years.place("last"), first=first, last=last)
    return ReportingYears(first=first, last=last)


def read_names(fields: Fields, present: Texts, language: str) -> tuple[AgencyName, ...]:
    """The present name and the former ones, latest first, each with its first year.

    A former name says `until` which year it was borne; the next one begins with the year after.
    """
    former: list[tuple[int, Texts]] = []
    for record in fields.records("former_names", ("name", "until")):
        name = record.texts("name", language, required=True)
        until = record.integer("until", required=True)
        if name is not None and until is not None:
            if any(until == other for other, _ in former):
                record.note("name-year-twice", record.place("until"), year=str(until))
            former.append((until, name))
    former.sort(key=lambda pair: pair[0], reverse=True)
    names = [present, *(name for _, name in former)]
    since = [*(until + 1 for until, _ in former), None]
    return tuple(AgencyName(name=name, since=year) for name, year in zip(names, since, strict=True))
