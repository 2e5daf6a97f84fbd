"""Files for download as another program reads them: every format back into the same rows, by column names."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow.parquet

from gaisite.model.content import State
from gaisite.model.forms import Relation

Row = dict[str, object]

STATES = {
    "数值": State.NUMBER,
    "未填": State.BLANK,
    "不适用": State.NOT_APPLICABLE,
    "表内无此项": State.NOT_IN_FORM,
}
RELATIONS = {
    "相同": Relation.SAME,
    "合计": Relation.SUM_OF,
    "可比，口径有别": Relation.CAVEAT,
    "不可比": Relation.NOT_COMPARABLE,
    "仅本格式有": Relation.ONLY_HERE,
    "仅上一版格式有": Relation.ONLY_THERE,
}
LABELS = frozenset({"agency", "agency_name", "table_label", "row_label", "column_label", "unit", "note"})
SIGNS = tuple("=+-@＝＋－＠\t\r")


def take_guard(text: str) -> str:
    """A label without the apostrophe that keeps it from being a formula."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(SIGNS) else text


def read_csv(content: bytes, metadata: bytes) -> list[Row]:
    """A CSV file as its CSVW metadata says: dialect, names and types of the columns."""
    described = json.loads(metadata)
    dialect, columns = described["dialect"], described["tableSchema"]["columns"]
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode(dialect["encoding"]).removeprefix("\ufeff")
    assert text.endswith(dialect["lineTerminators"][0])
    header, *lines = csv.reader(
        io.StringIO(text, newline=""), delimiter=dialect["delimiter"], quotechar=dialect["quoteChar"], strict=True
    )
    assert header == [column["titles"] for column in columns]
    rows = [
        {column["name"]: convert(field, column) for column, field in zip(columns, line, strict=True)} for line in lines
    ]
    keys = [tuple(row[name] for name in described["tableSchema"]["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(keys)
    return rows


def convert(field: str, column: Mapping[str, object]) -> object:
    """A field as its column's type has it; an empty one is nothing."""
    name, datatype = column["name"], column["datatype"]
    if "separator" in column:
        return tuple(field.split(column["separator"])) if field else ()  # type: ignore[arg-type]
    if isinstance(datatype, dict):
        words = datatype["format"].split("|")
        assert field in words
        return field == words[0] if datatype["base"] == "boolean" else {**STATES, **RELATIONS}[field]
    if datatype in ("gYear", "decimal"):
        return (Decimal(field) if datatype == "decimal" else int(field)) if field else None
    return take_guard(field) if name in LABELS else field


def read_report_json(content: bytes) -> Iterator[Row]:
    """The observations of data.json, with labels from its tables and defaults for what is left out."""
    report = json.loads(content, parse_float=Decimal)
    for table in report["tables"]:
        for each in table["observations"]:
            cell = f"{table['table']}.{each['row']}.{each['column']}"
            yield {
                "agency": report["agency"],
                "agency_name": report["agency_name"],
                "year": report["year"],
                "form": report["form"],
                "table": table["table"],
                "table_label": table["label"],
                "row": each["row"],
                "row_label": " › ".join(table["rows"][each["row"]]),
                "column": each["column"],
                "column_label": " › ".join(table["columns"][each["column"]]),
                **read_figure(each),
                "series": each.get("series", f"{report['form']}/{cell}"),
                "failed": tuple(each.get("failed", ())),
                "acknowledged": tuple(each.get("acknowledged", ())),
                "revised": each.get("revised", ""),
            }


def read_figure(each: Mapping[str, object]) -> Row:
    """The columns of a figure."""
    return {
        "state": State(each["state"]),
        "value": each.get("value"),
        "text": each.get("text", ""),
        "unit": each.get("unit", ""),
        "computed": each.get("computed", False),
    }


def read_series_json(content: bytes) -> Iterator[Row]:
    """The points of series.json."""
    agency = json.loads(content, parse_float=Decimal)
    reports = {report["year"]: report for report in agency["reports"]}
    for series in agency["series"]:
        for point in series["points"]:
            report = reports[point["year"]]
            yield {
                "agency": agency["agency"],
                "series": series["series"],
                "table": series["table"],
                "table_label": series["table_label"],
                "row": series["row"],
                "row_label": " › ".join(series["row_labels"]),
                "column": series["column"],
                "column_label": " › ".join(series["column_labels"]),
                "year": point["year"],
                "agency_name": report["agency_name"],
                "form": report["form"],
                **read_figure(point),
                "relation": Relation(point.get("relation", "same")),
                "note": point.get("note", ""),
                "cells": tuple(point.get("cells", ())),
            }


def read_xlsx(content: bytes, names: Iterable[str]) -> list[Row]:
    """The first sheet of a workbook; its numbers show the decimals that were published, and nothing in it is a formula."""
    names = tuple(names)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    rows = []
    for line in sheet.iter_rows(min_row=2):
        row = dict(zip(names, line, strict=True))
        rows.append({name: convert_cell(name, cell) for name, cell in row.items()})
    return rows


def convert_cell(name: str, cell: openpyxl.cell.cell.Cell) -> object:
    value = cell.value
    if name in ("state", "relation"):
        return {**STATES, **RELATIONS}[value]
    if name == "computed":
        return {"是": True, "否": False}[value]
    if name in ("failed", "acknowledged", "cells"):
        return tuple(value.split()) if value else ()
    if name == "value":
        return read_number(cell)
    return "" if value is None else value


def read_number(cell: openpyxl.cell.cell.Cell) -> Decimal | None:
    """A number as the sheet shows it; one with more digits than a spreadsheet's numbers have is a text."""
    if cell.value is None or cell.data_type == "s":
        return None if cell.value is None else Decimal(cell.value)
    decimals = len(cell.number_format.partition(".")[2])
    return Decimal(f"{cell.value:.{decimals}f}")


def read_parquet(path: Path | io.BytesIO) -> list[Row]:
    """A Parquet file; its state is a code, a list of ids a text."""
    rows = pyarrow.parquet.read_table(path).to_pylist()
    for row in rows:
        row["state"] = State(row["state"])
        for name in ("failed", "acknowledged"):
            row[name] = tuple((row[name] or "").split())
        for name, value in row.items():
            row[name] = "" if value is None and name != "value" else value
    return rows
