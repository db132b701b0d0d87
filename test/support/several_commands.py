"""Runs several dbt commands in one process: a JSON list of argument lists on standard input, a JSON report on the last line.

Warnings are errors and the first command that fails is the last, unless KEEP_GOING is set; usage statistics and version checks are off.
A project is parsed once: dbt would do it again for other variables, which ours reads only when it runs. Where ONE_THREAD is set, dbt works
in one thread: several of them wait for Python more than for DuckDB. What builds and tests would write about themselves nobody reads.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("DBT_VERSION_CHECK", "false")

from dbt.cli.main import dbtRunner  # noqa: E402
from dbt.contracts.graph.manifest import Manifest  # noqa: E402


def parsed() -> Manifest | None:
    """What an earlier run parsed, unless a file of the project has changed since."""
    kept = Path("target", "partial_parse.msgpack")
    if not kept.exists():
        return None
    since = kept.stat().st_mtime_ns
    sources = (one for kind in ("*.sql", "*.yml") for one in Path().rglob(kind) if one.parts[0] not in ("target", "logs"))
    return None if any(one.stat().st_mtime_ns >= since for one in sources) else Manifest.from_msgpack(kept.read_bytes())


def report(result) -> dict:
    """The outcome of one invocation: success, and status and message of each node."""
    nodes = []
    for one in getattr(result.result, "results", None) or []:
        node = getattr(one, "node", None)
        nodes.append(
            {
                "id": getattr(node, "unique_id", "?"),
                "status": str(getattr(one, "status", "?")),
                "message": str(getattr(one, "message", "") or ""),
                "failures": getattr(one, "failures", None),
            }
        )
    return {"success": bool(result.success), "exception": str(result.exception or ""), "nodes": nodes}


runner = dbtRunner(manifest=parsed())
keep_going = bool(os.environ.get("KEEP_GOING"))
flags = ["--no-use-colors", "--log-level", "warn", "--log-level-file", "none"]
if not keep_going:
    flags.append("--warn-error")
threads = ["--threads", "1"] if os.environ.get("ONE_THREAD") else []
reports = []
for arguments in json.load(sys.stdin):
    unread = ["--no-write-json"] if arguments[0] in ("build", "test") else []
    reports.append(report(runner.invoke([*flags, *arguments, *threads, *unread])))
    if not reports[-1]["success"] and not keep_going:
        break
print()
print(json.dumps(reports))
