import type { Brief } from "../../model/project.ts";
import { projectVolume, volumeText } from "../../model/volume.ts";
import { open, type Condition } from "./situation.ts";

/** The team has at least so many people. */
export function teamOfAtLeast(people: number): Condition {
  return ({ brief }) => {
    const size = brief.constraints.teamSize;
    return size === null ? open("constraints.team_size") : { holds: size >= people, because: `constraints.team_size is ${size}` };
  };
}

/** The team's level is this one. */
export function skilled(level: NonNullable<Brief["constraints"]["skillLevel"]>): Condition {
  return ({ brief }) => {
    const skill = brief.constraints.skillLevel;
    return skill === null ? open("constraints.skill_level") : { holds: skill === level, because: `constraints.skill_level is ${skill}` };
  };
}

/** The platform runs with one of these providers. */
export function runsOn(...providers: readonly NonNullable<Brief["constraints"]["cloudProvider"]>[]): Condition {
  return ({ brief }) => {
    const provider = brief.constraints.cloudProvider;
    return provider === null
      ? open("constraints.cloud_provider")
      : { holds: providers.includes(provider), because: `constraints.cloud_provider is ${provider}` };
  };
}

/** The platform may cost less than so many US dollars per month. */
export function budgetBelow(usd: number): Condition {
  return ({ brief }) => {
    const budget = brief.constraints.budgetMonthlyUsd;
    return budget === null
      ? open("constraints.budget_monthly_usd")
      : { holds: budget < usd, because: `constraints.budget_monthly_usd is ${budget} (tight is below ${usd})` };
  };
}

/** A rule that asks for an audit trail applies. */
export const audited: Condition = ({ brief }) => {
  const rules = brief.constraints.compliance.filter((one) => one.toLowerCase() !== "none");
  return rules.length === 0
    ? { holds: false, because: "constraints.compliance names no rule" }
    : { holds: true, because: `constraints.compliance names ${rules.join(", ")}` };
};

/** More gigabytes than this arrive per day. */
export function moreGbPerDayThan(gb: number): Condition {
  return ({ brief }) => {
    const daily = brief.volume.gbPerDay;
    return daily === null
      ? open("current_state.data_volume.current_gb_per_day")
      : { holds: daily > gb, because: `data_volume.current_gb_per_day is ${daily} (the mark is ${gb})` };
  };
}

/** More gigabytes than this will be held at the end of the retention. */
export function moreStoredGbThan(gb: number): Condition {
  return ({ brief }) => {
    const { volume } = brief;
    if (volume.gbPerDay === null) return open("current_state.data_volume.current_gb_per_day");
    const projection = projectVolume(volume);
    if (projection === null) return open("current_state.data_volume.retention_months");
    return {
      holds: projection.storedGb > gb,
      because: `data_volume leads to ${volumeText(projection.storedGb)} held (the mark is ${volumeText(gb)})`,
    };
  };
}

/** There are at least so many source systems. */
export function sourcesOfAtLeast(count: number): Condition {
  return ({ brief }) => {
    if (brief.sources.length === 0) return open("current_state.sources");
    return { holds: brief.sources.length >= count, because: `current_state.sources names ${brief.sources.length}` };
  };
}

/** One of the source systems is of this sort. */
export function someSource(sort: string, words: RegExp): Condition {
  return ({ brief }) => {
    if (brief.sources.length === 0) return open("current_state.sources");
    const found = brief.sources.find((one) => words.test(one));
    return found === undefined
      ? { holds: false, because: `current_state.sources names no ${sort}` }
      : { holds: true, because: `current_state.sources names ${found}` };
  };
}

/** Data already lives in storage of this sort; a brief that names no storage has none. */
export function someStorage(sort: string, words: RegExp): Condition {
  return ({ brief }) => {
    const found = brief.storage.find((one) => words.test(one));
    return found === undefined
      ? { holds: false, because: `current_state.storage names no ${sort}` }
      : { holds: true, because: `current_state.storage names ${found}` };
  };
}
