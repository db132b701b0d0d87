"""Airflow DAG of the pipeline store_daily."""

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
PUBLISHED = Asset(
    name="kimball_golden.store_daily", uri="x-pipeline://kimball_golden/store_daily"
)

DOC = """
Loads the daily files of the store and builds its star.

**Runs**

- `@daily` (UTC)

**Reads**

- `store.customers` from files (landing/\\*/{table}.csv)
- `store.events` from files (landing/\\*/{table}.csv)
- `store.order_items` from files (landing/\\*/{table}.csv)
- `store.orders` from files (landing/\\*/{table}.csv)
- `store.products` from files (landing/\\*/{table}.csv)

**Builds**

- `dim_customer`
- `dim_date`
- `dim_product`
- `fct_events`
- `fct_sales`

**On failure**

- 2 more tries, the first after 300 seconds, each wait twice as long as the last
"""

DBT_ENV = {
    "DBT_FULL_REFRESH": "{{ params.full_refresh }}",
    "DBT_TARGET_PATH": "target/store_daily",
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
    dag_id="store_daily",
    description="Loads the daily files of the store and builds its star.",
    doc_md=DOC,
    schedule=CronDataIntervalTimetable("@daily", timezone="UTC"),
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args={
        "owner": "store",
        "retries": 2,
        "retry_delay": timedelta(seconds=300),
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": timedelta(hours=1),
        "execution_timeout": timedelta(hours=6),
    },
    params={
        "full_refresh": Param(
            False, type="boolean", description="Build incremental models from scratch."
        ),
    },
    tags=["dbt", "kimball-golden"],
):
    with TaskGroup("extract", tooltip="Load the sources and check their age"):
        load_files = BashOperator(
            task_id="load_files",
            bash_command='exec "${DLT_PYTHON:-python}" extract/store_daily.py',
            cwd=str(PROJECT_DIR),
            skip_on_exit_code=None,
        )
        source_freshness = dbt(
            "source_freshness",
            (
                "source freshness --select source:store.customers source:store.events "
                "source:store.order_items source:store.orders source:store.products"
            ),
        )

    with TaskGroup("transform", tooltip="One dbt build for each layer"):
        staging = dbt("staging", "build --select path:models/staging,tag:store_daily")
        intermediate = dbt(
            "intermediate", "build --select path:models/intermediate,tag:store_daily"
        )
        marts = dbt("marts", "build --select path:models/marts,tag:store_daily")

    with TaskGroup("publish", tooltip="Test and document what is published"):
        quality_gate = dbt(
            "quality_gate",
            (
                "test --indirect-selection eager --select "
                "path:models/marts,tag:store_daily"
            ),
            outlets=[PUBLISHED],
        )
        docs = dbt("docs", "docs generate")

    chain(
        load_files, source_freshness, staging, intermediate, marts, quality_gate, docs
    )
