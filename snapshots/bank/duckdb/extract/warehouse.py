"""Where the warehouse is: the environment says it, as it does to dbt/profiles.yml."""

import os
from pathlib import Path

import dlt
from dlt.common.destination import Destination

FILES_ROOT_VARIABLE = "BANK_FILES_ROOT"
DBT_DIR = Path(__file__).resolve().parents[1] / "dbt"


def destination() -> Destination:
    """Return the warehouse as dlt's destination; names are kept as they are."""
    credentials = {
        "database": path("BANK_DUCKDB_PATH", "../warehouse.duckdb"),
    }
    return dlt.destinations.duckdb(credentials, naming_convention="direct")


def path(variable: str, fallback: str) -> str:
    """Return a path that is relative to the dbt folder, as dbt reads it."""
    return str((DBT_DIR / os.environ.get(variable, fallback)).resolve())
