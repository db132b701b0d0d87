"""Where the warehouse is: the environment says it, as it does to dbt/profiles.yml."""

import os
import sys

import dlt
from dlt.common.destination import Destination

FILES_ROOT_VARIABLE = "BANK_FILES_ROOT"


def destination() -> Destination:
    """Return the warehouse as dlt's destination; names are kept as they are."""
    credentials = {
        "host": setting("BANK_PG_HOST"),
        "port": setting("BANK_PG_PORT", "5432"),
        "username": setting("BANK_PG_USER"),
        "password": setting("BANK_PG_PASSWORD"),
        "database": setting("BANK_PG_DBNAME"),
    }
    return dlt.destinations.postgres(credentials, naming_convention="direct")


def setting(variable: str, fallback: str | None = None) -> str:
    """Return what an environment variable says."""
    value = os.environ.get(variable, fallback)
    if value is None:
        sys.exit(f"error: the environment variable {variable} is not set")
    return value
