import type { DateDimension, Dimension, TimeDimension } from "../dimension.ts";
import type { Fact, Mart } from "../fact.ts";
import { dimensionModel } from "../names.ts";
import type { Project } from "../project.ts";

/** The calendar dimension of a project, over the dates of its settings. */
export function calendar(project: Project): DateDimension {
  const { from, to, fiscalYearStart } = project.dates;
  return { kind: "date", name: dimensionModel("date"), entity: "date", domain: "core", from, to, fiscalYearStart, origin: project.origin };
}

/** The times of a day, as fine as the settings say. */
export function clock({ timeGrain, origin }: Project): TimeDimension {
  return { kind: "time", name: dimensionModel("time"), entity: "time", domain: "core", grain: timeGrain, origin };
}

/** All dimensions of the specs, and those that are built in where a fact or mart refers to it. */
export function usedDimensions(dimensions: Iterable<Dimension>, facts: Iterable<Fact>, marts: readonly Mart[]): readonly Dimension[] {
  const named = new Set([...[...facts].flatMap((one) => one.foreignKeys.map((key) => key.dimension)), ...marts.flatMap((one) => one.include?.dimension ?? [])]);
  return [...dimensions].filter((one) => one.kind === "table" || named.has(one.name));
}
