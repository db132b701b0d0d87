import type { Design } from "../../rules/types.ts";
import type { Repository } from "./repository.ts";

const DBT = "dbt-core==1.12.6";
const AIRFLOW = ["apache-airflow==3.3.2", "apache-airflow-providers-standard==1.21.0"];

/** The extraction reads Parquet files through DuckDB, whatever the warehouse. */
const PARQUET = "duckdb==1.5.6";

/** dbt-core 1.12 asks for an experimental parser that is built from the internet on installation; dbt runs without it. */
const OVERRIDE = 'dbt-core-experimental-parser ; python_version < "3"';

/** A requirements file. */
export interface RequirementsFile {
  readonly path: string;
  readonly lines: readonly string[];
}

/** Pinned requirements of each virtual environment, and what uv must override. */
export function requirements({ sets }: Repository, { dialect }: Design): readonly RequirementsFile[] {
  const { requirement, drivers = [] } = dialect.adapter;
  const lines = {
    dbt: [DBT, requirement, ...drivers],
    extract: [dialect.dlt.requirement, PARQUET, ...drivers],
    airflow: AIRFLOW,
  };
  return [
    ...sets.map((set) => ({ path: `requirements/${set}.txt`, lines: [...new Set(lines[set])].sort() })),
    { path: "requirements/overrides.txt", lines: [OVERRIDE] },
  ];
}
