import { within } from "../diagnostics/origin.ts";
import { supportedDirectives, supportsFormat } from "../dialects/parse-format.ts";
import { rulesDiagnostics } from "./diagnostics.ts";
import type { Rule } from "./types.ts";

/** Refuses formats of `parse` that warehouses do not read alike. */
export const parseFormats: Rule = {
  name: "parse-formats",
  apply: ({ model }) => ({
    diagnostics: model.sources.flatMap(({ columns }) =>
      columns.flatMap(({ origin, clean }) =>
        clean.flatMap((step, index) => {
          if (step.kind !== "parse" || supportsFormat(step.format)) return [];
          return [
            rulesDiagnostics.report(
              "unsupported-format",
              { origin: within(origin, "clean", index, "format") },
              { format: step.format, directives: supportedDirectives.join(" ") },
            ),
          ];
        }),
      ),
    ),
  }),
};
