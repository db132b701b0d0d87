import { catalog } from "../../catalog.ts";
import type { Compilation } from "../../compile.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { CommandContext } from "../commands.ts";
import { EXIT, exitCode } from "../exit-code.ts";
import { report } from "../report.ts";
import { codeIndexText, codeText, decisionsText, objectText } from "../explain-text.ts";

const DEFAULT_SPEC = "specs";

/** `explain [CODE|NAME|decisions] [SPEC]`: a diagnostic, an object of the specs, or all decisions. */
export async function run(context: CommandContext): Promise<number> {
  const { terminal, positionals, options } = context;
  const subject = positionals[0];
  if (subject === undefined) return answer(context, { codes: catalog() }, codeIndexText(catalog()));
  const code = catalog().find((entry) => entry.code === subject || entry.code === subject.replace(".", "/")) ?? only(catalog().filter((entry) => entry.code.endsWith(`/${subject}`)));
  if (code !== undefined) return answer(context, code, codeText(code));
  if (subject.includes("/")) {
    terminal.printError(`${`dps-gen: there is no diagnostic '${subject}'. ${didYouMean(subject, catalog().map((entry) => entry.code))}`.trimEnd()}\n`);
    return EXIT.invalid;
  }
  if (subject !== "decisions" && positionals[1] === undefined && context.host.kind(context.host.resolve(DEFAULT_SPEC)) === null) {
    terminal.printError(`dps-gen: nothing is called '${subject}': it is no diagnostic, and there is no folder '${DEFAULT_SPEC}'. Name that of your specs: dps-gen explain NAME SPEC.\n`);
    return EXIT.invalid;
  }
  const compiled = await compileSpecs(context);
  if (compiled === null) return EXIT.invalid;
  if (subject === "decisions") {
    const decisions = compiled.design?.decisions ?? [];
    return answer(context, { decisions }, decisionsText(decisions));
  }
  const { explanations } = await import("../../explain.ts");
  const known = explanations(compiled);
  const found = known.get(subject);
  if (found !== undefined) return answer(context, found, objectText(found, compiled.documents));
  terminal.printError(`${`dps-gen: nothing is called '${subject}'. ${didYouMean(subject, [...known.keys(), "decisions"])}`.trimEnd()}\n`);
  return EXIT.invalid;

  function answer({ terminal }: CommandContext, value: unknown, text: string): number {
    terminal.print(options.format === "json" ? `${JSON.stringify(value, null, 2)}\n` : text);
    return EXIT.clean;
  }
}

/** The only one of a list, if there is one. */
function only<Value>(values: readonly Value[]): Value | undefined {
  return values.length === 1 ? values[0] : undefined;
}

/** The compiled specs, or null where they are not valid: then what is wrong has been reported. */
async function compileSpecs(context: CommandContext): Promise<Compilation | null> {
  const { host, options, positionals } = context;
  const folder = positionals[1] ?? DEFAULT_SPEC;
  const { compile } = await import("../../compile.ts");
  const compiled = await compile({ host, root: host.resolve(folder), warehouse: options.warehouse });
  const code = exitCode(compiled.diagnostics);
  if (code === EXIT.clean) return compiled;
  await report({ ...context, positionals: [folder] }, compiled, { command: "explain", exitCode: code, summary: "The specs do not compile.", changes: [] });
  return null;
}
