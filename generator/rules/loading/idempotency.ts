import type { Diagnostic } from "../../diagnostics/define.ts";
import { within } from "../../diagnostics/origin.ts";
import { chooseLoad, pipelineLoad } from "../../model/load-choice.ts";
import type { Pipeline } from "../../model/pipeline.ts";
import type { SourceTable } from "../../model/source.ts";
import type { Model } from "../../model/types.ts";
import { rulesDiagnostics } from "../diagnostics.ts";
import type { Rule } from "../types.ts";

/** Refuses what would not give the same result twice (guide, phase 3, Idempotency Rules), and extraction that the source cannot serve. */
export const idempotency: Rule = {
  name: "idempotency",
  apply({ model }) {
    const tables = new Map(model.sources.map((one) => [one.name, one]));
    return {
      diagnostics: model.pipelines.flatMap((pipeline) => {
        const own = pipeline.extract.tables.flatMap((id) => tables.get(id) ?? []);
        return [...extraction(pipeline, own), ...loading(pipeline, own, model)];
      }),
    };
  },
};

function extraction({ name, origin, extract }: Pipeline, tables: readonly SourceTable[]): readonly Diagnostic[] {
  const place = { origin: within(origin, "extract", "strategy") };
  const { connection, strategy } = extract;
  if (connection?.kind === "files" && (strategy === "cdc" || strategy === "log_based")) {
    return [rulesDiagnostics.report("files-are-no-log", place, { pipeline: name, strategy: strategy === "cdc" ? "CDC" : "log-based" })];
  }
  const captured = tables.find((one) => one.history.kind === "change_log" && one.history.operation !== null);
  if (connection?.kind !== "airflow" || strategy !== "full" || captured === undefined) return [];
  return [
    rulesDiagnostics.report(
      "full-extraction-of-change-log",
      { ...place, related: [{ origin: within(captured.origin, "history"), message: "the change log" }] },
      { pipeline: name, table: captured.name },
    ),
  ];
}

function loading(pipeline: Pipeline, tables: readonly SourceTable[], model: Model): readonly Diagnostic[] {
  const { name, origin, load } = pipeline;
  const place = { origin: within(origin, "load", "strategy") };
  if (load.strategy === null || load.strategy === "truncate_reload") return [];
  const mutable = tables.find((one) => one.history.kind === "current_state");
  if (load.strategy === "append" && mutable !== undefined) {
    return [
      rulesDiagnostics.report(
        "append-of-mutable",
        { ...place, related: [{ origin: mutable.origin, message: "the contract" }] },
        { pipeline: name, table: mutable.name },
      ),
    ];
  }
  return unusedLoad(pipeline, model).map((reason) =>
    rulesDiagnostics.report("load-strategy-unused", place, { pipeline: name, strategy: load.strategy?.replaceAll("_", "-") ?? "", reason }),
  );
}

/** Why no fact is loaded as its pipeline asks; none where one is. */
function unusedLoad(pipeline: Pipeline, model: Model): readonly string[] {
  const reached = model.facts.filter((one) => one.load.stated === null && pipelineLoad(one, model)?.pipeline === pipeline.name);
  if (reached.some((one) => one.load.strategy !== "truncate_reload")) return [];
  const [first] = reached;
  if (first === undefined) return ["no fact that leaves its load open is made of a table that it extracts"];
  const { because } = chooseLoad(first, model);
  return [`${first.name} is rebuilt: ${because.slice(because.indexOf(", but ") + 6, because.indexOf("; so it is"))}`];
}
