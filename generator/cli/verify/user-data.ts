import { dayFromText, dayText } from "../../evaluate/time.ts";
import type { Host } from "../../host.ts";
import { fieldName, rawTables, type SourceTable } from "../../model/source.ts";
import type { Design } from "../../rules/types.ts";
import { emptyTable, rawRelations } from "../../verify/load-script.ts";
import { rawColumns } from "../../verify/sample/raw-columns.ts";
import type { Play } from "./steps.ts";
import type { TextFile } from "./warehouse.ts";

/** Where a user's data lie, what they are data of, and who reads CSV files as the generated extraction does: into a copy that DuckDB reads without guessing. */
export interface UserData {
  readonly host: Host;
  readonly design: Design;
  readonly read: (file: TextFile) => string;
}

/**
 * The days of a user's own sample: each sub-folder of `folder` is a day, in order of their names (a folder without any is one day). A table's file is
 * `<table>.csv`, `<source>.<table>.csv`, or the same as `.parquet`. Throws where no file belongs to any table.
 */
export function userDays(data: UserData, folder: string): Play["days"] {
  const { host, design } = data;
  const names = host.list(folder).filter((one) => one.kind === "folder").map((one) => one.name);
  const folders = names.length === 0 ? [folder] : names.map((name) => host.resolve(folder, name));
  const days = folders.map((path, index) => ({ date: dateOf(names[index] ?? "", index), statements: design.model.sources.flatMap((table) => landing(path, table, data)) }));
  if (days.every((day) => day.statements.length === 0)) throw new Error(`no file of ${folder} belongs to a table; they are named ${design.model.sources.slice(0, 3).map((one) => `${one.table}.csv`).join(", ")} and the like, one folder for each day.`);
  return days;
}

function dateOf(name: string, index: number): string {
  const first = dayFromText("2026-03-02")?.day ?? 0;
  return dayFromText(name) === null ? dayText({ kind: "day", day: first + index }) : name;
}

/** Each raw table has its file; that of the contract's own name belongs to the first. */
function landing(folder: string, table: SourceTable, data: UserData): readonly string[] {
  const { host, design: { dialect } } = data;
  const files = rawTables(table).map((raw, index) => {
    const stems = index === 0 ? [table.table, table.name, raw.table] : [raw.table];
    const found = stems.flatMap((stem) => ["csv", "parquet"].map((extension) => `${stem}.${extension}`)).find((name) => host.kind(host.resolve(folder, name)) === "file");
    return found === undefined ? null : host.resolve(folder, found);
  });
  if (files.every((one) => one === null)) return [];
  const statements = rawRelations(table, dialect).flatMap((name, index) => landed(name, files[index] ?? null, table, data));
  return [...emptyTable(table, dialect), ...statements];
}

function landed(name: string, file: string | null, table: SourceTable, data: UserData): readonly string[] {
  const { dialect } = data.design;
  if (file === null) return [];
  const rows = file.endsWith(".csv") ? csvRows(file, table, data) : `read_parquet(${dialect.stringLiteral(file)})`;
  const added = table.landing === "text" ? `, current_timestamp as "_extracted_at", ${dialect.stringLiteral(file)} as "_source", row_number() over () as "_source_row"` : "";
  const whole = table.history.kind === "current_state" ? [`delete from ${name}`] : [];
  return [...whole, `insert into ${name} by name select *${added} from ${rows}`];
}

/** A CSV file of a table that the generated extraction loads holds what that would land; any other is for DuckDB to read. */
function csvRows(file: string, table: SourceTable, { design, read }: UserData): string {
  const { stringLiteral } = design.dialect;
  const connection = design.model.pipelines.find((one) => one.extract.tables.includes(table.name))?.extract.connection;
  if (connection?.kind !== "files") return `read_csv(${stringLiteral(file)}, all_varchar = true, header = true)`;
  const fields = rawColumns(table).map(({ name, columns: [first] }) => [name, first === undefined ? name : fieldName(first)] as const);
  const copy = read({ path: file, encoding: connection.encoding, fields: Object.fromEntries(fields) });
  return `read_csv(${stringLiteral(copy)}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"')`;
}
