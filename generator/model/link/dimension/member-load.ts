import { within } from "../../../diagnostics/origin.ts";
import type { DimensionSpec } from "../../../spec/types.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import type { EntityDimension } from "../../dimension.ts";
import { partsOf } from "../../expression-columns.ts";
import type { Expression } from "../../expression.ts";
import { MEMBER_COLUMNS } from "../../member-load.ts";
import { dimensionModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { wantsVersions } from "./scd-type.ts";

/** Whether a dimension is written member by member, as its spec asks; what cannot be is reported. */
export function mergesByMember(spec: DimensionSpec, dimension: Omit<EntityDimension, "isMerged">, { log }: LinkContext): boolean {
  if (spec.load?.strategy !== "merge") return false;
  const why = unfit(spec, dimension);
  if (why === null) return true;
  log.add(dimensionDiagnostics.report("merge-not-by-member", { origin: within(spec.origin, "load", "strategy") }, { dimension: dimensionModel(spec.name), why }));
  return false;
}

/** How the row of a member could change though the log has no new row of it; null where it could not. */
function unfit(spec: DimensionSpec, { history, rows, attributes }: Omit<EntityDimension, "isMerged">): string | null {
  if (!wantsVersions(spec) || history.kind !== "events") return "it has no versions out of a change log, whose new rows say who changed";
  const [join] = rows.joins;
  if (join !== undefined) return `its rows change with '${join.input.reference.id}'`;
  if (spec.outriggers.length > 0) return "the dimensions that it points to may get a member later";
  if (spec.mini_dimensions.length > 0) return "its mini-dimension is made of all of it";
  if (spec.late_arriving === "infer") return "facts add members to it";
  const values = [...attributes.map((one) => one.value), ...(rows.where === null ? [] : [rows.where])];
  if (values.some(dependsOnDay)) return "an expression may come out otherwise on another day";
  const taken = attributes.find(({ name }) => MEMBER_COLUMNS.some((one) => one.name === name));
  return taken === undefined ? null : `it keeps a column '${taken.name}' of its own`;
}

/** Of raw SQL nobody knows. */
function dependsOnDay(expression: Expression): boolean {
  if (expression.kind === "raw") return true;
  return (expression.kind === "call" && expression.function === "current_date") || partsOf(expression).some(dependsOnDay);
}
