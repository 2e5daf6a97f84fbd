"""Files for download as outputs: those of an agency, and those of the portal, put together from the agencies' own."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from gaisite.build.cache import Cache
from gaisite.build.known import Known
from gaisite.build.project import Common
from gaisite.export.documents import REPORT_SCHEMA, SERIES_SCHEMA
from gaisite.export.files import Exported, describe_csv, join_files
from gaisite.export.schemas import write_report_schema, write_series_schema
from gaisite.model.downloads import Content, DataFile, Format
from gaisite.write import Opener, Output

ORIGIN = "content/site.yaml"


def output_exports(exports: Sequence[Exported], origin: str) -> tuple[Output, ...]:
    """What was exported of an agency, as files of the site."""
    return tuple(Output(path=each.path, content=each.content, origin=origin) for each in exports)


@dataclass(slots=True, kw_only=True)
class PortalData:
    """The portal's data files; where no agency's data changed, those of the last build are kept."""

    common: Common
    agencies: Sequence[Known]
    cache: Cache
    present: Mapping[str, str]
    """The manifest of the site as it is."""
    files: list[DataFile] = field(default_factory=list)
    """Those that were put together so far."""

    def outputs(self) -> Iterator[Output]:
        """The joined files, which are read from those of the agencies, and the schemas of the JSON files."""
        portal = self.common.portal
        for format in portal.formats:
            if format in (Format.CSV, Format.PARQUET):
                yield from self.join(format)
        if Format.CSV in portal.formats:
            metadata = describe_csv("data/all.csv", portal.title, portal)
            yield Output(path=metadata.path, content=metadata.content, origin=ORIGIN)
        if Format.JSON in portal.formats:
            yield Output(path=SERIES_SCHEMA, content=write_series_schema(), origin=ORIGIN)
            for form in sorted({form for agency in self.agencies for _, form in agency.reports}):
                schema = write_report_schema(self.common.forms[form])
                yield Output(path=f"forms/{form}/{REPORT_SCHEMA}", content=schema, origin=ORIGIN)

    def join(self, format: Format) -> Iterator[Output]:
        """One file of the whole portal."""
        path = f"data/all.{format}"
        parts = {file: digest for agency in self.agencies for file, digest in pick_parts(format, agency)}
        key = hashlib.sha256(repr((self.common.key, parts)).encode()).hexdigest()
        kept = self.cache.load_file(path, key)
        if kept is not None and self.present.get(path) == kept[0]:
            size = kept[1]
            yield Output(path=path, digest=kept[0], origin=ORIGIN)
        else:
            joining = Joining(format=format, parts=tuple(parts), language=self.common.portal.language)
            yield Output(path=path, compose=joining.compose, origin=ORIGIN)
            size = joining.size
            self.cache.store_file(path, key, (joining.digest, size))
        self.files.append(DataFile(path=path, format=format, content=Content.OBSERVATIONS, size=size))


def pick_parts(format: Format, agency: Known) -> Iterator[tuple[str, str]]:
    """The files of an agency that go into the portal's, each with its sha256: CSV by report, Parquet by agency."""
    wanted = {f"{agency.id}/{year}/data.csv" for year, _ in agency.reports}
    if format is Format.PARQUET:
        wanted = {f"{agency.id}/data.parquet"}
    return (output for output in agency.outputs if output[0] in wanted)


@dataclass(slots=True, kw_only=True)
class Joining:
    """Puts one file together, and knows afterwards what came of it."""

    format: Format
    parts: tuple[str, ...]
    language: str
    size: int = 0
    digest: str = ""

    def compose(self, opener: Opener) -> Iterator[bytes]:
        """The bytes, in pieces."""
        size, digest = 0, hashlib.sha256()
        for piece in join_files(self.format, self.open_parts(opener), self.language):
            size += len(piece)
            digest.update(piece)
            yield piece
        self.size, self.digest = size, digest.hexdigest()

    def open_parts(self, opener: Opener) -> Iterator[BinaryIO]:
        """The files that it is made of, one after the other."""
        for part in self.parts:
            with opener(part) as file:
                yield file
