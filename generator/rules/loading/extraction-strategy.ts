import { within } from "../../diagnostics/origin.ts";
import type { Pipeline } from "../../model/pipeline.ts";
import type { SourceTable } from "../../model/source.ts";
import type { ChoiceOf, Decision, Rule } from "../types.ts";

type Strategy = ChoiceOf<"extraction strategy">;
type Reasons = Readonly<Record<Strategy, string>>;

/** How each pipeline gets its data (guide, phase 3, Extraction Strategy Decision Tree): as stated, else by what the source can do. */
export const extractionStrategy: Rule = {
  name: "extraction-strategy",
  apply({ model }) {
    const tables = new Map(model.sources.map((one) => [one.name, one]));
    return {
      decisions: model.pipelines.map((one) =>
        decision(
          one,
          one.extract.tables.flatMap((id) => tables.get(id) ?? []),
        ),
      ),
    };
  },
};

function decision(pipeline: Pipeline, tables: readonly SourceTable[]): Decision {
  const { extract } = pipeline;
  const reasons = reasonsFor(pipeline, tables);
  const choice = extract.connection === null ? "external" : (extract.strategy ?? advised(pipeline, tables));
  const stated = choice === extract.strategy ? "Stated in extract.strategy. " : "";
  const lost: readonly Strategy[] = (["cdc", "log_based", "incremental", "full", "external"] as const).filter((one) => one !== choice);
  return {
    rule: "extraction-strategy",
    subject: pipeline.name,
    topic: "extraction strategy",
    choice,
    because: `${stated}${reasons[choice]}`,
    alternatives: lost.map((one) => ({ choice: one, because: reasons[one] })),
    origin: within(pipeline.origin, "extract"),
  };
}

/** The tree: files are read whole unless the pipeline says otherwise; a database by its log, else by `updated_at`, else whole. */
function advised({ extract }: Pipeline, tables: readonly SourceTable[]): Strategy {
  if (extract.connection?.kind === "files") return "full";
  if (tables.some((one) => one.history.kind === "change_log")) return "cdc";
  return extract.incrementalKey !== null || (tables.length > 0 && tables.every((one) => one.updatedAt !== null)) ? "incremental" : "full";
}

function reasonsFor({ extract }: Pipeline, tables: readonly SourceTable[]): Reasons {
  const files = extract.connection?.kind === "files";
  const logged = tables.find((one) => one.history.kind === "change_log");
  const clockless = tables.find((one) => one.updatedAt === null);
  return {
    external:
      extract.connection === null
        ? "extract.connection is not stated: something else loads the tables."
        : "extract.connection says how to reach the source.",
    full: files
      ? "The last folder of files that extract.connection matches holds the whole table."
      : "Reads every row in every run: simple, for tables below a million rows.",
    incremental: files
      ? "Every new file is loaded once; tables that keep history are always read so."
      : incrementalReason(extract.incrementalKey, clockless),
    cdc: files
      ? "Files have no change log to capture."
      : logged === undefined
        ? "No contract of the source has history: change_log."
        : `${logged.name} has history: change_log: every change arrives, deletions too.`,
    log_based: files ? "Files have no transaction log to read." : "Reads the database's own log; stated where a tool does so.",
  };
}

function incrementalReason(key: string | null, clockless: SourceTable | undefined): string {
  if (key !== null) return `Reads rows beyond the last ${key}; deleted rows stay unseen.`;
  return clockless === undefined
    ? "Reads rows beyond the last updated_at; deleted rows stay unseen."
    : `${clockless.name} has no updated_at to read on from.`;
}
