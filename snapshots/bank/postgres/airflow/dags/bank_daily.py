"""Airflow DAG of the pipeline bank_daily."""

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
PUBLISHED = Asset(name="bank.bank_daily", uri="x-pipeline://bank/bank_daily")

DOC = """
Loads the bank's files and builds its star.

**Runs**

- `@daily` (UTC)
- within 30 minutes

**Reads**

- `bank.account_advisers` from files (landing/{table}.csv)
- `bank.account_holders` from files (landing/{table}.csv)
- `bank.accounts` from files (landing/{table}.csv)
- `bank.advisers` from files (landing/{table}.csv)
- `bank.balances` from files (landing/{table}.csv)
- `bank.customers` from files (landing/{table}.csv)
- `bank.topics` from files (landing/{table}.csv)
- `bank.transactions` from files (landing/{table}.csv)
- `bank.units` from files (landing/{table}.csv)
- `bank.visit_topics` from files (landing/{table}.csv)
- `bank.visits` from files (landing/{table}.csv)

**Builds**

- `bridge_account_advisers`
- `bridge_account_holders`
- `bridge_unit_tree`
- `bridge_unit_tree_then`
- `bridge_visit_topics`
- `dim_account`
- `dim_account_advice`
- `dim_adviser`
- `dim_customer`
- `dim_date`
- `dim_topic`
- `dim_unit`
- `dim_visit_topics`
- `fct_balances`
- `fct_transactions`
- `fct_visits`
- `mrt_retail_balances_by_adviser`
- `mrt_retail_balances_by_customer`
- `mrt_retail_transactions_by_adviser`
- `mrt_retail_transactions_by_customer`
- `mrt_retail_transactions_by_region`
- `mrt_retail_transactions_by_region_then`
- `mrt_retail_transactions_of_units`
- `mrt_retail_visits_by_topic`

**On failure**

- 2 more tries, the first after 300 seconds, each wait twice as long as the last
"""

DBT_ENV = {
    "DBT_FULL_REFRESH": "{{ params.full_refresh }}",
    "DBT_TARGET_PATH": "target/bank_daily",
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
    dag_id="bank_daily",
    description="Loads the bank's files and builds its star.",
    doc_md=DOC,
    schedule=CronDataIntervalTimetable("@daily", timezone="UTC"),
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(minutes=60),
    default_args={
        "owner": "retail",
        "retries": 2,
        "retry_delay": timedelta(seconds=300),
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": timedelta(hours=1),
        "execution_timeout": timedelta(minutes=30),
    },
    params={
        "full_refresh": Param(
            False, type="boolean", description="Build incremental models from scratch."
        ),
    },
    tags=["dbt", "bank"],
):
    with TaskGroup("extract", tooltip="Load the sources and check their age"):
        load_files = BashOperator(
            task_id="load_files",
            bash_command='exec "${DLT_PYTHON:-python}" extract/bank_daily.py',
            cwd=str(PROJECT_DIR),
            skip_on_exit_code=None,
        )
        source_freshness = dbt(
            "source_freshness", "source freshness --select source:bank.account_holders"
        )

    with TaskGroup("transform", tooltip="One dbt build for each layer"):
        staging = dbt("staging", "build --select path:models/staging,tag:bank_daily")
        intermediate = dbt(
            "intermediate", "build --select path:models/intermediate,tag:bank_daily"
        )
        snapshots = dbt("snapshots", "build --select path:snapshots,tag:bank_daily")
        marts = dbt("marts", "build --select path:models/marts,tag:bank_daily")
        reports = dbt("reports", "build --select path:models/reports,tag:bank_daily")

    with TaskGroup("publish", tooltip="Test and document what is published"):
        quality_gate = dbt(
            "quality_gate",
            (
                "test --indirect-selection eager --select "
                "path:models/marts,tag:bank_daily path:models/reports,tag:bank_daily"
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
