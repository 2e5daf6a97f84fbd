"""Data described for search engines and data portals: schema.org Dataset, DCAT catalogue; both as JSON-LD."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gaisite.model.downloads import DataFile, Format
from gaisite.model.summary import AgencySummary
from gaisite.render.downloads import DATA_PAGE, FORMATS
from gaisite.render.site import Site, absolute_url, link_to, page_path

Json: TypeAlias = Mapping[str, object]

CATALOGUE = "data/catalog.jsonld"
MEDIA_TYPES = {
    Format.CSV: "text/csv",
    Format.JSON: "application/json",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PARQUET: "application/vnd.apache.parquet",
}
IANA = "https://www.iana.org/assignments/media-types/"
ADDRESS: Json = {"@type": "@id"}
CONTEXT: Json = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "iana": IANA,
    "dct:license": ADDRESS,
    "dct:modified": {"@type": "xsd:date"},
    "dcat:startDate": {"@type": "xsd:gYear"},
    "dcat:endDate": {"@type": "xsd:gYear"},
    "dcat:landingPage": ADDRESS,
    "dcat:accessURL": ADDRESS,
    "dcat:downloadURL": ADDRESS,
    "dcat:mediaType": ADDRESS,
    "dcat:byteSize": {"@type": "xsd:nonNegativeInteger"},
    "foaf:homepage": ADDRESS,
}
"""What the terms are, said once: for thousands of agencies it would be most of the file."""
HARMLESS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""So that nothing in a text ends the element that the JSON stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """What is told of the data beside a page."""

    name: str
    description: str
    creator: str
    """Whose figures they are."""
    years: tuple[int, ...]
    published: str = ""
    """Date, as the report states it; empty where it does not."""
    files: Sequence[DataFile]


def describe_page(site: Site, path: str, dataset: Dataset) -> str:
    """The data beside a page as a schema.org Dataset, for a script element in which nothing runs; empty for no data."""
    if not dataset.files:
        return ""
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.name,
        "description": dataset.description,
        "url": find_address(site, path, path),
        "creator": {"@type": "Organization", "name": dataset.creator},
        "publisher": {"@type": "Organization", "name": site.portal.owner or site.portal.title},
        "temporalCoverage": cover(dataset.years),
        "datePublished": dataset.published[:10],
        "isAccessibleForFree": True,
        "license": name_licence(site),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": site.portal.title,
            "url": find_address(site, path, page_path(DATA_PAGE)),
        },
        "distribution": [describe_download(site, path, file) for file in dataset.files],
    }
    known = {key: value for key, value in described.items() if value != ""}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")).translate(HARMLESS)


def describe_download(site: Site, path: str, file: DataFile) -> Json:
    """A file, as schema.org describes a DataDownload."""
    return {
        "@type": "DataDownload",
        "encodingFormat": MEDIA_TYPES[file.format],
        "contentUrl": find_address(site, path, file.path),
    }


def find_address(site: Site, path: str, target: str) -> str:
    """The address of a file of the site: absolute where that is known, otherwise as seen from another file."""
    return absolute_url(site.portal, target) or link_to(path, target)


def cover(years: Sequence[int]) -> str:
    """A year or a range of years, as ISO 8601 writes it; empty for none."""
    return "/".join(dict.fromkeys(str(year) for year in (*years[:1], *years[-1:])))


def name_licence(site: Site) -> str:
    """The licence's address, or else its name; empty where the portal states none."""
    licence = site.portal.licence
    return (licence.url or licence.label) if licence else ""


def write_catalogue(site: Site, agencies: Iterable[AgencySummary], files: Sequence[DataFile]) -> bytes:
    """The DCAT catalogue of the portal, a dataset a line: one for each agency, and one of all its `files` if any."""
    portal = site.portal
    own = [describe_portal(site, agencies, files)] if files else []
    catalogue = {
        "@context": {**CONTEXT, "dct:title": {"@language": site.language}},
        "@id": find_address(site, CATALOGUE, page_path(DATA_PAGE)),
        "@type": "dcat:Catalog",
        "dct:title": portal.title,
        "dct:description": say(site, portal.description or portal.title),
        "dct:publisher": name_agent(portal.owner or portal.title),
        "foaf:homepage": find_address(site, CATALOGUE, page_path("")),
        **add_licence(site),
    }
    datasets = [*own, *(describe_agency(site, agency) for agency in agencies if agency.data)]
    head = json.dumps(catalogue, ensure_ascii=False, indent=1).removesuffix("\n}")
    rows = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in datasets)
    return f'{head},\n "dcat:dataset": [\n{rows}\n ]\n}}\n'.encode()


def describe_portal(site: Site, agencies: Iterable[AgencySummary], files: Sequence[DataFile]) -> Json:
    """The data of the whole portal as a dcat:Dataset."""
    years = sorted({report.year for agency in agencies for report in agency.reports})
    page = find_address(site, CATALOGUE, page_path(DATA_PAGE))
    return {
        "@id": f"{page}#all",
        "@type": "dcat:Dataset",
        "dct:title": site.words.fill("data_of", name=site.portal.title),
        "dct:publisher": name_agent(site.portal.owner or site.portal.title),
        "dcat:landingPage": page,
        **cover_period(years),
        **add_licence(site),
        "dcat:distribution": list(describe_distributions(site, files)),
    }


def describe_agency(site: Site, agency: AgencySummary) -> Json:
    """An agency's data as a dcat:Dataset."""
    page = find_address(site, CATALOGUE, page_path(agency.id))
    dates = sorted(report.published[:10] for report in agency.reports if report.published)
    modified = {"dct:modified": dates[-1]} if dates else {}
    return {
        "@id": f"{page}#data",
        "@type": "dcat:Dataset",
        "dct:identifier": agency.id,
        "dct:title": site.words.fill("data_of", name=site.say(agency.name)),
        "dct:publisher": name_agent(site.say(agency.name)),
        "dcat:landingPage": page,
        **modified,
        **cover_period([report.year for report in agency.reports]),
        **add_licence(site),
        "dcat:distribution": list(describe_distributions(site, agency.data)),
    }


def describe_distributions(site: Site, files: Iterable[DataFile]) -> Iterator[Json]:
    """Files as dcat:Distributions."""
    for file in files:
        address = find_address(site, CATALOGUE, file.path)
        yield {
            "@type": "dcat:Distribution",
            "dct:title": {"@value": f"{file.path.rpartition('/')[2]} ({FORMATS[file.format]})"},
            "dcat:accessURL": address,
            "dcat:downloadURL": address,
            "dcat:mediaType": f"iana:{MEDIA_TYPES[file.format]}",
            "dcat:byteSize": str(file.size),
        }


def say(site: Site, text: str) -> Json:
    """A text in the language of the pages."""
    return {"@value": text, "@language": site.language}


def name_agent(name: str) -> Json:
    """An organisation."""
    return {"@type": "foaf:Agent", "foaf:name": name}


def add_licence(site: Site) -> Json:
    """The licence as a member; nothing where the portal states none."""
    licence = site.portal.licence
    if licence is None:
        return {}
    unnamed = {"@type": "dct:LicenseDocument", "dct:title": {"@value": licence.label}}
    named = licence.url or unnamed
    return {"dct:license": named}


def cover_period(years: Sequence[int]) -> Json:
    """From the first year to the last, as a member; nothing for no year."""
    if not years:
        return {}
    first, last = str(years[0]), str(years[-1])
    return {"dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last}}
