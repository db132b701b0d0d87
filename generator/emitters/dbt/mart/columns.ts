import { keyColumn, rollingColumn as rollingColumnOf } from "../../../model/names.ts";
import { scalar } from "../../../model/logical-type.ts";
import type { Mart, MartGroup, MartMeasure } from "../../../model/fact.ts";
import type { MartCalculation } from "../../../model/mart-calculation.ts";
import type { LogicalType } from "../../../model/types.ts";

/** A column of a mart and what it is there for. */
export type MartColumn = { readonly name: string; readonly type: LogicalType } & (
  | { readonly role: "key" }
  | { readonly role: "group"; readonly group: MartGroup }
  | { readonly role: "measure"; readonly measure: MartMeasure }
  | { readonly role: "calculation"; readonly calculation: MartCalculation }
  | { readonly role: "rolling"; readonly measure: MartMeasure }
);

/** The columns of a mart in order: the hashed key of its groups (a total has none), groups, measures, what is worked out from them, moving sums. */
export function martColumns(mart: Mart): readonly MartColumn[] {
  return [
    ...(mart.groups.length === 0 ? [] : [{ role: "key" as const, name: martKeyColumn(mart), type: scalar("string") }]),
    ...mart.groups.map((group) => ({ role: "group" as const, name: group.name, type: group.type, group })),
    ...mart.measures.map((measure) => ({ role: "measure" as const, name: measure.name, type: measure.type, measure })),
    ...mart.calculations.map((calculation) => ({ role: "calculation" as const, name: calculation.name, type: calculation.type, calculation })),
    ...rollingMeasures(mart).map((measure) => ({
      role: "rolling" as const,
      name: rollingColumn(mart, measure),
      type: measure.type,
      measure,
    })),
  ];
}

/** The measures that are also summed over a moving window. */
export function rollingMeasures(mart: Mart): readonly MartMeasure[] {
  return mart.measures.filter((one) => mart.rolling?.measures.includes(one.name) ?? false);
}

/** `sales_amount_rolling_3_day`. */
export function rollingColumn(mart: Mart, measure: MartMeasure): string {
  return rollingColumnOf(measure.name, mart.rolling?.periods ?? 1, mart.rolling?.unit ?? "day");
}

/** Key of a mart's row: a hash of its groups. */
export function martKeyColumn(mart: Mart): string {
  return keyColumn((mart.version?.of ?? mart.name).replace(/^mrt_/, ""));
}

/** Where a row stands while the best are chosen: a column that the mart itself does not have. */
export function positionColumn(mart: Mart): string {
  const taken = new Set(martColumns(mart).map((one) => one.name));
  let name = "row_position";
  while (taken.has(name)) name = `${name}_in_top`;
  return name;
}
