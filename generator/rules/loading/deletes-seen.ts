import { within } from "../../diagnostics/origin.ts";
import { keepsDeleted, keepsEntries } from "../../model/fact-record.ts";
import { rulesDiagnostics } from "../diagnostics.ts";
import type { Rule } from "../types.ts";

/** Warns of snapshot dimensions, and of facts that mark or book deletions, that shall notice deletions in a table whose extraction cannot bring them. */
export const deletesSeen: Rule = {
  name: "deletes-seen",
  apply({ model }) {
    const incremental = new Map(
      model.pipelines
        .filter((one) => one.extract.strategy === "incremental")
        .flatMap((one) => one.extract.tables.map((id) => [id, one] as const)),
    );
    const current = new Set(model.sources.filter((one) => one.history.kind === "current_state").map((one) => one.name));
    const marking = model.facts.filter((one) => keepsDeleted(one) || keepsEntries(one));
    const watching = model.dimensions.filter((one) => one.kind === "table" && one.history.kind === "snapshot" && one.deletes !== "ignore");
    return {
      diagnostics: [...watching, ...marking].flatMap((watcher) => {
        const table = watcher.kind === "date" || watcher.kind === "time" ? "" : watcher.rows.base.reference.id;
        const pipeline = incremental.get(table);
        if (pipeline === undefined || !current.has(table)) return [];
        const place = {
          origin: within(pipeline.origin, "extract", "strategy"),
          related: [{ origin: watcher.origin, message: watcher.name.startsWith("fct_") ? "the fact" : "the dimension" }],
        };
        return [rulesDiagnostics.report("deletes-unseen", place, { pipeline: pipeline.name, table, watcher: watcher.name })];
      }),
    };
  },
};
