import { dayFromText, dayText } from "../../evaluate/time.ts";
import type { Host } from "../../host.ts";
import type { SourceTable } from "../../model/source.ts";
import type { Design } from "../../rules/types.ts";
import { emptyTable, rawTable } from "../../verify/load-script.ts";
import type { Play } from "./steps.ts";

/**
 * The days of a user's own sample: each sub-folder of `folder` is a day, in order of their names (a folder without any is one day). A table's file is
 * `<table>.csv`, `<source>.<table>.csv`, or the same as `.parquet`. Throws where no file belongs to any table.
 */
export function userDays(host: Host, folder: string, design: Design): Play["days"] {
  const names = host.list(folder).filter((one) => one.kind === "folder").map((one) => one.name);
  const folders = names.length === 0 ? [folder] : names.map((name) => host.resolve(folder, name));
  const days = folders.map((path, index) => ({ date: dateOf(names[index] ?? "", index), statements: design.model.sources.flatMap((table) => landing(host, path, table, design)) }));
  if (days.every((day) => day.statements.length === 0)) throw new Error(`no file of ${folder} belongs to a table; they are named ${design.model.sources.slice(0, 3).map((one) => `${one.table}.csv`).join(", ")} and the like, one folder for each day.`);
  return days;
}

function dateOf(name: string, index: number): string {
  const first = dayFromText("2026-03-02")?.day ?? 0;
  return dayFromText(name) === null ? dayText({ kind: "day", day: first + index }) : name;
}

function landing(host: Host, folder: string, table: SourceTable, { dialect }: Design): readonly string[] {
  const found = [table.table, table.name, table.physical.table].flatMap((stem) => ["csv", "parquet"].map((extension) => `${stem}.${extension}`)).find((name) => host.kind(host.resolve(folder, name)) === "file");
  if (found === undefined) return [];
  const path = dialect.stringLiteral(host.resolve(folder, found));
  const rows = found.endsWith(".csv") ? `read_csv(${path}, all_varchar = true, header = true)` : `read_parquet(${path})`;
  const added = table.landing === "text" ? `, current_timestamp as "_extracted_at", ${path} as "_source", row_number() over () as "_source_row"` : "";
  const whole = table.history.kind === "current_state" ? [`delete from ${rawTable(table, dialect)}`] : [];
  return [...emptyTable(table, dialect), ...whole, `insert into ${rawTable(table, dialect)} by name select *${added} from ${rows}`];
}
