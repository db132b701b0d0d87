import { all, most, some } from "./consumers.ts";
import { tableRule } from "./decision-table.ts";
import { anyOf, not } from "./situation.ts";
import { fewerPipelinesThan, inProcess } from "./specs.ts";
import { moreGbPerDayThan, teamOfAtLeast } from "./surroundings.ts";

/** What should do the work (guide, phase 1, Processing). Volumes are those of a day. */
export const processing = tableRule("processing", [
  { choice: "Flink", bestFor: "true streaming by event time", when: [some("latency", "real_time"), teamOfAtLeast(5)] },
  {
    choice: "Spark",
    bestFor: "more than 100 GB and complex transforms",
    when: [anyOf(most("useCase", "ml"), inProcess), moreGbPerDayThan(100)],
  },
  {
    choice: "Pandas",
    bestFor: "less than 1 GB, quick analysis and prototypes",
    when: [fewerPipelinesThan(1), all("queryPattern", "ad_hoc"), not(moreGbPerDayThan(1))],
  },
  { choice: "Polars", bestFor: "data frames of less than 50 GB on one machine", when: [most("useCase", "ml"), not(moreGbPerDayThan(50))] },
  { choice: "SQL (warehouse)", bestFor: "ELT inside the warehouse", when: [not(inProcess)] },
  { choice: "DuckDB", bestFor: "SQL over less than 100 GB on one machine", when: [inProcess, not(moreGbPerDayThan(100))] },
]);
