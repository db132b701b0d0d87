import type { Artifact } from "../../../artifact.ts";
import type { Dialect } from "../../../dialects/types.ts";
import type { Expression } from "../../../model/expression.ts";
import { validName } from "../../../model/names.ts";
import type { SourceTable } from "../../../model/source.ts";
import type { Design } from "../../../rules/types.ts";
import { intermediateFolder } from "../project/folders.ts";
import { cteNames } from "../sql/cte-names.ts";
import { identifier, printExpression } from "../sql/expression.ts";
import { sqlModel, type Cte, type SelectColumn } from "../sql/query.ts";
import { newestFirst, rowNumber, type SortKey } from "../sql/ranking.ts";
import { stagingColumns, type StagingColumn } from "./staging.ts";

/** One model per table with history that something reads as it is now: the last row of each key, without what was deleted. */
export function currentStateArtifacts({ model, dialect }: Design): readonly Artifact[] {
  return model.sources.flatMap((table) => {
    const name = table.models.current;
    if (name === null) return [];
    return [sqlModel(`${intermediateFolder(table.source)}/${name}.sql`, { config: [], ctes: currentCtes(table, dialect) }, [table.name], table.origin)];
  });
}

type ChangeLog = Extract<SourceTable["history"], { readonly kind: "change_log" }>;

function currentCtes(table: SourceTable, dialect: Dialect): readonly Cte[] {
  const rows = identifier(cteNames().hand(validName(table.table), validName(table.name)), dialect);
  const columns = stagingColumns(table);
  const names = columns.map(({ name }) => ({ sql: identifier(name, dialect), as: identifier(name, dialect) }));
  const { order, extra, where } = lastRows(table, columns, dialect);
  const rank = { sql: rowNumber(table.primaryKey.map((name) => identifier(name, dialect)), order), as: "row_rank" };
  return [
    { kind: "import", name: rows, relation: { kind: "ref", model: table.models.staging } },
    { kind: "select", name: "ranked", selects: [{ columns: [...names, rank, ...extra], from: rows }] },
    { kind: "select", name: "latest", selects: [{ columns: names, from: "ranked", where: ["row_rank = 1", ...where] }] },
  ];
}

/** Which row of a key is the last one, and which last rows are still there. */
function lastRows(table: SourceTable, columns: readonly StagingColumn[], dialect: Dialect): { readonly order: readonly string[]; readonly extra: readonly SelectColumn[]; readonly where: readonly string[] } {
  const { history } = table;
  const named = (names: readonly string[]): readonly StagingColumn[] => names.flatMap((name) => columns.find((one) => one.name === name) ?? []);
  const others = (names: readonly string[]): readonly StagingColumn[] => columns.filter((one) => ![...names, ...table.primaryKey].includes(one.name));
  switch (history.kind) {
    case "change_log": {
      const by = [history.effectiveAt, ...history.sequence];
      const ties = [...deletions(history, columns, dialect), ...others(by)];
      return { order: newestFirst(named(by), ties, dialect), extra: [], where: notDeleted(history, columns, dialect) };
    }
    case "periodic_extract": {
      const date = identifier(history.extractDate, dialect);
      return {
        order: newestFirst(named([history.extractDate]), others([history.extractDate]), dialect),
        extra: [{ sql: `max(${date}) over ()`, as: "last_extract" }],
        where: [`${date} = last_extract`],
      };
    }
    case "current_state":
    case "append_only": throw new Error(`${table.name} needs no model of its current state`);
  }
}

/** Of two rows that nothing else orders a deletion counts, as it does in versions: a member is not gone in one and there in the other. */
function deletions(history: ChangeLog, columns: readonly StagingColumn[], dialect: Dialect): readonly SortKey[] {
  const { operation } = history;
  return operation === null ? [] : [{ name: operation.column, type: { kind: "boolean" }, sql: `${identifier(operation.column, dialect)} in (${codesOf(operation, columns, dialect)})` }];
}

/** NULL is no operation that deletes. */
function notDeleted(history: ChangeLog, columns: readonly StagingColumn[], dialect: Dialect): readonly string[] {
  const { operation } = history;
  if (operation === null) return [];
  const name = identifier(operation.column, dialect);
  return [`(${name} not in (${codesOf(operation, columns, dialect)}) or ${name} is null)`];
}

function codesOf(operation: NonNullable<ChangeLog["operation"]>, columns: readonly StagingColumn[], dialect: Dialect): string {
  const type = columns.find((one) => one.name === operation.column)?.type ?? { kind: "string" as const };
  const codes = operation.delete.map((value): Expression => ({ kind: "literal", type, value }));
  return codes.map((one) => printExpression(one, dialect)).join(", ");
}
