"""Rows of CSV, JSON and Parquet files as text, never a whole file at once."""

import codecs
import csv
import glob
import gzip
import json
import re
import sys
import unicodedata
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import duckdb

Row = tuple[str | None, ...]

DELIMITERS = (",", ";", "\t", "|")
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
JSON_PUNCTUATION = re.compile(r"[\s,\[\]]*")

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


class FileError(Exception):
    """A file cannot be loaded; the text says which one and why."""


def columns_of(path: Path, wanted: tuple[str, ...], encoding: str) -> list[str] | None:
    """Return the names of a file's columns, or None where each row has its own."""
    with named(path, encoding):
        match kind_of(path):
            case "csv":
                return csv_header(path, wanted, encoding)[0]
            case "parquet":
                return list(parquet_types(path))
            case _:
                return None


def rows_of(path: Path, columns: tuple[str, ...], encoding: str) -> Iterator[Row]:
    """Yield the wanted columns of each row as text; what is empty is None."""
    with named(path, encoding):
        match kind_of(path):
            case "csv":
                yield from csv_rows(path, columns, encoding)
            case "parquet":
                yield from parquet_rows(path, columns)
            case _:
                yield from json_rows(path, columns, encoding)


@contextmanager
def named(path: Path, encoding: str) -> Generator[None, None, None]:
    """Say in every error of reading which file it was."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise FileError(undecodable(path, encoding, error)) from error
    except (OSError, EOFError, duckdb.Error) as error:
        raise FileError(f"{path}: {error}") from error


def kind_of(path: Path) -> str:
    """Tell the format of a file from its name."""
    name = path.name.lower().removesuffix(".gz")
    for kind, endings in {
        "csv": (".csv", ".tsv", ".txt"),
        "json": (".json", ".jsonl", ".ndjson"),
        "parquet": (".parquet",),
    }.items():
        if name.endswith(endings):
            return kind
    raise FileError(f"{path}: neither CSV, JSON nor Parquet by its name")


def open_text(path: Path, encoding: str, errors: str = "strict") -> TextIO:
    """Open a text file, packed by gzip or not, after its byte order mark."""
    opened = gzip.open if path.suffix.lower() == ".gz" else open
    codec = codec_of(path, encoding)
    return opened(path, "rt", encoding=codec, errors=errors, newline="")


def codec_of(path: Path, encoding: str) -> str:
    """Tell how a text file is written: its byte order mark knows best."""
    opened = gzip.open if path.suffix.lower() == ".gz" else open
    with opened(path, "rb") as stream:
        start = stream.read(max(map(len, MARKS)))
    marked = (codec for mark, codec in MARKS.items() if start.startswith(mark))
    return next(marked, "utf-16-le" if encoding == "utf-16" else encoding)


def undecodable(path: Path, encoding: str, error: UnicodeDecodeError) -> str:
    """Say which line holds what is no character."""
    with open_text(path, encoding, errors="replace") as stream:
        lines = enumerate(stream, start=1)
        place = next((f":{line}" for line, text in lines if "\ufffd" in text), "")
    found = error.object[error.start : error.end].hex(" ")
    codec = codec_of(path, encoding).removesuffix("-sig")
    return (
        f"{path}{place}: the bytes {found} are not {codec}; "
        "extract.encoding of the pipeline says how text is written"
    )


def csv_rows(path: Path, columns: tuple[str, ...], encoding: str) -> Iterator[Row]:
    """Read a CSV file with a header line; blank lines are no rows."""
    header, delimiter = csv_header(path, columns, encoding)
    positions = [header.index(column) for column in columns]
    with open_text(path, encoding) as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            next(reader, None)
            for values in reader:
                if not values:
                    continue
                if len(values) != len(header):
                    raise FileError(
                        f"{path}:{reader.line_num}: {len(values)} values "
                        f"for {len(header)} columns"
                    )
                yield tuple(values[position] or None for position in positions)
        except csv.Error as error:
            raise FileError(f"{path}:{reader.line_num}: {error}") from error


def csv_header(
    path: Path, wanted: tuple[str, ...], encoding: str
) -> tuple[list[str], str]:
    """Return the header, split by the delimiter that finds most wanted columns."""
    found: tuple[list[str], str] = ([], DELIMITERS[0])
    for delimiter in DELIMITERS:
        with open_text(path, encoding) as stream:
            try:
                names = next(csv.reader(stream, delimiter=delimiter), [])
            except csv.Error as error:
                raise FileError(f"{path}:1: {error}") from error
        # A letter and its accent may be two characters; in a spec they are one.
        header = [unicodedata.normalize("NFC", name) for name in names]
        if len(set(header) & set(wanted)) > len(set(found[0]) & set(wanted)):
            found = (header, delimiter)
        elif not found[0]:
            found = (header, delimiter)
    for column in wanted:
        if found[0].count(column) > 1:
            raise FileError(f'{path}:1: the column "{column}" occurs more than once')
    return found


class JsonNumber(str):
    """A number of a JSON text as it is written there, digit for digit."""


def json_rows(path: Path, columns: tuple[str, ...], encoding: str) -> Iterator[Row]:
    """Read the objects of a JSON list, or of JSON lines."""
    for number, record in enumerate(json_values(path, encoding), start=1):
        if not isinstance(record, dict):
            raise FileError(f"{path}: item {number} is no JSON object")
        yield tuple(json_value(record.get(column)) for column in columns)


def json_values(path: Path, encoding: str) -> Iterator[object]:
    """Decode one value after the other; only the one in work is kept."""
    # NaN and Infinity are no JSON: inside of a value they are written as texts.
    decoder = json.JSONDecoder(
        parse_float=JsonNumber, parse_int=JsonNumber, parse_constant=str
    )
    rest = ""
    with open_text(path, encoding) as stream:
        while chunk := stream.read(1 << 20):
            rest += chunk
            position = 0
            while True:
                position = JSON_PUNCTUATION.match(rest, position).end()
                try:
                    value, position = decoder.raw_decode(rest, position)
                except json.JSONDecodeError:
                    break  # the value goes on in the next chunk
                yield value
            rest = rest[position:]
    if rest:
        raise FileError(f"{path}: broken JSON near {rest[:40]!r}")


def json_value(value: object) -> str | None:
    """Return a value as text: a text as it is, everything else as JSON."""
    if value is None or isinstance(value, str):
        return value if value is None else str(value)
    return json_text(value)


def json_text(value: object) -> str:
    """Write a decoded value as JSON, numbers as they were read."""
    if isinstance(value, JsonNumber):
        return str(value)
    if isinstance(value, dict):
        items = (f"{json.dumps(k)}: {json_text(v)}" for k, v in value.items())
        return f"{{{', '.join(items)}}}"
    if isinstance(value, list):
        return f"[{', '.join(json_text(item) for item in value)}]"
    return json.dumps(value, ensure_ascii=False)


def parquet_types(path: Path) -> dict[str, str]:
    """Return the names and DuckDB types of a Parquet file's columns."""
    with duckdb.connect() as engine:
        query = "describe select * from read_parquet(?)"
        found = engine.execute(query, [glob.escape(str(path))]).fetchall()
    return {name: type_ for name, type_, *_ in found}


def parquet_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Read a Parquet file; lists and structures become JSON, instants are UTC."""
    types = parquet_types(path)
    texts = ", ".join(parquet_text(column, types[column]) for column in columns)
    with duckdb.connect() as engine:
        engine.execute("set TimeZone = 'UTC'; set Calendar = 'gregorian'")
        query = f"select {texts} from read_parquet(?)"
        result = engine.execute(query, [glob.escape(str(path))])
        while batch := result.fetchmany(10_000):
            yield from batch


def parquet_text(column: str, type_: str) -> str:
    """Return the SQL that makes a text of a column."""
    quoted = '"' + column.replace('"', '""') + '"'
    nested = type_.endswith("]") or type_.startswith(("STRUCT", "MAP", "UNION"))
    return f"cast({f'to_json({quoted})' if nested else quoted} as varchar)"
