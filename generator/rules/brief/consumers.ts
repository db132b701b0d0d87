import type { Brief } from "../../model/project.ts";
import { open, type BriefField, type Condition } from "./situation.ts";

type Consumer = Brief["consumers"][number];
type Property = "latency" | "useCase" | "queryPattern";
type Value<P extends Property> = NonNullable<Consumer[P]>;

const fields: Readonly<Record<Property, BriefField>> = {
  latency: "data_consumers[].latency_requirement",
  useCase: "data_consumers[].use_case",
  queryPattern: "data_consumers[].query_pattern",
};

/** At least one consumer states this value. */
export function some<P extends Property>(property: P, value: Value<P>): Condition {
  return ({ brief }) => {
    const stated = statedBy(brief, property);
    if (stated.length === 0) return open(fields[property]);
    const found = stated.filter((one) => one[property] === value).length;
    return { holds: found > 0, because: counted(found, stated.length, fields[property], value) };
  };
}

/** More than half of the consumers that state anything state this value. */
export function most<P extends Property>(property: P, value: Value<P>): Condition {
  return ({ brief }) => {
    const stated = statedBy(brief, property);
    if (stated.length === 0) return open(fields[property]);
    const found = stated.filter((one) => one[property] === value).length;
    return { holds: found * 2 > stated.length, because: counted(found, stated.length, fields[property], value) };
  };
}

/** All consumers that state anything state this value. */
export function all<P extends Property>(property: P, value: Value<P>): Condition {
  return ({ brief }) => {
    const stated = statedBy(brief, property);
    if (stated.length === 0) return open(fields[property]);
    const found = stated.filter((one) => one[property] === value).length;
    return { holds: found === stated.length, because: counted(found, stated.length, fields[property], value) };
  };
}

/** More than so many different teams consume data. */
export function moreTeamsThan(limit: number): Condition {
  return ({ brief }) => {
    const teams = new Set(brief.consumers.map((one) => one.team).filter((team) => team !== "")).size;
    return { holds: teams > limit, because: `data_consumers name ${teams} ${teams === 1 ? "team" : "teams"}` };
  };
}

function statedBy(brief: Brief, property: Property): readonly Consumer[] {
  return brief.consumers.filter((one) => one[property] !== null);
}

function counted(found: number, of: number, field: string, value: string): string {
  const who =
    found === 0
      ? "no consumer states"
      : found === of
        ? of === 1
          ? "the only consumer states"
          : `all ${of} consumers state`
        : `${found} of ${of} consumers ${found === 1 ? "states" : "state"}`;
  return `${who} ${field.replace("data_consumers[].", "")} ${value}`;
}
