import type { DimensionColumn } from "../../../model/dimension.ts";

/** The column of a membership that holds a part of a side's natural key. */
export function keyName(side: string, column: DimensionColumn | undefined): string {
  return `${side}_${column?.name ?? ""}`;
}
