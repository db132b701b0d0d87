"""Runs several dbt commands in one process: a JSON list of argument lists on standard input, a JSON report on the last line.

Warnings are errors and the first command that fails is the last, unless KEEP_GOING is set; usage statistics and version checks are off, and dbt parses from scratch.
"""

import json
import os
import sys

os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("DBT_VERSION_CHECK", "false")

from dbt.cli.main import dbtRunner  # noqa: E402


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


runner = dbtRunner()
keep_going = bool(os.environ.get("KEEP_GOING"))
flags = ["--no-use-colors"] if keep_going else ["--warn-error", "--no-use-colors"]
reports = []
for arguments in json.load(sys.stdin):
    reports.append(report(runner.invoke([*flags, *arguments])))
    if not reports[-1]["success"] and not keep_going:
        break
print()
print(json.dumps(reports))
