import type { Condition } from "./situation.ts";

/** Fewer pipelines than this are specified. */
export function fewerPipelinesThan(count: number): Condition {
  return ({ model }) => ({
    holds: model.pipelines.length < count,
    because: `the specs hold ${counted(model.pipelines.length, "pipeline")}`,
  });
}

/** Some pipeline waits for another one. */
export const dependencies: Condition = ({ model }) => {
  const found = model.pipelines.find((one) => one.dependsOn.length > 0);
  return found === undefined
    ? { holds: false, because: "no pipeline has depends_on" }
    : { holds: true, because: `${found.name} has depends_on` };
};

/** Some pipeline retries what failed. */
export const retries: Condition = ({ model }) => {
  const found = model.pipelines.find(({ errorHandling }) => errorHandling.strategy !== "fail_fast" && errorHandling.maxRetries > 0);
  return found === undefined
    ? { holds: false, because: "no pipeline retries" }
    : { holds: true, because: `${found.name} retries (error_handling.max_retries ${found.errorHandling.maxRetries})` };
};

/** Some pipeline loads tables itself. */
export const extraction: Condition = ({ model }) => {
  const found = model.pipelines.find((one) => one.extract.connection !== null);
  return found === undefined
    ? { holds: false, because: "no pipeline has extract.connection" }
    : { holds: true, because: `${found.name} extracts over extract.connection` };
};

/** Some pipeline has neither a schedule nor another one to wait for. */
export const onDemand: Condition = ({ model }) => {
  const found = model.pipelines.find((one) => one.schedule === null && one.dependsOn.length === 0);
  return found === undefined
    ? { holds: false, because: "every pipeline has a schedule" }
    : { holds: true, because: `${found.name} has no schedule` };
};

/** The specs hold a dimensional model. */
export const dimensionalModel: Condition = ({ model }) => {
  const [facts, dimensions] = [model.facts.length, model.dimensions.length];
  return {
    holds: facts > 0 && dimensions > 0,
    because: `the specs hold ${counted(facts, "fact")} and ${counted(dimensions, "dimension")}`,
  };
};

/** At least so many dimensions, facts and marts are specified. */
export function objectsOfAtLeast(count: number): Condition {
  return ({ model }) => {
    const found = model.dimensions.length + model.facts.length + model.marts.length;
    return {
      holds: found >= count,
      because: `the specs hold ${counted(found, "dimension, fact or mart", "dimensions, facts and marts")} (many is ${count})`,
    };
  };
}

/** The dimensions, facts and marts belong to at least so many domains. */
export function domainsOfAtLeast(count: number): Condition {
  return ({ model }) => {
    const found = new Set(
      [...model.dimensions.filter((one) => one.kind === "table"), ...model.bridges, ...model.facts, ...model.marts].map((one) => one.domain),
    ).size;
    return { holds: found >= count, because: `the specs hold ${counted(found, "domain")}` };
  };
}

/** The warehouse is a library inside one process. */
export const inProcess: Condition = ({ dialect }) => ({
  holds: dialect.features.singleWriter,
  because: `settings.warehouse is ${dialect.name}`,
});

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count === 0 ? "no" : count} ${count === 1 ? one : many}`;
}
