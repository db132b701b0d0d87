import { dayFromText, dayText } from "../../evaluate/time.ts";
import type { Host } from "../../host.ts";
import type { SourceTable } from "../../model/source.ts";
import type { Design } from "../../rules/types.ts";
import { emptyTable, rawTable } from "../../verify/load-script.ts";
import type { Play } from "./steps.ts";

/** Where a user's data lie, what they are data of, and how a CSV file that is not in UTF-8 becomes one that is. */
export interface UserData {
  readonly host: Host;
  readonly design: Design;
  readonly recoded: (path: string, encoding: string) => string;
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

function landing(folder: string, table: SourceTable, data: UserData): readonly string[] {
  const { host, design: { dialect } } = data;
  const found = [table.table, table.name, table.physical.table].flatMap((stem) => ["csv", "parquet"].map((extension) => `${stem}.${extension}`)).find((name) => host.kind(host.resolve(folder, name)) === "file");
  if (found === undefined) return [];
  const file = host.resolve(folder, found);
  const rows = found.endsWith(".csv") ? `read_csv(${dialect.stringLiteral(inUtf8(file, table, data))}, all_varchar = true, header = true)` : `read_parquet(${dialect.stringLiteral(file)})`;
  const added = table.landing === "text" ? `, current_timestamp as "_extracted_at", ${dialect.stringLiteral(file)} as "_source", row_number() over () as "_source_row"` : "";
  const whole = table.history.kind === "current_state" ? [`delete from ${rawTable(table, dialect)}`] : [];
  return [...emptyTable(table, dialect), ...whole, `insert into ${rawTable(table, dialect)} by name select *${added} from ${rows}`];
}

/** A CSV file of a table that the generated extraction loads is read as that reads it; DuckDB itself reads UTF-8. */
function inUtf8(file: string, table: SourceTable, { host, design, recoded }: UserData): string {
  const connection = design.model.pipelines.find((one) => one.extract.tables.includes(table.name))?.extract.connection;
  if (connection?.kind !== "files") return file;
  const [first = 0] = host.read(file);
  return connection.encoding === "utf-8" && first < 0xfe ? file : recoded(file, connection.encoding);
}
