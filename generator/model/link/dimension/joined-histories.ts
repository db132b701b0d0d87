import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { DimensionSpec } from "../../../spec/types.ts";
import type { Attribute, DimensionColumn, DimensionHistory, EntityDimension, JoinedHistory } from "../../dimension.ts";
import type { ColumnReference, Expression } from "../../expression.ts";
import { columnsOf } from "../../expression-columns.ts";
import { dimensionModel, entityOf, joinedVersionsModel } from "../../names.ts";
import type { RowJoin } from "../../rows.ts";
import type { SourceTable } from "../../source.ts";
import { rowsInput, type LinkContext } from "../context.ts";
import type { NamedInput } from "../rows/inputs.ts";
import type { LinkedRows } from "../rows/row-source.ts";
import { isOneOf } from "../rows/values.ts";
import { tiesOf } from "./ties.ts";

/**
 * The joined tables whose own history cuts the versions of a dimension that is read from its history: those that an attribute
 * remembers, and those on the way to them. Null where one cannot be read so (reported).
 */
export function linkJoinedHistories(
  spec: DimensionSpec,
  attributes: readonly Attribute[],
  where: Expression | null,
  linked: LinkedRows,
  context: LinkContext,
): readonly JoinedHistory[] | null {
  const remembered = attributes.filter((one) => ![1, 4].includes(one.scdType) && one.companion === null);
  const needed = new Map<string, Attribute>();
  for (const one of remembered) for (const { input } of columnsOf(one.value)) if (input !== null && input !== linked.base.alias) needed.set(input, one);
  for (const join of [...linked.rows.joins].reverse()) {
    const asking = needed.get(join.input.alias);
    if (asking === undefined) continue;
    for (const { input } of join.on.flatMap(({ left }) => columnsOf(left))) if (input !== null && input !== linked.base.alias) needed.set(input, asking);
  }
  const found = linked.rows.joins.flatMap((join) => {
    const asking = needed.get(join.input.alias);
    return asking === undefined ? [] : [joinedHistory(join, asking, spec, attributes, where, linked, context)];
  });
  const joined = found.flatMap((one) => one ?? []);
  return joined.length < found.length ? null : joined;
}

/** The joins of a dimension with the versions of those whose history counts in place of their current rows. */
export function withHistories(joins: readonly RowJoin[], histories: readonly JoinedHistory[]): readonly RowJoin[] {
  return joins.map((join) => {
    const model = histories.find((one) => one.alias === join.input.alias)?.versions.models.versioned ?? null;
    return model === null ? join : { ...join, input: { ...join.input, reference: { kind: "model", id: model, model } } };
  });
}

function joinedHistory(
  join: RowJoin,
  asking: Attribute,
  spec: DimensionSpec,
  attributes: readonly Attribute[],
  where: Expression | null,
  linked: LinkedRows,
  context: LinkContext,
): JoinedHistory | null {
  const input = linked.inputs.find((one) => one.alias === join.input.alias);
  const table = input?.readable.table ?? null;
  const key = join.on.flatMap(({ right }) => (right.kind === "column" ? [right] : []));
  const history = input === undefined || table === null ? null : historyOf(table, input, context);
  const isWhole = table !== null && [...table.primaryKey].sort().join() === key.map((one) => one.name).sort().join();
  const filters = where !== null && columnsOf(where).some((one) => one.input !== linked.base.alias);
  if (input === undefined || table === null || history === null || !isWhole || join.type !== "left" || filters) {
    const what = `A Type ${asking.scdType} attribute from a joined table ('${asking.name}') that ${table === null || history === null ? "keeps no history of its own" : "is not joined by its whole primary key, or filters"}, in a dimension with history,`;
    const instead = "make it Type 1 (the joined value of today in every version), or state the history of the joined contract (change_log, periodic_extract)";
    context.log.add(rowDiagnostics.report("not-yet", { origin: asking.origin }, { what, instead }));
    return null;
  }
  const read = [...attributes.flatMap((one) => columnsOf(one.value)), ...linked.rows.joins.flatMap((one) => one.on.flatMap(({ left }) => columnsOf(left)))];
  return { alias: input.alias, versions: versionsOf(input, table, key, read, history, spec) };
}

/** The versions of a joined table, as the Type 2 dimension that they are. */
function versionsOf(
  input: NamedInput,
  table: SourceTable,
  key: readonly ColumnReference[],
  read: readonly ColumnReference[],
  history: DimensionHistory,
  spec: DimensionSpec,
): EntityDimension {
  const { alias } = input;
  const column = (value: ColumnReference): DimensionColumn => {
    const source = table.columns.find((one) => one.name === value.name);
    return { name: value.name, origin: spec.origin, type: value.type, value, description: source?.description ?? "", unit: source?.unit ?? null, pii: source?.pii ?? false, renamedFrom: null };
  };
  const keys = new Set(key.map((one) => one.name));
  const own = new Map(read.filter((one) => one.input === alias && !keys.has(one.name)).map((one) => [one.name, one]));
  const attributes = [...own.values()].map((one): Attribute => ({ ...column(one), scdType: 2, companion: null, since: null, unknownLabel: null, notApplicableLabel: null }));
  const model = joinedVersionsModel(entityOf(dimensionModel(spec.name)), alias);
  return {
    kind: "table", name: model, origin: spec.origin, entity: alias, domain: spec.domain ?? "core", owner: spec.owner, description: "", conformed: false,
    scdType: 2, columns: { key: "", durableKey: null }, naturalKey: key.map(column), attributes,
    rows: { base: { alias, reference: rowsInput(table) }, joins: [], where: null }, joinedHistories: [], collapse: null, history,
    ties: tiesOf(input, history, key.map(column)),
    deletes: "close", deleteGuard: null, firstVersionFrom: "first_seen", outriggers: [], hierarchy: [], repeatedLevels: [], isMerged: false, infers: false, references: [],
    junk: false, historyOf: null, profile: null, profileOf: null, renamedFrom: null,
    models: { joined: null, versioned: model, referenced: null },
  };
}

/** How a contract tells the history of its rows; null where it does not. */
function historyOf({ history }: SourceTable, { alias, readable }: NamedInput, { project }: LinkContext): DimensionHistory | null {
  const column = (name: string): ColumnReference[] =>
    readable.columns.flatMap((one) => (one.name === name ? [{ kind: "column" as const, input: alias, name, type: one.type }] : []));
  switch (history.kind) {
    case "current_state":
    case "append_only":
      return null;
    case "periodic_extract": {
      const [extractDate] = column(history.extractDate);
      return extractDate === undefined ? null : { kind: "extracts", extractDate, zone: project.timezone };
    }
    case "change_log": {
      const [effectiveAt] = column(history.effectiveAt);
      const [operation] = history.operation === null ? [] : column(history.operation.column);
      const isDelete = operation === undefined || history.operation === null ? null : isOneOf(operation, history.operation.delete);
      if (effectiveAt === undefined) return null;
      return { kind: "events", effectiveAt, zone: project.timezone, sequence: history.sequence.flatMap(column), isDelete };
    }
  }
}
