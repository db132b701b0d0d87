import type { Compilation } from "../compile.ts";
import type { Generation } from "../generate.ts";
import type { CommandContext } from "./commands.ts";

/** What a reporting command says at the end. */
export interface Report {
  readonly command: string;
  readonly exitCode: number;
  /** One line of text for people, e.g. how many files changed. */
  readonly summary: string;
  /** Files as `generate` changed them, or as `check` found them. */
  readonly changes: Generation["changes"];
}

/** Prints problems and outcome in the format asked for: text for people, one JSON value, or GitHub annotations. */
export async function report({ terminal, options, positionals }: CommandContext, found: Pick<Generation, "diagnostics" | "documents">, outcome: Report): Promise<void> {
  terminal.progress(null);
  const { formatDiagnostics } = await import("../diagnostics/format.ts");
  const folder = positionals[0] ?? "";
  const format = options.format === "json" || options.format === "github" ? options.format : "text";
  const printed = formatDiagnostics(found.diagnostics, found.documents, { format, color: terminal.color, folder });
  switch (format) {
    case "text":
    case "github": {
      const summary = !options.quiet || outcome.exitCode !== 0 ? `${outcome.summary}\n` : "";
      const gap = printed !== "" && summary !== "" && format === "text" ? "\n" : "";
      terminal.print(`${printed}${gap}${summary}`);
      return;
    }
    case "json": {
      const value = { format_version: 1, command: outcome.command, exit_code: outcome.exitCode, summary: outcome.summary, changes: outcome.changes, diagnostics: JSON.parse(printed) };
      terminal.print(`${JSON.stringify(value, null, 2)}\n`);
      return;
    }
  }
}

/** `3 errors and 1 warning`, or `` where there are none; `hidden` errors were found besides. */
export function countProblems({ diagnostics, hidden }: Pick<Compilation, "diagnostics" | "hidden">): string {
  const shown = diagnostics.filter(({ severity }) => severity === "error").length;
  const errors = shown + hidden;
  const warnings = diagnostics.length - shown;
  if (hidden > 0) return `${plural(errors, "error")}, of which ${shown} are shown`;
  return [errors > 0 ? plural(errors, "error") : "", warnings > 0 ? plural(warnings, "warning") : ""].filter((one) => one !== "").join(" and ");
}

/** What came of a run that met errors. */
export function failure(result: Pick<Compilation, "diagnostics" | "hidden">): string {
  return `${countProblems(result)}. ${result.diagnostics.some(({ code }) => code === "output/no-access") ? "The run stopped there." : "Nothing was written."}`;
}

/** `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
