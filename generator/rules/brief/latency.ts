import type { Diagnostic } from "../../diagnostics/define.ts";
import { within } from "../../diagnostics/origin.ts";
import type { Brief } from "../../model/project.ts";
import type { Pipeline } from "../../model/pipeline.ts";
import { rulesDiagnostics } from "../diagnostics.ts";
import type { Rule } from "../types.ts";
import { shortestInterval } from "./interval.ts";

/** Five minutes: what the guide calls near real time. */
const NEAR_MINUTES = 5;

/** Warns of consumers whose latency no pipeline can meet. Folders without pipelines say nothing about schedules. */
export const latency: Rule = {
  name: "latency",
  apply({ model: { brief, pipelines } }) {
    const fastest = [...pipelines].sort((a, b) => minutesOf(a) - minutesOf(b))[0];
    if (brief === null || fastest === undefined) return {};
    return { diagnostics: brief.consumers.flatMap((_, index) => problem(brief, index, fastest)) };
  },
};

function minutesOf(pipeline: Pipeline): number {
  return shortestInterval(pipeline.schedule) ?? Number.MAX_SAFE_INTEGER;
}

function problem(brief: Brief, index: number, fastest: Pipeline): readonly Diagnostic[] {
  const consumer = brief.consumers[index];
  const need = consumer?.latency ?? null;
  if (consumer === undefined || need === null || need === "batch" || (need === "near_real_time" && minutesOf(fastest) <= NEAR_MINUTES))
    return [];
  const origin = within(brief.origin, "data_consumers", index, "latency_requirement");
  return [
    rulesDiagnostics.report(
      "latency-not-met",
      { origin, related: [{ origin: within(fastest.origin, "schedule"), message: "the schedule" }] },
      {
        team: consumer.team === "" ? `consumer ${index + 1}` : consumer.team,
        need: need === "real_time" ? "a second" : "five minutes",
        pipeline: fastest.name,
        schedule: fastest.schedule === null ? "without a schedule" : `on '${fastest.schedule}'`,
        instead:
          need === "real_time"
            ? "serve that consumer by a stream of its own, or relax latency_requirement."
            : 'schedule a pipeline every five minutes ("*/5 * * * *"), or relax latency_requirement to batch.',
      },
    ),
  ];
}
