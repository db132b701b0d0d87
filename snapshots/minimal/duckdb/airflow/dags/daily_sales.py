"""Airflow DAG of the pipeline daily_sales."""

from datetime import timedelta
from pathlib import Path

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import (
    DAG,
    Asset,
    CronDataIntervalTimetable,
    Param,
    TaskGroup,
    chain,
)

PROJECT_DIR = Path(__file__).resolve().parents[2]
# Airflow keeps the log of each task; a log file of dbt would be written by all of them
# at once.
DBT = 'exec "${DBT_BIN:-dbt}" --no-version-check --log-level-file none'
PUBLISHED = Asset(name="bookshop.daily_sales", uri="x-pipeline://bookshop/daily_sales")

DOC = """
Loads the till's files and builds the sales star.

**Runs**

- `@daily` (UTC)
- within 30 minutes

**Reads**

- `till.customers` from files (specs/data/{table}.csv)
- `till.sales` from files (specs/data/{table}.csv)

**Builds**

- `dim_customer`
- `dim_date`
- `fct_sales`
- `mrt_sales_by_city`

**On failure**

- 2 more tries, the first after 60 seconds, each wait twice as long as the last
"""

DBT_ENV = {
    "DBT_FULL_REFRESH": "{{ params.full_refresh }}",
    "DBT_TARGET_PATH": "target/daily_sales",
    "DBT_INDIRECT_SELECTION": "buildable",
    "DBT_EXCLUDE_RESOURCE_TYPES": "unit_test",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
}


def dbt(task_id: str, command: str, **options: object) -> BashOperator:
    """Run one dbt command in the project folder; the environment may name the dbt."""
    return BashOperator(
        task_id=task_id,
        bash_command=f"{DBT} {command}",
        cwd=str(PROJECT_DIR / "dbt"),
        env=DBT_ENV,
        append_env=True,
        skip_on_exit_code=None,
        **options,
    )


with DAG(
    dag_id="daily_sales",
    description="Loads the till's files and builds the sales star.",
    doc_md=DOC,
    schedule=CronDataIntervalTimetable("@daily", timezone="UTC"),
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(minutes=60),
    default_args={
        "owner": "shop",
        "retries": 2,
        "retry_delay": timedelta(seconds=60),
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": timedelta(hours=1),
        "execution_timeout": timedelta(minutes=30),
        "priority_weight": 10,
        "pool": "bookshop_warehouse",
    },
    params={
        "full_refresh": Param(
            False, type="boolean", description="Build incremental models from scratch."
        ),
    },
    tags=["dbt", "bookshop", "tier-3"],
):
    with TaskGroup("extract", tooltip="Load the sources and check their age"):
        load_files = BashOperator(
            task_id="load_files",
            bash_command='exec "${DLT_PYTHON:-python}" extract/daily_sales.py',
            cwd=str(PROJECT_DIR),
            skip_on_exit_code=None,
        )
        source_freshness = dbt(
            "source_freshness",
            "source freshness --select source:till.customers source:till.sales",
        )

    with TaskGroup("transform", tooltip="One dbt build for each layer"):
        staging = dbt("staging", "build --select path:models/staging,tag:daily_sales")
        intermediate = dbt(
            "intermediate", "build --select path:models/intermediate,tag:daily_sales"
        )
        snapshots = dbt("snapshots", "build --select path:snapshots,tag:daily_sales")
        marts = dbt("marts", "build --select path:models/marts,tag:daily_sales")
        reports = dbt("reports", "build --select path:models/reports,tag:daily_sales")

    with TaskGroup("publish", tooltip="Test and document what is published"):
        quality_gate = dbt(
            "quality_gate",
            (
                "test --indirect-selection eager --select "
                "path:models/marts,tag:daily_sales path:models/reports,tag:daily_sales"
            ),
            outlets=[PUBLISHED],
        )
        docs = dbt("docs", "docs generate")

    chain(
        load_files,
        source_freshness,
        staging,
        intermediate,
        snapshots,
        marts,
        reports,
        quality_gate,
        docs,
    )
