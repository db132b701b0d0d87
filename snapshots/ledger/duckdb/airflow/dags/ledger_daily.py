"""Airflow DAG of the pipeline ledger_daily."""

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
PUBLISHED = Asset(name="ledger.ledger_daily", uri="x-pipeline://ledger/ledger_daily")

DOC = """
Loads the day's files and builds the facts.

**Runs**

- `0 0 * * *` (UTC)
- within 60 minutes

**Reads**

- `ledger.customers` from files (landing/\\*/{table}.csv)
- `ledger.order_events` from files (landing/\\*/{table}.csv)
- `ledger.orders` from files (landing/\\*/{table}.csv)
- `ledger.postings` from files (landing/\\*/{table}.csv)
- `ledger.stock_lists` from files (landing/\\*/{table}.csv)

**Builds**

- `dim_customer`
- `dim_date`
- `fct_balances`
- `fct_fulfilment`
- `fct_fulfilment_told`
- `fct_order_events`
- `fct_stock`
- `mrt_finance_fulfilment`
- `mrt_finance_stock`

**On failure**

- 3 more tries, the first after 120 seconds, each wait twice as long as the last
"""

# The moment that a run stands for. A run without a data interval (started by an asset,
# or by hand without a date) stands for the moment it was due.
DBT_VARS = """{{ {
    "as_of_run": (data_interval_end | default(dag_run.run_after))
        .strftime("%Y-%m-%d %H:%M:%S"),
} | tojson }}"""
DBT_ENV = {
    "DBT_VARS": DBT_VARS,
    "DBT_FULL_REFRESH": "{{ params.full_refresh }}",
    "DBT_TARGET_PATH": "target/ledger_daily",
    "DBT_INDIRECT_SELECTION": "buildable",
    "DBT_EXCLUDE_RESOURCE_TYPES": "unit_test",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
}


def dbt(task_id: str, command: str, **options: object) -> BashOperator:
    """Run one dbt command in the project folder; the environment may name the dbt."""
    return BashOperator(
        task_id=task_id,
        bash_command=f'{DBT} {command} --vars "$DBT_VARS"',
        cwd=str(PROJECT_DIR / "dbt"),
        env=DBT_ENV,
        append_env=True,
        skip_on_exit_code=None,
        **options,
    )


with DAG(
    dag_id="ledger_daily",
    description="Loads the day's files and builds the facts.",
    doc_md=DOC,
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="UTC"),
    start_date=pendulum.datetime(2026, 3, 2, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(minutes=120),
    default_args={
        "owner": "finance",
        "retries": 3,
        "retry_delay": timedelta(seconds=120),
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": timedelta(hours=1),
        "execution_timeout": timedelta(minutes=60),
        "priority_weight": 30,
        "pool": "ledger_warehouse",
    },
    params={
        "full_refresh": Param(
            False, type="boolean", description="Build incremental models from scratch."
        ),
    },
    tags=["dbt", "ledger", "tier-1"],
):
    with TaskGroup("extract", tooltip="Load the sources and check their age"):
        load_files = BashOperator(
            task_id="load_files",
            bash_command='exec "${DLT_PYTHON:-python}" extract/ledger_daily.py',
            cwd=str(PROJECT_DIR),
            skip_on_exit_code=None,
        )
        source_freshness = dbt(
            "source_freshness",
            (
                "source freshness --select source:ledger.customers "
                "source:ledger.order_events source:ledger.orders "
                "source:ledger.postings source:ledger.stock_lists"
            ),
        )

    with TaskGroup("transform", tooltip="One dbt build for each layer"):
        staging = dbt("staging", "build --select path:models/staging,tag:ledger_daily")
        intermediate = dbt(
            "intermediate", "build --select path:models/intermediate,tag:ledger_daily"
        )
        snapshots = dbt("snapshots", "build --select path:snapshots,tag:ledger_daily")
        marts = dbt("marts", "build --select path:models/marts,tag:ledger_daily")
        reports = dbt("reports", "build --select path:models/reports,tag:ledger_daily")

    with TaskGroup("publish", tooltip="Test and document what is published"):
        quality_gate = dbt(
            "quality_gate",
            (
                "test --indirect-selection eager --select "
                "path:models/marts,tag:ledger_daily "
                "path:models/reports,tag:ledger_daily"
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
