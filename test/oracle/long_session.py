"""Runs dbt commands in one process for as long as its caller wants: one JSON list of arguments per line of standard input.

(Its name must not begin with "dbt_": dbt imports such modules as plugins.)

Each line is answered by one line that begins with "@report " and holds JSON: success, exception, failed nodes.
Between two commands the DuckDB file is closed, so that its caller may write to it.
"""

import gc
import json
import os
import sys

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


runner = dbtRunner()
for line in sys.stdin:
    result = runner.invoke(["--no-use-colors", "--log-level", "error", *json.loads(line)])
    answer = {
        "success": bool(result.success),
        "exception": str(result.exception or ""),
        "failed": failed(result),
    }
    let_go()
    print("\n@report " + json.dumps(answer), flush=True)
