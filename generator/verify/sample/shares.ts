import { canonicalText, evaluateText } from "../../evaluate/cast.ts";
import { evaluateExpression } from "../../evaluate/expression.ts";
import { exactText } from "../../evaluate/number.ts";
import type { MembershipBridge } from "../../model/bridge.ts";
import { columnsOf } from "../../model/expression-columns.ts";
import type { Expression } from "../../model/expression.ts";
import { mapColumns } from "../../model/map-columns.ts";
import { digits, isExact } from "../../model/logical-type.ts";
import type { LogicalType, Model } from "../../model/types.ts";
import type { SampleRow } from "./state.ts";

/** The column that holds a member's share of a group, and what it holds where the share is the whole. */
export interface Sharing {
  readonly group: readonly string[];
  readonly column: string;
  readonly type: LogicalType;
  readonly whole: number;
  readonly where: Expression | null;
}

/** The shares that a table holds: a data test of the project expects those of a group to add up to 1. Null where none can be made of the weight. */
export function sharingsOf(table: string, model: Model): readonly (Sharing | null)[] {
  return model.bridges.flatMap((bridge) => {
    if (bridge.kind !== "memberships" || bridge.weight === null) return [];
    const { reference, alias } = bridge.rows.base;
    if (reference.id === table) return [sharingOf(bridge, bridge.weight)];
    const dimension = reference.kind === "dimension" ? model.dimensions.find((one) => one.name === reference.id) : undefined;
    if (dimension?.kind !== "table" || dimension.rows.base.reference.id !== table) return [];
    // A bridge over time reads the table through its versions.
    const columns = new Map([...dimension.naturalKey, ...dimension.attributes].map(({ name, value }) => [name, value]));
    const below = (value: Expression): Expression => mapColumns(value, (one) => (one.input === alias ? (columns.get(one.name) ?? one) : one));
    return [sharingOf({ ...bridge, rows: dimension.rows, groupKey: bridge.groupKey.map(below) }, below(bridge.weight))];
  });
}

/** Shares out the rows of every group among them; what is left over is the first one's. Rows that are no memberships stay as they are. */
export function sharedOut(rows: readonly SampleRow[], { group, column, type, whole, where }: Sharing): readonly SampleRow[] {
  const scale = scaleOf(type);
  const unit = 10 ** scale;
  const groups = new Map<string, SampleRow[]>();
  for (const row of new Set(rows)) {
    if (!meets(row, where)) continue;
    const id = JSON.stringify(group.map((name) => row.get(name) ?? null));
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  const shares = new Map<SampleRow, SampleRow>();
  for (const members of groups.values()) {
    const each = Math.floor((whole * unit) / members.length);
    for (const [index, row] of members.entries()) {
      const share = index === 0 ? whole * unit - each * (members.length - 1) : each;
      shares.set(row, new Map([...row, [column, exactText({ kind: "exact", digits: BigInt(share), scale })]]));
    }
  }
  return rows.map((row) => shares.get(row) ?? row);
}

/**
 * Where rows come one by one, the whole of a group belongs to one living member, and nothing to the others: a row takes it where nobody
 * has it. `others` are the living rows of other members.
 */
export function takeShare(row: Map<string, string | null>, others: readonly SampleRow[], { group, column, type, whole }: Sharing): void {
  const isTaken = others.some((one) => group.every((name) => one.get(name) === row.get(name)) && Number(one.get(column)) > 0);
  const scale = scaleOf(type);
  row.set(column, exactText({ kind: "exact", digits: isTaken ? 0n : BigInt(whole * 10 ** scale), scale }));
}

/** Whether a row has the whole of a group, of which others are living members, too. */
export function isNeeded(row: SampleRow, others: readonly SampleRow[], { group, column }: Sharing): boolean {
  return Number(row.get(column)) > 0 && others.some((one) => group.every((name) => one.get(name) === row.get(name)));
}

function scaleOf(type: LogicalType): number {
  return isExact(type) ? digits(type).scale : 6;
}

function sharingOf({ rows: { base, where }, groupKey }: MembershipBridge, weight: Expression): Sharing | null {
  const [read, ...others] = columnsOf(weight);
  const group = groupKey.flatMap((one) => (one.kind === "column" && one.input === base.alias ? [one.name] : []));
  if (read === undefined || others.length > 0 || read.input !== base.alias || group.length < groupKey.length) return null;
  const whole = [1, 100, 1000, 10_000].find((one) => Number(valueOf(weight, new Map([[read.name, String(one)]]))) === 1);
  const own = where !== null && columnsOf(where).every((one) => one.input === base.alias) ? where : null;
  return whole === undefined ? null : { group, column: read.name, type: read.type, whole, where: own };
}

function meets(row: SampleRow, where: Expression | null): boolean {
  return where === null || valueOf(where, row) === "true";
}

function valueOf(expression: Expression, row: SampleRow): string {
  const result = evaluateExpression(expression, (column) => {
    const value = evaluateText(row.get(column.name) ?? null, column.type);
    return "value" in value ? value.value : null;
  });
  return "value" in result && result.value !== null ? canonicalText(result.value) : "";
}
