import { within, type Origin } from "../../../diagnostics/origin.ts";
import { martDiagnostics } from "../../diagnostics/marts.ts";
import type { Aggregation, Fact, MartGroup, Measure } from "../../fact.ts";
import type { LinkContext } from "../context.ts";
import { additivityText, aggregationText } from "../fact/measure-checks.ts";

/** True where a measure may be aggregated so in a mart; reports sums over what cannot be summed, with the right form (Kimball, chapter 3). */
export function mayAggregate(
  stated: Aggregation | null,
  origin: Origin,
  measure: Measure | null,
  fact: Fact,
  groups: readonly MartGroup[],
  index: number,
  context: LinkContext,
): boolean {
  if (measure === null) return true;
  const wrong = problem(stated, measure, fact, groups, index);
  if (wrong === null) return true;
  const parameters = {
    name: measure.name,
    aggregation: aggregationText(stated ?? measure.aggregation),
    groups: groups.map((one) => one.name).join(", ") || "all rows",
    additivity: wrong.is,
    instead: wrong.instead,
  };
  context.log.add(martDiagnostics.report("wrong-sum", { origin: stated === null ? origin : within(origin, "aggregation") }, parameters));
  return false;
}

function problem(
  stated: Aggregation | null,
  measure: Measure,
  fact: Fact,
  groups: readonly MartGroup[],
  index: number,
): { readonly is: string; readonly instead: string } | null {
  if (measure.ratio !== null) {
    return stated === null
      ? null
      : {
          is: "a ratio",
          instead: `leave aggregation out: it becomes the sum of ${measure.ratio.numerator} by the sum of ${measure.ratio.denominator}.`,
        };
  }
  const aggregation = stated ?? measure.aggregation;
  if (measure.additivity === "semi_additive" && stated === "sum" && !closedDaily(measure, fact, groups, index)) {
    const over = measure.over;
    return {
      is: additivityText(measure.additivity),
      instead: `leave aggregation out: it is closed by ${over?.role ?? "its date"} (${over?.how ?? "last"}); or group by ${over?.role ?? "dim_date"}.date.`,
    };
  }
  if (measure.additivity === "non_additive" && aggregation === "sum") {
    return {
      is: additivityText(measure.additivity),
      instead: "use AVG, MIN or MAX, or state a ratio of two additive measures in the fact.",
    };
  }
  const aggregated = measure.value.kind === "rollup" ? measure.value.aggregation : null;
  if (aggregation === "avg" && aggregated === "avg")
    return { is: "an average already", instead: "state a ratio in the fact: it is computed from the sums of its parts." };
  if (aggregation === "median" && aggregated === "median")
    return { is: "a median already", instead: `take the median in the fact that ${fact.name} is rolled up from.` };
  if (aggregation === "count_distinct" && aggregated === "count_distinct")
    return { is: "a distinct count already", instead: `count in the fact that ${fact.name} is rolled up from.` };
  return null;
}

/** Summing a balance within one day adds up different things, not the same thing twice. */
function closedDaily(measure: Measure, fact: Fact, groups: readonly MartGroup[], index: number): boolean {
  const key = fact.foreignKeys.find((one) => one.alias === measure.over?.role)?.name;
  return groups.some((group) => {
    const reached = group.keys[index];
    return (
      reached?.kind === "attribute" && reached.foreignKey === key && (reached.attribute === "date" || reached.attribute === "date_key")
    );
  });
}
