import { within } from "../../../diagnostics/origin.ts";
import type { BridgeSideSpec, BridgeSpec } from "../../../spec/types.ts";
import type { MembershipBridge } from "../../bridge.ts";
import { bridgeDiagnostics } from "../../diagnostics/bridges.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { EntityDimension } from "../../dimension.ts";
import type { Expression } from "../../expression.ts";
import { isNumeric, typeText } from "../../logical-type.ts";
import { dimensionModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { memberKey } from "../fact/member-key.ts";
import { findReadable, readableDimension } from "../rows/readable.ts";
import { linkCondition, linkRows, type LinkedRows } from "../rows/row-source.ts";
import { bridgedDimension, sharedKey, type NamedBridge } from "./sides.ts";

/** A many-to-many relation with its rows, keys and weight worked out; null where one of them was refused (reported). */
export function linkMemberships(spec: BridgeSpec, sides: Readonly<Record<"group" | "member", BridgeSideSpec>>, named: NamedBridge, context: LinkContext): MembershipBridge | null {
  const group = bridgedDimension(sides.group.dimension, spec.name, within(spec.origin, "group", "dimension"), context);
  const member = bridgedDimension(sides.member.dimension, spec.name, within(spec.origin, "member", "dimension"), context);
  const linked = rowsOf(spec, named.name, context);
  if (group === null || member === null || linked === null) return null;
  const key = (side: "group" | "member", dimension: EntityDimension): readonly Expression[] | null => keyOf(sides[side], side, dimension, spec, linked, named.name, context);
  const [groupKey, members] = [key("group", group), key("member", member)];
  const where = linkCondition(spec.where, linked.scope, within(spec.origin, "where"), context);
  const weight = weightOf(spec, linked, context);
  if (groupKey === null || members === null || (spec.where !== null && where === null) || (spec.weight !== null && weight === null)) return null;
  const column = sharedKey(group);
  return {
    ...named,
    kind: "memberships",
    group: { dimension: group.name, column, key: column },
    member: { dimension: member.name, column: member.columns.key === column ? `member_${column}` : member.columns.key, key: member.columns.key },
    rows: { ...linked.rows, where },
    groupKey,
    memberKey: members,
    weight,
    timed: sourceDimension(spec, context)?.scdType === 2,
  };
}

function rowsOf(spec: BridgeSpec, subject: string, context: LinkContext): LinkedRows | null {
  if (spec.source === null) {
    context.log.add(rowDiagnostics.report("no-source", { origin: spec.origin, pointer: "key" }, { subject, candidates: "<the contract with a row per membership>." }));
    return null;
  }
  const versions = sourceDimension(spec, context);
  if (versions !== null && !tellsStarts(versions, spec, context)) return null;
  const base = versions === null ? findReadable(spec.source, false, "state", context, within(spec.origin, "source")) : readableDimension(versions, context.refused);
  if (base === null) return null;
  return linkRows(base, spec.joins.map((one, index) => ({ spec: one, origin: within(spec.origin, "joins", index), subject })), new Set(), context);
}

/** The dimension that a bridge is made of, where its source is one. */
function sourceDimension({ source }: BridgeSpec, { dimensions }: LinkContext): EntityDimension | null {
  const found = source === null || source.includes(".") ? undefined : dimensions.get(dimensionModel(source));
  return found?.kind === "table" ? found : null;
}

/** Whether versions begin when they were first seen: a membership that is opened to the beginning would have held before it began. */
function tellsStarts({ name, scdType, firstVersionFrom }: EntityDimension, spec: BridgeSpec, { log }: LinkContext): boolean {
  if (scdType === 1 || firstVersionFrom === "first_seen") return true;
  log.add(bridgeDiagnostics.report("bridge-opened", { origin: within(spec.origin, "source") }, { name: spec.name, dimension: name }));
  return false;
}

/** A side is found as a foreign key of a fact is. */
function keyOf({ dimension, on }: BridgeSideSpec, side: string, found: EntityDimension, spec: BridgeSpec, linked: LinkedRows, name: string, context: LinkContext): readonly Expression[] | null {
  const stated = { dimension, on: on.map((here) => ({ here, member: null })), role: null, as_of: null, early_arriving: null, renamed_from: null };
  const pairs = memberKey(stated, within(spec.origin, side), found, { name, linked, context });
  return pairs === null ? null : found.naturalKey.flatMap((one) => pairs.filter(({ member }) => member === one.name).map(({ value }) => value));
}

function weightOf(spec: BridgeSpec, linked: LinkedRows, context: LinkContext): Expression | null {
  if (spec.weight === null) return null;
  const origin = within(spec.origin, "weight");
  const weight = context.parse(spec.weight, linked.scope, origin, { kind: "float" });
  if (weight === null || (weight.type !== null && isNumeric(weight.type))) return weight;
  const parameters = { name: spec.name, type: weight.type === null ? "NULL" : typeText(weight.type) };
  context.log.add(bridgeDiagnostics.report("weight-not-a-number", { origin }, parameters));
  return null;
}
