import type { Model } from "../../model/types.ts";
import type { Design } from "../../rules/types.ts";

/** What the files of the repository itself need to know of it. */
export interface Repository {
  /** Extraction scripts, in the order in which they run. */
  readonly scripts: readonly string[];
  /** Globs of the files that the scripts load; `{table}` stands as `*`. */
  readonly globs: readonly string[];
  readonly hasDags: boolean;
  readonly hasPool: boolean;
  readonly hasAlerts: boolean;
  /** Sets of requirements, each with a virtual environment of its own. */
  readonly sets: readonly ("dbt" | "extract" | "airflow")[];
  /** Table that `make look` shows, or null where nothing is built. */
  readonly shown: string | null;
  /** Whether the warehouse is there without any setting. */
  readonly local: boolean;
}

/** The parts that a design gives its repository. An emitter that is switched off leaves its part out. */
export function repositoryOf({ model, dialect }: Design): Repository {
  const loading = isOn("extract", model) ? model.pipelines.filter(({ extract }) => extract.connection?.kind === "files" && extract.tables.length > 0) : [];
  const hasDags = isOn("airflow", model) && model.pipelines.length > 0;
  return {
    scripts: loading.map(({ name }) => `extract/${name}.py`),
    globs: [...new Set(loading.flatMap(({ extract: { connection } }) => (connection?.kind === "files" ? [connection.glob.replaceAll("{table}", "*")] : [])))].sort(),
    hasDags,
    hasPool: hasDags && dialect.features.singleWriter,
    hasAlerts: hasDags && model.pipelines.some(({ errorHandling }) => errorHandling.alertChannels.length > 0),
    sets: ["dbt", ...(loading.length > 0 ? (["extract"] as const) : []), ...(hasDags ? (["airflow"] as const) : [])],
    shown: shownModel(model),
    local: dialect.dlt.credentials(model.project.name).every(({ fallback }) => fallback !== null),
  };
}

/** Whether settings leave an emitter on. */
export function isOn(emitter: string, { project }: Pick<Model, "project">): boolean {
  return project.emitters[emitter]?.["enabled"] !== false;
}

function shownModel({ marts, facts, dimensions, sources }: Model): string | null {
  return marts[0]?.name ?? facts[0]?.name ?? dimensions[0]?.name ?? sources[0]?.models.staging ?? null;
}

/** The environment variable that names the schema beside which a target builds its own: a pull request has one for itself. */
export function schemaVariable({ model }: Design): string {
  return `${model.project.name.toUpperCase()}_PG_SCHEMA`;
}
