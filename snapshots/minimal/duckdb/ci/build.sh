#!/usr/bin/env bash
# Builds what differs from the last state that was deployed (state/manifest.json),
# with all that reads it; what is not built is read where that state stands. Without
# a state everything is built. Arguments go to dbt.
set -euo pipefail

dbt="${DBT:-../.venv/dbt/bin/dbt}"
cd dbt
if [ -f ../state/manifest.json ]; then
    set -- --select state:modified+ --defer --state ../state "$@"
fi
"$dbt" --no-version-check build "$@"
