import type { Origin } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { ForeignKeySpec } from "../../../spec/types.ts";
import type { EntityDimension } from "../../dimension.ts";
import { comparable, typeText } from "../../logical-type.ts";
import { keyColumns, type KeyedRows, type KeyPair } from "./key-columns.ts";

/** The values by which rows find their member, comparable with its natural key; null where refused (reported). */
export function memberKey(spec: ForeignKeySpec, origin: Origin, found: EntityDimension, draft: KeyedRows): readonly KeyPair[] | null {
  const pairs = keyColumns(spec, origin, found, draft);
  if (pairs === null) return null;
  const on = pairs.map((pair) => {
    const member = found.naturalKey.find((one) => one.name === pair.member);
    if (member === undefined) throw new Error(`${found.name} has no natural key ${pair.member}`);
    return { value: pair.value, member: pair.member, type: member.type };
  });
  for (const one of on) {
    if (one.value.type === null || comparable(one.value.type, one.type)) continue;
    const column = one.value.kind === "column" ? one.value.name : spec.dimension;
    const parameters = {
      column,
      columnType: typeText(one.value.type),
      dimension: found.name,
      member: one.member,
      memberType: typeText(one.type),
    };
    draft.context.log.add(factDiagnostics.report("key-type-mismatch", { origin }, parameters));
    return null;
  }
  return on.map(({ value, member }) => ({ value, member }));
}
