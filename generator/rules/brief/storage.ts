import { all, some } from "./consumers.ts";
import { tableRule } from "./decision-table.ts";
import { anyOf, not } from "./situation.ts";
import { budgetBelow, moreGbPerDayThan, moreStoredGbThan, runsOn, someStorage } from "./surroundings.ts";

/** Below this a month, a warehouse that bills by use is out of reach. */
const TIGHT_USD = 1000;

const lake = someStorage("data lake", /\blakes?\b|lakehouse|\bs3\b|\bgcs\b|\badls\b|\biceberg\b|\bdelta\b|\bhudi\b|\bhdfs\b|\bhadoop\b/i);

/** Where the data should live (guide, phase 1, Storage), by what will be held at the end of the retention. */
export const storage = tableRule("storage", [
  {
    choice: "PostgreSQL",
    bestFor: "light analytics on less than 500 GB and a small budget",
    when: [not(moreStoredGbThan(500)), anyOf(runsOn("on_prem"), budgetBelow(TIGHT_USD))],
  },
  {
    choice: "S3/GCS/ADLS",
    bestFor: "raw data of any format that nobody queries by SQL",
    when: [not(runsOn("on_prem")), all("useCase", "ml")],
  },
  {
    choice: "Databricks",
    bestFor: "machine learning and analytics together",
    when: [not(runsOn("on_prem")), some("useCase", "ml"), moreGbPerDayThan(10), not(budgetBelow(TIGHT_USD))],
  },
  { choice: "Delta Lake/Iceberg", bestFor: "ACID tables on a data lake", when: [anyOf(lake, runsOn("on_prem"), budgetBelow(TIGHT_USD))] },
  { choice: "BigQuery", bestFor: "serverless analytics on GCP", when: [runsOn("gcp")] },
  { choice: "Redshift", bestFor: "an ecosystem on AWS", when: [runsOn("aws")] },
  { choice: "Snowflake", bestFor: "analytics with compute apart from storage, on any cloud", when: [runsOn("azure", "multi")] },
]);
