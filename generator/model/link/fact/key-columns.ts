import { within, type Origin } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { ForeignKeySpec } from "../../../spec/types.ts";
import type { EntityDimension } from "../../dimension.ts";
import type { ColumnReference, Expression } from "../../expression.ts";
import type { RowSource } from "../../rows.ts";
import { parts } from "../refusals.ts";
import { lookUp, resolveColumn } from "../rows/columns.ts";
import type { FactDraft } from "./draft.ts";

/** A column of the fact's rows and the natural key part it must equal. */
export interface KeyPair {
  readonly value: Expression;
  readonly member: string;
}

/** The rows whose columns find members, and the object they belong to. */
export type KeyedRows = Pick<FactDraft, "name" | "linked" | "context">;

/** The columns by which rows find their member: stated, or the one way that contracts and names give; null where refused (reported). */
export function keyColumns(spec: ForeignKeySpec, origin: Origin, dimension: EntityDimension, draft: KeyedRows): readonly KeyPair[] | null {
  if (draft.context.refused.has(dimension.name, parts.key)) return null;
  return spec.on.length > 0 ? statedPairs(spec, origin, dimension, draft) : foundPairs(spec, origin, dimension, draft);
}

function statedPairs(
  spec: ForeignKeySpec,
  origin: Origin,
  dimension: EntityDimension,
  { linked, context }: KeyedRows,
): readonly KeyPair[] | null {
  const key = dimension.naturalKey.map((one) => one.name);
  const members = spec.on.map((one, index) => one.member ?? key[index] ?? "");
  const given = [...members].sort().join(", ");
  if (given !== [...key].sort().join(", ") || members.length !== key.length) {
    const stated = spec.on.map((one) => (one.member === null ? one.here : `${one.here} = ${one.member}`)).join(", ");
    context.log.add(
      factDiagnostics.report(
        "key-columns",
        { origin: within(origin, "on") },
        { dimension: dimension.name, key: key.join(", "), given: stated },
      ),
    );
    return null;
  }
  const pairs = spec.on.map((one, index): KeyPair | null => {
    const value = resolveColumn(one.here, linked.scope, within(origin, "on"), context.log);
    return value === null ? null : { value, member: members[index] ?? "" };
  });
  const found = pairs.flatMap((one) => (one === null ? [] : [one]));
  return found.length === pairs.length ? found : null;
}

/** References of the contracts come first, then the dimension's own table among the inputs, then columns named like the natural key. */
function foundPairs(spec: ForeignKeySpec, origin: Origin, dimension: EntityDimension, draft: KeyedRows): readonly KeyPair[] | null {
  const { linked, context } = draft;
  const ways = waysTo(dimension, draft);
  const named =
    spec.role === null || ways.length < 2
      ? []
      : ways.filter((way) => way.every((one) => one.value.kind === "column" && one.value.name.startsWith(`${spec.role}_`)));
  const [only, ...more] = named.length > 0 ? named : ways;
  const key = dimension.naturalKey.map((one) => one.name).join(", ");
  if (ways.length !== 1 && isUnclear(dimension, draft)) return null;
  if (only === undefined) {
    const parameters = { source: linked.inputs.map((one) => one.readable.id).join(", "), dimension: dimension.name, key };
    context.log.add(factDiagnostics.report("foreign-key-column", { origin }, parameters));
    return null;
  }
  if (more.length > 0) {
    const candidates = [only, ...more].map((way) => columnsText(way)).join(" or ");
    context.log.add(factDiagnostics.report("ambiguous-foreign-key", { origin }, { dimension: dimension.name, candidates }));
    return null;
  }
  const because =
    byReference(dimension, draft).length > 0 ? "the contract refers to the dimension's source by it" : "it has the name of the natural key";
  context.infer({
    topic: "foreign key",
    subject: draft.name,
    choice: `${spec.role ?? dimension.name} on ${columnsText(only)}`,
    because,
    origin,
  });
  return only;
}

/** The ways in which contracts and names say that rows find their member; of each sort only where there is none of a better one. */
export function waysTo(dimension: EntityDimension, draft: KeyedRows): readonly (readonly KeyPair[])[] {
  return [byReference(dimension, draft), sameTable(dimension, draft), byName(dimension, draft)].find((one) => one.length > 0) ?? [];
}

/** Where a reference, a key or a join was refused, it may be the way that is looked for. */
function isUnclear(dimension: EntityDimension, { linked, context }: KeyedRows): boolean {
  const tables = [dimension.rows.base.reference.id, ...linked.inputs.map((one) => one.readable.id)];
  return !linked.complete || tables.some((one) => context.refused.any(one));
}

function columnsText(way: readonly KeyPair[]): string {
  return way.map((one) => (one.value.kind === "column" ? `${one.value.input ?? ""}.${one.value.name}` : one.member)).join(", ");
}

/** The natural key's columns in the dimension's own table; null where one is computed or comes from a join. */
function tableKey(dimension: EntityDimension): readonly { readonly column: string; readonly member: string }[] | null {
  const base = dimension.rows.base.alias;
  const columns = dimension.naturalKey.flatMap(({ name, value }) =>
    value.kind === "column" && value.input === base ? [{ column: value.name, member: name }] : [],
  );
  return columns.length === dimension.naturalKey.length ? columns : null;
}

function byReference(dimension: EntityDimension, { linked }: KeyedRows): readonly (readonly KeyPair[])[] {
  const key = tableKey(dimension);
  if (key === null) return [];
  const ways = linked.inputs.flatMap(({ alias, readable }) =>
    readable.references.flatMap((reference) => {
      if (reference.to !== dimension.rows.base.reference.id || reference.toColumns.length !== key.length) return [];
      const pairs = key.flatMap(({ column, member }) => {
        const here = reference.columns[reference.toColumns.indexOf(column)];
        const found = here === undefined ? undefined : readable.columns.find((one) => one.name === here);
        return found === undefined
          ? []
          : [{ value: { kind: "column" as const, input: alias, name: found.name, type: found.type }, member }];
      });
      return pairs.length === key.length ? [pairs] : [];
    }),
  );
  const held = ways.map((way) => columnsText(way.map((one) => ({ ...one, value: heldBy(one.value, linked.rows) }))));
  return ways.filter((_, index) => held.indexOf(held[index] ?? "") === index);
}

/** The column of the earliest input that the joins hold equal to this one. */
function heldBy(column: ColumnReference, rows: RowSource): ColumnReference {
  const pair = rows.joins.flatMap((join) => join.on).find(({ right }) => right.kind === "column" && right.input === column.input && right.name === column.name);
  return pair?.left.kind === "column" ? heldBy(pair.left, rows) : column;
}

function sameTable(dimension: EntityDimension, { linked }: KeyedRows): readonly (readonly KeyPair[])[] {
  const key = tableKey(dimension);
  const input = linked.inputs.find((one) => one.readable.table !== null && one.readable.id === dimension.rows.base.reference.id);
  if (key === null || input === undefined) return [];
  const pairs = key.flatMap(({ column, member }) => {
    const found = input.readable.columns.find((one) => one.name === column);
    return found === undefined
      ? []
      : [{ value: { kind: "column" as const, input: input.alias, name: found.name, type: found.type }, member }];
  });
  return pairs.length === key.length ? [pairs] : [];
}

/** Each part of the natural key by its name; a name that several inputs share gives several ways. */
function byName(dimension: EntityDimension, { linked }: KeyedRows): readonly (readonly KeyPair[])[] {
  let ways: readonly (readonly KeyPair[])[] = [[]];
  for (const { name } of dimension.naturalKey) {
    const found = linked.scope.lookup(name, null);
    const names = found.kind === "found" ? [name] : found.kind === "ambiguous" ? found.candidates : [];
    const values = names.flatMap((one) => {
      const each = lookUp(one, linked.scope);
      return each.kind === "found" ? [each.expression] : [];
    });
    ways = ways.flatMap((way) => values.map((value) => [...way, { value, member: name }]));
  }
  return ways;
}
