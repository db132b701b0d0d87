import { within } from "../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../diagnostics/dimensions.ts";
import type { DimensionSpec, Spec } from "../../spec/types.ts";
import type { EntityDimension } from "../dimension.ts";
import { dimensionModel, isBuiltIn } from "../names.ts";
import type { LinkContext } from "./context.ts";
import { linkDimension } from "./dimension/dimension.ts";
import { withOutriggers } from "./dimension/outriggers.ts";
import { profileHistories, withProfile } from "./dimension/mini-dimension.ts";
import { historyTable } from "./dimension/history-table.ts";
import { kinds } from "./refusals.ts";

/** The dimensions of all specs, in code-point order of their names; what was refused is reported and left out. `dim_date` comes with the facts. */
export function linkDimensions(spec: Spec, context: LinkContext): readonly EntityDimension[] {
  const accepted = new Map<string, DimensionSpec>();
  for (const one of spec.dimensions) if (nameIsFree(one, accepted, context)) accepted.set(dimensionModel(one.name), one);
  const linked = [...accepted.values()].flatMap((one) => {
    const dimension = linkDimension(one, context);
    if (dimension === null) context.refused.add(kinds.dimension, dimensionModel(one.name));
    return dimension === null ? [] : [dimension, ...beside(one, dimension, accepted, context)];
  });
  return [...withOutriggers([...accepted.values()], linked, context)].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The history table of a Type 4 dimension, and its mini-dimensions. What is wrong with all of them is told of the dimension alone. */
function beside(
  spec: DimensionSpec,
  dimension: EntityDimension,
  accepted: ReadonlyMap<string, DimensionSpec>,
  context: LinkContext,
): readonly EntityDimension[] {
  const history = historyTable(spec, context);
  if (context.refused.any(dimension.name)) return [];
  const histories = history !== null && nameIsFree(history, accepted, context) ? [linkDimension(history, context, dimension) ?? []].flat() : [];
  const profiles = profileHistories(spec).flatMap((one, index) => {
    const mini = spec.mini_dimensions[index];
    if (mini === undefined || !nameIsFree(one, accepted, context) || !nameIsFree({ ...one, name: mini.name }, accepted, context)) return [];
    const linked = linkDimension(one, context, dimension);
    return linked === null ? [] : withProfile(linked, mini.description);
  });
  return [...histories, ...profiles];
}

function nameIsFree(spec: DimensionSpec, accepted: ReadonlyMap<string, DimensionSpec>, context: LinkContext): boolean {
  const name = dimensionModel(spec.name);
  const origin = within(spec.origin, "name");
  if (isBuiltIn(name)) {
    context.log.add(dimensionDiagnostics.report("built-in-dimension", { origin }, { name: spec.name }));
    return false;
  }
  const first = accepted.get(name);
  if (first === undefined) return true;
  const related = [{ origin: within(first.origin, "name"), message: "The first one stands here." }];
  context.log.add(dimensionDiagnostics.report("duplicate-dimension", { origin, related }, { name }));
  return false;
}
