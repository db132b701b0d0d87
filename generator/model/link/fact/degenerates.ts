import { within } from "../../../diagnostics/origin.ts";
import type { DegenerateDimension } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import { meantBy, resolveColumn } from "../rows/columns.ts";
import { columnFacts } from "../rows/inputs.ts";
import type { FactDraft } from "./draft.ts";

/** The ids and flags that stay in the fact; those that were refused are reported and left out. */
export function linkDegenerates({ spec, name, linked, context }: FactDraft): readonly DegenerateDimension[] {
  return spec.degenerate_dimensions.flatMap((one, index) => {
    const origin = within(spec.origin, "degenerate_dimensions", index);
    const place = within(origin, one.source === null ? "name" : "source");
    const value =
      one.expression === null
        ? resolveColumn(one.source ?? one.name, linked.scope, place, context.log)
        : context.parse(one.expression, linked.scope, within(origin, "expression"), null);
    if (value === null) {
      context.refused.add(name, one.name, ...(one.source === null ? meantBy(one.name, linked.scope) : []));
      return [];
    }
    const facts = value.kind === "column" ? columnFacts(value, linked.inputs) : null;
    return [
      { name: one.name, origin, type: value.type ?? scalar("string"), value, description: one.description ?? facts?.description ?? "", renamedFrom: one.renamed_from },
    ];
  });
}
