import { all, moreTeamsThan } from "./consumers.ts";
import { tableRule } from "./decision-table.ts";
import { not } from "./situation.ts";
import { dimensionalModel } from "./specs.ts";
import { audited, someSource, sourcesOfAtLeast, teamOfAtLeast } from "./surroundings.ts";

const events = someSource("event tracking", /event|click|tracking|telemetry|product analytics/i);

/** How to model (guide, phase 2, Modeling Methodology Decision). Facts and dimensions settle it; before them, the brief does. */
export const modellingMethod = tableRule("modelling method", [
  { choice: "Kimball", bestFor: "BI and reporting on star schemas", when: [dimensionalModel] },
  { choice: "Data Vault 2.0", bestFor: "auditability over many sources", when: [audited, sourcesOfAtLeast(5), teamOfAtLeast(5)] },
  { choice: "Inmon", bestFor: "an enterprise warehouse as the single source of truth", when: [moreTeamsThan(5), sourcesOfAtLeast(5)] },
  { choice: "Activity Schema", bestFor: "event and product analytics", when: [events] },
  { choice: "One Big Table", bestFor: "dashboards with few joins", when: [not(sourcesOfAtLeast(2)), all("queryPattern", "dashboard")] },
  { choice: "Kimball", bestFor: "BI and reporting on star schemas", when: [] },
]);
