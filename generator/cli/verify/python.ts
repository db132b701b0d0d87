/** Runs SQL on a DuckDB file: reads {statements, queries} from standard input, answers with the rows of each query as texts. */
export const duckdbScript = `
import json, sys
import duckdb
asked = json.load(sys.stdin)
with duckdb.connect(sys.argv[1]) as connection:
    connection.execute("set TimeZone = 'UTC'; set Calendar = 'gregorian'")
    for statement in asked["statements"]:
        connection.execute(statement)
    answers = []
    for query in asked["queries"]:
        result = connection.execute(query)
        columns = [column[0] for column in result.description]
        rows = [[None if value is None else str(value) for value in row] for row in result.fetchmany(asked["limit"])]
        answers.append({"columns": columns, "rows": rows})
print(json.dumps(answers))
`;

/**
 * Reads a CSV file as the generated extraction does, and writes what it would land as CSV in UTF-8. Arguments: the extraction's folder, the file, its
 * encoding, the copy, and as JSON the fields by the names of their raw columns.
 */
export const readingScript = `
import csv, json, sys
from pathlib import Path
folder, file, encoding, copy, fields = sys.argv[1:]
sys.path.insert(0, folder)
from readers import FileError, columns_of, rows_of
path, columns = Path(file), json.loads(fields)
try:
    found = columns_of(path, tuple(columns.values()), encoding) or []
    missing = [field for field in columns.values() if field not in found]
    if missing:
        raise FileError(f"{path} lacks {', '.join(missing)}; its columns are {', '.join(found)}")
    with open(copy, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        writer.writerows(rows_of(path, tuple(columns.values()), encoding))
except FileError as error:
    sys.exit(str(error))
`;

/** Imports a folder of DAGs as Airflow does, any warning an error; answers with the errors by file. */
export const airflowScript = `
import json, os, sys, tempfile, warnings
os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp()
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
os.environ["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "ERROR"
import airflow.providers.standard.operators.bash
import airflow.sdk
from airflow.dag_processing.dagbag import DagBag
for name in ("DAG", "Asset", "AssetOrTimeSchedule", "CronDataIntervalTimetable", "Param", "TaskGroup", "chain"):
    getattr(airflow.sdk, name)
pools = set(json.load(open(sys.argv[2]))) if len(sys.argv) > 2 else set()
sys.path.append(sys.argv[1])  # as Airflow does with the folder of a bundle
with warnings.catch_warnings():
    warnings.simplefilter("error")
    bag = DagBag(dag_folder=sys.argv[1], known_pools=pools | {"default_pool"})
print(json.dumps({"dags": sorted(bag.dags), "errors": {**bag.import_errors, **{str(one): "warning" for one in bag.dag_warnings}}}))
`;
