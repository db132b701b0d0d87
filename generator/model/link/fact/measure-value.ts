import { within, type Origin } from "../../../diagnostics/origin.ts";
import { measureDiagnostics } from "../../diagnostics/measures.ts";
import type { MeasureSpec } from "../../../spec/types.ts";
import type { Expression } from "../../expression.ts";
import type { Aggregation, Fact, ForeignKey, Measure } from "../../fact.ts";
import { sameType, scalar, typeText } from "../../logical-type.ts";
import type { LogicalType } from "../../types.ts";
import { resolveColumn } from "../rows/columns.ts";
import { linkCondition } from "../rows/row-source.ts";
import type { Scope } from "../scope.ts";
import { readType } from "../types.ts";
import type { FactDraft } from "./draft.ts";
import { measureScope } from "./measure-scope.ts";

/** What the value of a measure is worked out from. */
export interface ValueContext {
  readonly draft: FactDraft;
  readonly foreignKeys: readonly ForeignKey[];
  readonly grain: Fact["grain"];
  readonly degenerates: Fact["degenerates"];
  /** Measures of the same fact that stand above. */
  readonly earlier: readonly Measure[];
}

/** How a measure is computed, and the type it has. */
export interface MeasureValue {
  readonly value: Measure["value"];
  readonly type: LogicalType | null;
}

/** The value that a measure has in each row; its filter becomes part of it, so that rows stay. Null where it was refused (reported). */
export function measureValue(spec: MeasureSpec, origin: Origin, aggregation: Aggregation, values: ValueContext): MeasureValue | null {
  const { context } = values.draft;
  const scope = measureScope(values);
  const raw = rowExpression(spec, origin, scope, values);
  const hasFilter = spec.where !== null;
  const where = linkCondition(spec.where, scope, within(origin, "where"), context);
  if (raw === null || (hasFilter && where === null)) return null;
  const counted = aggregation === "count" && (hasFilter || raw.kind !== "literal");
  const expression = counted ? oneWhere(where, raw) : where === null ? raw : only(where, raw, aggregation);
  return { value: { kind: "row", expression }, type: expression.type };
}

/** The expression of a measure before its filter: stated, a column, or 1 for each row that is counted. */
export function rowExpression(spec: MeasureSpec, origin: Origin, scope: Scope, { draft }: ValueContext): Expression | null {
  const { context, linked } = draft;
  const stated = spec.type === null ? null : readType(spec.type, context.log, within(origin, "type"));
  if (spec.type !== null && stated === null) return null;
  if (spec.expression !== null)
    return checked(spec, context.parse(spec.expression, scope, within(origin, "expression"), stated), stated, origin, draft);
  if (spec.source === null && spec.aggregation === "count") return one;
  const place = within(origin, spec.source === null ? "name" : "source");
  const found = resolveColumn(spec.source ?? spec.name, spec.source === null ? linked.scope : scope, place, context.log);
  return checked(spec, found, stated, origin, draft);
}

/** The literal 1, which a counted row holds. */
export const one: Expression = { kind: "literal", type: scalar("integer"), value: 1 };

const zero: Expression = { kind: "literal", type: scalar("integer"), value: 0 };

/** A value where a condition holds; elsewhere 0 in a sum, so that a group without such a row sums to 0, and NULL in any other aggregate. */
export function only(where: Expression, then: Expression, aggregation: Aggregation): Expression {
  return { kind: "case", branches: [{ when: where, then }], otherwise: aggregation === "sum" ? zero : null, type: then.type ?? scalar("integer") };
}

/** 1 for a row that is counted, 0 for any other, so that counts can be summed further. */
export function oneWhere(where: Expression | null, counted: Expression): Expression {
  const filled: Expression | null =
    counted.kind === "literal" ? null : { kind: "is_null", operand: counted, negated: true, type: scalar("boolean") };
  const when: Expression | null =
    where === null || filled === null
      ? (where ?? filled)
      : { kind: "binary", operator: "and", left: where, right: filled, type: scalar("boolean") };
  return when === null ? one : { kind: "case", branches: [{ when, then: one }], otherwise: zero, type: scalar("integer") };
}

/** A stated type must be the type there is. */
function checked(
  spec: MeasureSpec,
  value: Expression | null,
  stated: LogicalType | null,
  origin: Origin,
  draft: FactDraft,
): Expression | null {
  if (value === null || stated === null || value.type === null || sameType(value.type, stated)) return value;
  const parameters = { name: spec.name, found: typeText(value.type), stated: typeText(stated), source: spec.source ?? spec.name };
  draft.context.log.add(measureDiagnostics.report("measure-type-stated", { origin: within(origin, "type") }, parameters));
  return null;
}
