import { rawTables } from "../../model/source.ts";
import type { Design } from "../../rules/types.ts";
import { prose } from "../markdown.ts";
import { isOn, type Repository } from "./repository.ts";

/** A row of the table of environment variables. */
interface Variable {
  readonly name: string;
  readonly meaning: string;
  readonly fallback: string;
}

/** What the README prints, Markdown escaped. */
export function readmeView(repository: Repository, design: Design): { readonly [key: string]: unknown } {
  const { model, dialect } = design;
  const { outputs, target } = dialect.profile(model.project.name);
  return {
    ...repository,
    title: prose(model.project.title),
    about: prose(model.brief?.businessContext ?? ""),
    warehouse: dialect.title,
    target,
    targets: Object.keys(outputs),
    variables: variables(repository, design),
    needed: variables(repository, design).filter(({ fallback }) => fallback === ""),
    files: fileGlobs(repository, design),
    external: model.sources.filter(({ loader }) => loader !== "dlt").flatMap((one) => rawTables(one).map(({ table }) => `${one.physical.schema}.${table}`)),
    backfills: repository.hasDags ? model.pipelines.flatMap(({ name, backfillFrom }) => (backfillFrom === null ? [] : [{ pipeline: name, from: backfillFrom.slice(0, 10) }])) : [],
    docs: isOn("docs", model),
  };
}

/** Where source files are looked for, each place once. */
function fileGlobs({ scripts }: Repository, { model }: Design): readonly { readonly glob: string }[] {
  const globs = model.pipelines.flatMap(({ name, extract: { connection } }) => (connection?.kind === "files" && scripts.includes(`extract/${name}.py`) ? [connection.glob] : []));
  return [...new Set(globs)].map((glob) => ({ glob }));
}

function variables({ scripts, hasDags }: Repository, { model, dialect }: Design): readonly Variable[] {
  const { name } = model.project;
  const salted = model.sources.some(({ columns }) => columns.some(({ protect }) => protect === "hash"));
  return [
    ...dialect.dlt.credentials(name).map(({ variable, meaning, fallback }) => ({ name: variable, meaning, fallback: fallback ?? "" })),
    ...(scripts.length > 0 ? [{ name: `${name.toUpperCase()}_FILES_ROOT`, meaning: "Folder that the files to load lie in.", fallback: "this folder" }] : []),
    ...(salted ? [{ name: "PII_SALT", meaning: "Secret that hashed personal data are salted with; production refuses to run without it.", fallback: "empty" }] : []),
    { name: "DBT_TARGET", meaning: "Target of `dbt/profiles.yml`.", fallback: dialect.profile(name).target },
    ...(hasDags ? [{ name: "DBT_BIN", meaning: "The dbt that Airflow runs.", fallback: "`dbt` on the path" }] : []),
    ...(hasDags && scripts.length > 0 ? [{ name: "DLT_PYTHON", meaning: "The Python, with dlt, that Airflow runs.", fallback: "`python` on the path" }] : []),
  ];
}
