"""Runs dbt commands in one process for as long as its caller wants: one JSON list of arguments per line of standard input.

(Its name must not begin with "dbt_": dbt imports such modules as plugins.)

Each line is answered by one line that begins with "@report " and holds JSON: success, exception, failed nodes.
Between two commands the DuckDB file is closed, so that its caller may write to it.

The project is parsed again only where a file of it changed: dbt would parse all of it for every new value of a variable.
"""

import gc
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("DBT_VERSION_CHECK", "false")

from dbt.cli.main import dbtRunner  # noqa: E402


def failed(result) -> list[str]:
    """What did not succeed, in dbt's words."""
    nodes = getattr(result.result, "results", None) or []
    bad = [one for one in nodes if str(one.status) not in ("success", "pass", "no-op")]
    return [f"{one.status} {one.node.unique_id}: {one.message}" for one in bad]


def let_go() -> None:
    """Closes the DuckDB file that dbt-duckdb keeps open until its process ends."""
    duckdb = sys.modules.get("dbt.adapters.duckdb.connections")
    manager = getattr(duckdb, "DuckDBConnectionManager", None)
    if manager is not None and manager._ENV is not None:
        manager._ENV.close()
        manager._ENV = None
    gc.collect()


QUIET = ["--no-use-colors", "--no-write-json", "--log-level", "error", "--log-level-file", "none"]
PARSED = (".sql", ".yml", ".yaml", ".md")


def state() -> list[tuple[str, int]]:
    """The files that dbt parses, with the time of their last change."""
    files = (one for one in Path().rglob("*") if one.suffix in PARSED and one.parts[0] not in ("target", "logs"))
    return sorted((str(one), one.stat().st_mtime_ns) for one in files)


manifest, parsed = None, None
for line in sys.stdin:
    if (now := state()) != parsed:
        result = dbtRunner().invoke([*QUIET, "parse"])
        manifest, parsed = (result.result, now) if result.success else (None, None)
    if manifest is not None:
        result = dbtRunner(manifest=manifest.deepcopy()).invoke([*QUIET, *json.loads(line)])
    answer = {
        "success": bool(result.success),
        "exception": str(result.exception or ""),
        "failed": failed(result),
    }
    let_go()
    print("\n@report " + json.dumps(answer), flush=True)
