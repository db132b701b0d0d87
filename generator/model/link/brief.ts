import type { BriefSpec } from "../../spec/types.ts";
import type { Brief } from "../project.ts";

/** The architecture brief in the model's words; what was not filled in is null or empty. */
export function linkBrief(brief: BriefSpec | null): Brief | null {
  if (brief === null) return null;
  const { current_state: state, constraints } = brief;
  return {
    origin: brief.origin,
    projectName: brief.project_name ?? "",
    businessContext: brief.business_context ?? "",
    consumers: brief.data_consumers.map((one) => ({ team: one.team ?? "", useCase: one.use_case, latency: one.latency_requirement, queryPattern: one.query_pattern })),
    sources: state.sources,
    storage: state.storage,
    painPoints: state.pain_points,
    volume: { gbPerDay: state.data_volume.current_gb_per_day, growthPercent: state.data_volume.growth_rate_percent, retentionMonths: state.data_volume.retention_months },
    constraints: {
      budgetMonthlyUsd: constraints.budget_monthly_usd,
      teamSize: constraints.team_size,
      skillLevel: constraints.skill_level,
      compliance: constraints.compliance,
      cloudProvider: constraints.cloud_provider,
    },
  };
}
