import type { MartMeasure } from "./fact.ts";

/** How a measure behind a bridge counts, for readers of the mart; "" where a row counts once. */
export function countingProse({ counted }: Pick<MartMeasure, "counted">): string {
  switch (counted) {
    case "shared":
      return "Each member counts with its share, so the figures add up to the whole.";
    case "in_full":
      return "Impact figure: a row counts in full for everyone it leads to, so the figures do not add up.";
    case null:
      return "";
  }
}
