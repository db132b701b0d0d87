"""Airflow DAG of the pipeline jaffle_daily."""

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
    name="jaffle_shop.jaffle_daily", uri="x-pipeline://jaffle_shop/jaffle_daily"
)

DOC = """
Loads the seeds of the jaffle shop and builds its star.

**Runs**

- `@daily` (UTC)

**Reads**

- `jaffle.customers` from files (data/{table}.csv)
- `jaffle.orders` from files (data/{table}.csv)
- `jaffle.payments` from files (data/{table}.csv)

**Builds**

- `dim_customer`
- `dim_date`
- `fct_order_payments`
- `fct_orders`
- `fct_payments`
- `mrt_shop_best_customer`
- `mrt_shop_customers`
- `mrt_shop_orders_by_status`
- `mrt_shop_payment_methods`

**On failure**

- 2 more tries, the first after 300 seconds, each wait twice as long as the last
"""

DBT_ENV = {
    "DBT_FULL_REFRESH": "{{ params.full_refresh }}",
    "DBT_TARGET_PATH": "target/jaffle_daily",
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
    dag_id="jaffle_daily",
    description="Loads the seeds of the jaffle shop and builds its star.",
    doc_md=DOC,
    schedule=CronDataIntervalTimetable("@daily", timezone="UTC"),
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args={
        "owner": "shop",
        "retries": 2,
        "retry_delay": timedelta(seconds=300),
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": timedelta(hours=1),
        "execution_timeout": timedelta(hours=6),
        "pool": "jaffle_shop_warehouse",
    },
    params={
        "full_refresh": Param(
            False, type="boolean", description="Build incremental models from scratch."
        ),
    },
    tags=["dbt", "jaffle-shop"],
):
    with TaskGroup("extract", tooltip="Load the sources and check their age"):
        load_files = BashOperator(
            task_id="load_files",
            bash_command='exec "${DLT_PYTHON:-python}" extract/jaffle_daily.py',
            cwd=str(PROJECT_DIR),
            skip_on_exit_code=None,
        )
        source_freshness = dbt(
            "source_freshness",
            (
                "source freshness --select source:jaffle.customers "
                "source:jaffle.orders source:jaffle.payments"
            ),
        )

    with TaskGroup("transform", tooltip="One dbt build for each layer"):
        staging = dbt("staging", "build --select path:models/staging,tag:jaffle_daily")
        marts = dbt("marts", "build --select path:models/marts,tag:jaffle_daily")
        reports = dbt("reports", "build --select path:models/reports,tag:jaffle_daily")

    with TaskGroup("publish", tooltip="Test and document what is published"):
        quality_gate = dbt(
            "quality_gate",
            (
                "test --indirect-selection eager --select "
                "path:models/marts,tag:jaffle_daily "
                "path:models/reports,tag:jaffle_daily"
            ),
            outlets=[PUBLISHED],
        )
        docs = dbt("docs", "docs generate")

    chain(load_files, source_freshness, staging, marts, reports, quality_gate, docs)
