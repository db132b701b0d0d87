import type { Origin } from "../diagnostics/origin.ts";
import type { RowJoin, RowSource } from "../model/rows.ts";
import { same } from "./canonical.ts";
import { expressionText } from "./shown.ts";
import type { Finding } from "./types.ts";

/** The rows of an object in one model. */
interface WithRows {
  readonly origin: Origin;
  readonly rows: RowSource;
}

/**
 * What changed in the rows that an object is made of. A left join that comes or goes changes no row, as its table is unique on
 * the join columns: what is read from it are changes of their own.
 */
export function rowChanges(before: WithRows, after: WithRows): readonly Finding[] {
  const place = { origin: after.origin, originBefore: before.origin };
  const found: Finding[] = [];
  const [was, is] = [before.rows, after.rows];
  if (!same(was.base, is.base)) found.push({ ...place, rule: "GR801", part: "source", message: "made from other rows", before: was.base.reference.id, after: is.base.reference.id });
  if (!same(was.where, is.where)) found.push({ ...place, rule: "GR801", part: "where", message: "filter changed", before: expressionText(was.where), after: expressionText(is.where) });
  const [old, now] = [joinsOf(was), joinsOf(is)];
  for (const name of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [one, other] = [old.get(name), now.get(name)];
    const counts = one !== undefined && other !== undefined ? !same(one, other) : (one ?? other)?.type === "inner";
    if (counts) found.push({ ...place, rule: "GR801", part: "joins", message: `join to ${name} changed`, before: joinText(one), after: joinText(other) });
  }
  return found;
}

function joinsOf({ joins }: RowSource): ReadonlyMap<string, RowJoin> {
  return new Map(joins.map((one) => [`${one.input.reference.id}${one.input.alias === one.input.reference.id ? "" : ` as ${one.input.alias}`}`, one]));
}

function joinText(one: RowJoin | undefined): string {
  if (one === undefined) return "none";
  return `${one.type} on ${one.on.map(({ left, right }) => `${expressionText(left)} = ${expressionText(right)}`).join(" and ")}`;
}
