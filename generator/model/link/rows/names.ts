import type { Origin } from "../../../diagnostics/origin.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import { typeText } from "../../logical-type.ts";
import { isReservedColumn } from "../../names.ts";
import type { LogicalType } from "../../types.ts";
import type { LinkContext } from "../context.ts";

/** A column of a generated table and what it is, for messages ("a measure"). */
export interface NamedColumn {
  readonly name: string;
  readonly what: string;
  readonly origin: Origin;
  /** True where we add it ourselves. */
  readonly generated?: boolean;
}

/** Reports columns of one table that share a name, and names that generated tables use themselves. */
export function checkNames(subject: string, columns: readonly NamedColumn[], context: LinkContext): void {
  const seen = new Map<string, NamedColumn>();
  for (const one of columns) {
    const first = seen.get(one.name);
    if (first !== undefined)
      context.log.add(
        rowDiagnostics.report("column-clash", { origin: one.origin }, { subject, name: one.name, first: first.what, second: one.what }),
      );
    else seen.set(one.name, one);
    if (one.generated !== true && isReservedColumn(one.name))
      context.log.add(
        rowDiagnostics.report("generated-column", { origin: one.origin }, { subject, name: one.name, instead: `source_${one.name}` }),
      );
  }
}

/** True where the values of a type have one text on every warehouse, so that keys can be made of them; reports it otherwise. */
export function isKeyType(name: string, type: LogicalType, origin: Origin, context: LinkContext): boolean {
  const fits = !["float", "json", "binary", "array", "struct"].includes(type.kind);
  if (!fits) context.log.add(rowDiagnostics.report("key-type", { origin }, { name, type: typeText(type) }));
  return fits;
}
