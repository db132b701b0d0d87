"""Airflow DAG of the pipeline shop_daily."""

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
PUBLISHED = Asset(name="shop.shop_daily", uri="x-pipeline://shop/shop_daily")

DOC = """
Loads the day's files of the shop and builds the sales star.

**Runs**

- `0 0 * * *` (UTC)
- within 60 minutes

**Reads**

- `shop.customers` from files (landing/\\*/{table}.csv)
- `shop.order_lines` from files (landing/\\*/{table}.csv)
- `shop.products` from files (landing/\\*/{table}.csv)
- `shop.stores` from files (landing/\\*/{table}.csv)

**Builds**

- `dim_customer`
- `dim_date`
- `dim_product`
- `dim_store`
- `fct_order_lines`
- `fct_orders`
- `mrt_sales_by_city`
- `mrt_sales_daily`
- `mrt_sales_oslo`
- `mrt_sales_store_orders`

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
    "DBT_TARGET_PATH": "target/shop_daily",
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
    dag_id="shop_daily",
    description="Loads the day's files of the shop and builds the sales star.",
    doc_md=DOC,
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="UTC"),
    start_date=pendulum.datetime(2026, 3, 2, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(minutes=120),
    default_args={
        "owner": "web-shop",
        "retries": 3,
        "retry_delay": timedelta(seconds=120),
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": timedelta(hours=1),
        "execution_timeout": timedelta(minutes=60),
        "priority_weight": 30,
    },
    params={
        "full_refresh": Param(
            False, type="boolean", description="Build incremental models from scratch."
        ),
    },
    tags=["dbt", "shop", "tier-1"],
):
    with TaskGroup("extract", tooltip="Load the sources and check their age"):
        load_files = BashOperator(
            task_id="load_files",
            bash_command='exec "${DLT_PYTHON:-python}" extract/shop_daily.py',
            cwd=str(PROJECT_DIR),
            skip_on_exit_code=None,
        )
        source_freshness = dbt(
            "source_freshness",
            (
                "source freshness --select source:shop.customers "
                "source:shop.order_lines source:shop.products source:shop.stores"
            ),
        )

    with TaskGroup("transform", tooltip="One dbt build for each layer"):
        staging = dbt("staging", "build --select path:models/staging,tag:shop_daily")
        intermediate = dbt(
            "intermediate", "build --select path:models/intermediate,tag:shop_daily"
        )
        snapshots = dbt("snapshots", "build --select path:snapshots,tag:shop_daily")
        marts = dbt("marts", "build --select path:models/marts,tag:shop_daily")
        reports = dbt("reports", "build --select path:models/reports,tag:shop_daily")

    with TaskGroup("publish", tooltip="Test and document what is published"):
        quality_gate = dbt(
            "quality_gate",
            (
                "test --indirect-selection eager --select "
                "path:models/marts,tag:shop_daily path:models/reports,tag:shop_daily"
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
