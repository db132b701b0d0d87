import type { Pipeline } from "../../model/pipeline.ts";
import type { SourceTable } from "../../model/source.ts";
import type { ChoiceOf, Decision, Rule } from "../types.ts";

const reasons: Readonly<Record<ChoiceOf<"landing">, string>> = {
  replace: "The last folder of matching files replaces the table, so a run gives the same table however often it is repeated.",
  file_by_file: "Every new file adds its rows once; a file that changed replaces the rows it brought before; of rows with one key the last loaded counts where rows are updated in place.",
};

/** How rows land in each table that our own extraction fills. */
export const landing: Rule = {
  name: "landing",
  apply({ model }) {
    const tables = new Map(model.sources.map((one) => [one.name, one]));
    const files = model.pipelines.filter((one) => one.extract.connection?.kind === "files");
    return { decisions: files.flatMap((pipeline) => pipeline.extract.tables.flatMap((id) => decisions(tables.get(id), pipeline))) };
  },
};

function decisions(table: SourceTable | undefined, pipeline: Pipeline): readonly Decision[] {
  if (table === undefined) return [];
  const kept = table.history.kind !== "current_state";
  const choice = kept || pipeline.extract.strategy === "incremental" ? "file_by_file" : "replace";
  const other = choice === "replace" ? "file_by_file" : "replace";
  const strategy =
    pipeline.extract.strategy === null
      ? "extracts in full, for nothing else is stated"
      : `extracts by the strategy ${pipeline.extract.strategy}`;
  const why = kept
    ? `The contract says history: ${table.history.kind}, so earlier rows must stay.`
    : `The contract says history: current_state, and ${pipeline.name} ${strategy}.`;
  const against = choice === "replace" ? "Would keep rows that the source no longer holds." : "Would lose the rows of earlier files.";
  return [
    {
      rule: "landing",
      subject: table.name,
      topic: "landing",
      choice,
      because: `${why} ${reasons[choice]}`,
      alternatives: [{ choice: other, because: against }],
      origin: table.origin,
    },
  ];
}
