"""Parquet for programs: the observations of an agency, and of the whole portal put together from those."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from gaisite.export.rows import Value, list_observations
from gaisite.model.columns import OBSERVATION_COLUMNS, Column, ColumnKind
from gaisite.model.content import State
from gaisite.model.datasets import AgencyData

if TYPE_CHECKING:
    from pyarrow import DataType, Schema, Table

PIECE = 1 << 20
GROUP = 1 << 16
"""Rows."""
DIGITS, DECIMALS = 36, 18
"""Room for every figure that can be read, on both sides of the point."""


def write_table(agency: AgencyData) -> bytes:
    """data.parquet of an agency."""
    from pyarrow import Table, parquet

    schema = describe_columns()
    columns = zip(*(row for report in agency.reports for row in list_observations(report)), strict=True)
    values = [[plain(value) for value in column] for column in columns] or [[] for _ in OBSERVATION_COLUMNS]
    file = BytesIO()
    parquet.write_table(Table.from_pydict(dict(zip(schema.names, values, strict=True)), schema=schema), file)
    return file.getvalue()


def plain(value: Value) -> object:
    """A value as Parquet has it: nothing is null, a list of ids one text."""
    if isinstance(value, State):
        return value.value
    if isinstance(value, tuple):
        return " ".join(value) or None
    return None if value == "" else value


def describe_columns() -> "Schema":
    """The columns by name and type."""
    from pyarrow import schema

    return schema([(column.name, choose_type(column)) for column in OBSERVATION_COLUMNS])


def choose_type(column: Column) -> "DataType":
    """The type of a column."""
    import pyarrow

    types = {
        ColumnKind.YEAR: pyarrow.int32(),
        ColumnKind.NUMBER: pyarrow.decimal128(DIGITS, DECIMALS),
        ColumnKind.FLAG: pyarrow.bool_(),
    }
    return types.get(column.kind, pyarrow.string())


def join_tables(files: Iterable[BinaryIO]) -> Iterator[bytes]:
    """One file with the rows of all, in pieces; it is gathered on the disk, never in memory."""
    from pyarrow import parquet

    with TemporaryFile() as joined:
        with parquet.ParquetWriter(joined, describe_columns()) as writer:
            for table in gather(parquet.read_table(file) for file in files):
                writer.write_table(table)
        joined.seek(0)
        while piece := joined.read(PIECE):
            yield piece


def gather(tables: "Iterable[Table]") -> "Iterator[Table]":
    """The same rows in fewer tables, each worth a row group of its own."""
    from pyarrow import concat_tables

    waiting: list[Table] = []
    for table in tables:
        waiting.append(table)
        if sum(each.num_rows for each in waiting) >= GROUP:
            yield concat_tables(waiting)
            waiting = []
    if waiting:
        yield concat_tables(waiting)
