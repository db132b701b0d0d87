import { within } from "../../../diagnostics/origin.ts";
import type { DegenerateDimension } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import { resolveColumn } from "../rows/columns.ts";
import { columnFacts } from "../rows/inputs.ts";
import type { FactDraft } from "./draft.ts";

/** The ids and flags that stay in the fact; those that were refused are reported and left out. */
export function linkDegenerates({ spec, linked, context }: FactDraft): readonly DegenerateDimension[] {
  return spec.degenerate_dimensions.flatMap((one, index) => {
    const origin = within(spec.origin, "degenerate_dimensions", index);
    const place = one.source === null ? origin : within(origin, "source");
    const value =
      one.expression === null
        ? resolveColumn(one.source ?? one.name, linked.scope, place, context.log)
        : context.parse(one.expression, linked.scope, within(origin, "expression"), null);
    if (value === null) return [];
    const facts = value.kind === "column" ? columnFacts(value, linked.inputs) : null;
    return [
      { name: one.name, origin, type: value.type ?? scalar("string"), value, description: one.description ?? facts?.description ?? "" },
    ];
  });
}
