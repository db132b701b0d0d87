import type { Fact, ForeignKey } from "../model/fact.ts";
import type { Model } from "../model/types.ts";
import type { Touch } from "./types.ts";

/**
 * What counts days in the zone of the project. Zones of columns, of histories and of expressions stand in the model themselves, and
 * are told as changes of their own.
 */
export function touchedByZone({ facts, marts }: Model): readonly Touch[] {
  return [
    ...facts.flatMap((fact) => (fact.periodic !== null ? [{ model: fact.name, column: "*" }] : fact.foreignKeys.filter(countsDays).map(({ name }) => ({ model: fact.name, column: name })))),
    ...marts.filter((one) => one.facts.some(({ bridges }) => bridges.some(({ asOf }) => asOf?.precision === "date"))).map(({ name }) => ({ model: name, column: "*" })),
  ];
}

/** Versions that hold to this day end then. */
export function touchedByOpenEnd({ dimensions, bridges }: Model): readonly Touch[] {
  return [...dimensions.filter((one) => one.kind === "table" && one.scdType === 2), ...bridges.filter(({ timed }) => timed)].map(({ name }) => ({ model: name, column: "valid_to" }));
}

function countsDays({ lookup }: Fact["foreignKeys"][number]): boolean {
  switch (lookup.kind) {
    case "date":
    case "time": return isInstant(lookup);
    case "lookup": return lookup.asOf?.precision === "date";
    case "combination":
    case "inherited": return false;
  }
}

function isInstant({ value }: Extract<ForeignKey["lookup"], { readonly kind: "date" | "time" }>): boolean {
  return value.type === null || value.type.kind === "timestamp";
}
