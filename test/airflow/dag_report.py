"""Imports a folder of DAGs as Airflow does and prints what it found as JSON: dag_report.py DAGS [POOLS].

Every warning that a DAG file causes is an error; Airflow's own, at import, are not ours.
"""

import json
import sys
import warnings
from pathlib import Path

import airflow.providers.standard.operators.bash  # noqa: F401
import airflow.sdk
from airflow.dag_processing.dagbag import BundleDagBag

for name in ("DAG", "Asset", "AssetOrTimeSchedule", "CronDataIntervalTimetable", "Param", "TaskGroup", "chain"):
    getattr(airflow.sdk, name)

# What somebody may type as a parameter of a run.
tried = (False, True, "2026-03-01", "2026-3-1", "2026-02-30", "yesterday", "2026-03-01' or '1'='1", 20260301)
folder, *pools_file = sys.argv[1:]
pools = set(json.loads(Path(pools_file[0]).read_text())) if pools_file else set()
with warnings.catch_warnings():
    warnings.simplefilter("error")
    bag = BundleDagBag(dag_folder=folder, bundle_path=Path(folder), known_pools=pools | {"default_pool"})
report = {
    "errors": bag.import_errors,
    "warnings": sorted(str(one) for one in bag.dag_warnings),
    "dags": {
        dag.dag_id: {
            "description": dag.description,
            "doc": dag.doc_md,
            "schedule": type(dag.timetable).__name__,
            "owner": dag.owner,
            "tags": sorted(dag.tags),
            "catchup": dag.catchup,
            "params": {
                name: {"default": dag.params[name], "takes": [one for one in tried if dag.params.get_param(name).resolve(one, suppress_exception=True) is not None]}
                for name in dag.params
            },
            "tasks": {
                task.task_id: {
                    "pool": task.pool,
                    "retries": task.retries,
                    "upstream": sorted(task.upstream_task_ids),
                    "outlets": [outlet.uri for outlet in task.outlets],
                }
                for task in dag.topological_sort()
            },
        }
        for dag in bag.dags.values()
    },
}
print(json.dumps(report))
