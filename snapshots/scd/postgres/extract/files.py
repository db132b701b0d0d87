"""Load files into raw tables by dlt, every value as text.

Which files: the newest folder that holds any is the whole table (replace), or
every file that is new or changed is loaded and takes the place of the rows that
it brought before (by file). Which files are loaded already is remembered in the
warehouse itself, so a second run over the same files changes nothing.
"""

import argparse
import glob
import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import dlt
from readers import FileError, Row, columns_of, rows_of
from warehouse import FILES_ROOT_VARIABLE, destination

PROJECT_DIR = Path(__file__).resolve().parents[1]
BATCH_ROWS = 5_000


@dataclass(frozen=True)
class Table:
    """A raw table and the files that it is loaded from."""

    schema: str
    name: str
    files: str
    load: Literal["replace", "by_file"]
    columns: tuple[str, ...]
    stem: str | None = None
    """Only files of this name (without ending) belong to the table."""
    encoding: str = "utf-8"
    """How texts are written that do not begin with a byte order mark."""
    renamed: dict[str, str] = field(default_factory=dict)
    """Columns that are called otherwise in the warehouse, by what they are there."""

    @property
    def raw_columns(self) -> list[str]:
        """Return the names of the columns in the warehouse."""
        renamed = {column: name for name, column in self.renamed.items()}
        return [renamed.get(column, column) for column in self.columns]


@dataclass(frozen=True)
class Work:
    """What is to be loaded into one table, and what is known once that is done."""

    table: Table
    root: Path
    paths: list[str]
    known: dict[str, str]


def load(pipeline: str, tables: list[Table]) -> None:
    """Load all tables of a pipeline; end the process with 1 where one cannot be."""
    parser = argparse.ArgumentParser(description=f"Load the files of {pipeline}.")
    parser.add_argument(
        "--files-root",
        type=Path,
        default=os.environ.get(FILES_ROOT_VARIABLE, PROJECT_DIR),
        help=f"folder of the files (default: ${FILES_ROOT_VARIABLE}, else the project)",
    )
    root = parser.parse_args().files_root.resolve()
    dlt.config["runtime.dlthub_telemetry"] = False
    dlt.config["load.truncate_staging_dataset"] = True
    try:
        for schema in sorted({table.schema for table in tables}):
            chosen = [table for table in tables if table.schema == schema]
            load_schema(f"{pipeline}_{schema}", schema, chosen, root)
    except Exception as error:
        reason = file_error(error)
        if reason is None:
            raise
        sys.exit(f"error: {reason}")


def load_schema(name: str, schema: str, tables: list[Table], root: Path) -> None:
    """Load the tables of one schema as one package; its state travels with it."""
    with TemporaryDirectory(prefix="dlt-") as home:
        pipeline = dlt.pipeline(
            name, pipelines_dir=home, destination=destination(), dataset_name=schema
        )
        pipeline.sync_destination()
        source = pipeline.state.get("sources", {}).get(name, {})
        states = source.get("resources", {})
        plans = [work_of(table, root, states.get(table.name, {})) for table in tables]
        work = [one for one in plans if one is not None]
        if work:
            forget_emptied(pipeline, work)
            now = datetime.now(UTC).replace(tzinfo=None)
            pipeline.run([resource_of(one, now) for one in work])
        counts = pipeline.last_trace.last_normalize_info.row_counts if work else {}
        for table, one in zip(tables, plans, strict=True):
            rows, files = counts.get(table.name, 0), one.paths if one else []
            news = f"{rows} rows from {len(files)} files" if files else "nothing new"
            print(f"{schema}.{table.name}: {news}")


def work_of(table: Table, root: Path, state: dict) -> Work | None:
    """Decide which files to load; None where the table holds them as they are."""
    known = state.get("files", {})
    same_columns = state.get("columns") == table.raw_columns
    paths = matching(table, root)
    if table.load == "replace":
        paths = newest_folder(paths)
    if not paths and (table.load == "replace" or not known):
        raise FileError(f"no file matches {table.files} in {root}")
    hashes = {path: fingerprint(root / path, table.encoding) for path in paths}
    if same_columns and all(known.get(path) == hashes[path] for path in paths):
        if table.load == "by_file" or known.keys() == hashes.keys():
            return None
    if table.load == "replace":
        check_columns(table, root, paths)
        return Work(table, root, paths, hashes)
    fresh = [path for path in paths if known.get(path) != hashes[path]]
    check_columns(table, root, fresh)
    # A new column of the contract is read from old files where they have it.
    old = [] if same_columns else [path for path in paths if path not in fresh]
    again = [path for path in old if not lacking(table, root / path)]
    return Work(table, root, sorted([*fresh, *again]), {**known, **hashes})


def newest_folder(paths: list[str]) -> list[str]:
    """Return the files in the last of their folders, in order of code points."""
    newest = max((os.path.dirname(path) for path in paths), default="")
    return [path for path in paths if os.path.dirname(path) == newest]


def matching(table: Table, root: Path) -> list[str]:
    """Return the table's files relative to the root, in order of their code points."""
    found = glob.glob(table.files, root_dir=root, recursive=True)
    paths = {path for path in found if (root / path).is_file()}
    if table.stem is not None:
        paths = {path for path in paths if Path(path).name.split(".")[0] == table.stem}
    return sorted(path.replace(os.sep, "/") for path in paths)


def fingerprint(path: Path, encoding: str) -> str:
    """Return what changes with a file's content, or with how its text is read."""
    with path.open("rb") as stream:
        content = hashlib.file_digest(stream, "sha256").hexdigest()
    return content if encoding == "utf-8" else f"{content} {encoding}"


def check_columns(table: Table, root: Path, paths: list[str]) -> None:
    """Refuse files that lack a column; tell of columns that are not loaded."""
    for path in paths:
        found = columns_of(root / path, table.columns, table.encoding) or []
        missing = lacking(table, root / path)
        if missing:
            raise FileError(
                f"{path} lacks {quoted(missing)} of {table.name}; "
                f"its columns are {quoted(found) or 'none'}"
            )
        extra = [column for column in found if column not in table.columns]
        if extra:
            print(f"notice: {path}: not in the contract, so ignored: {quoted(extra)}")


def lacking(table: Table, path: Path) -> list[str]:
    """Return the contracted columns that a file does not have."""
    found = columns_of(path, table.columns, table.encoding)
    if found is None:
        return []
    return [column for column in table.columns if column not in found]


def quoted(names: list[str]) -> str:
    """Return names as a list for people."""
    return ", ".join(f'"{name}"' for name in names)


def forget_emptied(pipeline: dlt.Pipeline, work: list[Work]) -> None:
    """Delete what files brought that changed and have no row any more."""
    for one in work:
        if one.table.load == "replace" or pipeline.first_run:
            continue
        for path in one.paths:
            if next(rows_in(path, one), None) is None:
                with pipeline.sql_client() as client:
                    table = client.make_qualified_table_name(one.table.name)
                    client.execute_sql(f"delete from {table} where _source = %s", path)


def rows_in(path: str, work: Work) -> Iterator[Row]:
    """Yield the rows of one of the files."""
    return rows_of(work.root / path, work.table.columns, work.table.encoding)


def resource_of(work: Work, extracted_at: datetime) -> dlt.sources.DltResource:
    """Return the dlt resource that loads one table."""
    table, columns = work.table, work.table.raw_columns

    def rows() -> Iterator[object]:
        yield dlt.mark.materialize_table_schema()
        for order, path in enumerate(work.paths):
            # Files of one run keep their order: rows of a later file are newer.
            loaded_at = extracted_at + timedelta(microseconds=order)
            numbered = enumerate(rows_in(path, work), start=1)
            while batch := list(islice(numbered, BATCH_ROWS)):
                yield [
                    {
                        **dict(zip(columns, values, strict=True)),
                        "_extracted_at": loaded_at,
                        "_source": path,
                        "_source_row": number,
                    }
                    for number, values in batch
                ]
        state = dlt.current.resource_state()
        state["files"] = work.known
        state["columns"] = columns

    by_file = {"disposition": "merge", "strategy": "delete-insert"}
    replace = {"disposition": "replace", "strategy": "insert-from-staging"}
    return dlt.resource(
        rows,
        name=table.name,
        write_disposition=by_file if table.load == "by_file" else replace,
        merge_key="_source" if table.load == "by_file" else None,
        columns={
            **{column: {"data_type": "text"} for column in columns},
            "_extracted_at": {"data_type": "timestamp", "timezone": False},
            "_source": {"data_type": "text"},
            "_source_row": {"data_type": "bigint"},
        },
    )


def file_error(error: BaseException | None) -> FileError | None:
    """Find the reason in the chain of errors that dlt wraps around it."""
    while error is not None and not isinstance(error, FileError):
        error = error.__cause__ or error.__context__
    return error
