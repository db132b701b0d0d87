import { parseArgs } from "node:util";
import { didYouMean, nearest } from "../diagnostics/suggest.ts";
import { commands, optionTexts, usualFormats, type Command, type CommandOptions, type Format } from "./commands.ts";

/** A call, understood or not. `command` of `help` is the one asked about, or null. */
export type Call =
  | { readonly kind: "run"; readonly name: string; readonly command: Command; readonly positionals: readonly string[]; readonly options: CommandOptions }
  | { readonly kind: "help"; readonly command: string | null }
  | { readonly kind: "version" }
  | { readonly kind: "wrong"; readonly message: string };

/** Understands the arguments of a call; a first argument that is no command is the spec folder of `generate`. */
export function parseCall(argv: readonly string[]): Call {
  const { tokens } = parseArgs({ args: [...argv], options: PARSED, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string | true>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind === "option") values.set(token.name, token.value ?? true);
  }
  const first = positionals[0];
  const named = first !== undefined && Object.hasOwn(commands, first) ? first : null;
  if (values.has("help") || first === "help") return { kind: "help", command: named ?? (first === "help" ? positionals[1] ?? null : null) };
  if (values.has("version")) return { kind: "version" };
  if (first === undefined && values.size === 0) return { kind: "help", command: null };
  const name = named ?? "generate";
  const command = commands[name];
  if (command === undefined) throw new Error(`no command ${name}`);
  const given = named === null ? positionals : positionals.slice(1);
  const problem = optionProblem(values, name, command) ?? positionalProblem(given, name, command, named === null);
  if (problem !== null) return { kind: "wrong", message: problem };
  return { kind: "run", name, command, positionals: given, options: optionsOf(values) };
}

const PARSED = {
  out: { type: "string", short: "o" },
  warehouse: { type: "string", short: "w" },
  format: { type: "string", short: "f" },
  quiet: { type: "boolean", short: "q" },
  data: { type: "string" },
  days: { type: "string" },
  rows: { type: "string" },
  seed: { type: "string" },
  against: { type: "string" },
  "detailed-exitcode": { type: "boolean" },
  conflict: { type: "string" },
  restore: { type: "boolean" },
  plan: { type: "string" },
  "no-cache": { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

const CONFLICTS = ["inline", "rej"] as const;
const COUNTS = ["days", "rows", "seed"] as const;
const FORMATS: readonly Format[] = ["text", "json", "github", "markdown", "sarif"];

function optionProblem(values: ReadonlyMap<string, string | true>, name: string, command: Command): string | null {
  const known = command.options.map((option) => `--${option}`);
  for (const [option, value] of values) {
    const text = Object.entries(optionTexts).find(([key]) => key === option)?.[1];
    const typed = option.length === 1 ? `-${option}` : `--${option}`;
    if (text === undefined) return `there is no option ${typed}. ${didYouMean(typed, [...known, "--help", "--version"])}`.trim();
    if (!command.options.some((one) => one === option)) return `'${name}' takes no ${typed}; it takes ${known.join(", ")}.`;
    if (text.value === null && value !== true) return `${typed} takes no value.`;
    if (text.value !== null && (value === true || value === "")) return `${typed} needs a value: ${typed} ${text.value}.`;
  }
  const count = COUNTS.find((one) => values.has(one) && !/^[1-9][0-9]{0,8}$/.test(String(values.get(one))));
  if (count !== undefined) return `--${count} needs a whole number from 1 on, not '${String(values.get(count))}'.`;
  const conflict = values.get("conflict");
  if (conflict !== undefined && !CONFLICTS.some((one) => one === conflict)) return `--conflict is inline or rej, not '${String(conflict)}'.`;
  const format = values.get("format");
  const formats = command.formats ?? usualFormats;
  if (format !== undefined && !formats.some((one) => one === format)) return `'${String(format)}' is not a format. ${didYouMean(String(format), formats)}One of ${formats.join(", ")}.`;
  return null;
}

function positionalProblem(given: readonly string[], name: string, command: Command, implied: boolean): string | null {
  const required = command.positionals.filter((one) => !one.startsWith("["));
  if (given.length < required.length) return `'${name}' needs ${required.slice(given.length).join(" ")}: dps-gen ${name} ${command.positionals.join(" ")}.`;
  const extra = given[command.positionals.length];
  if (extra === undefined) return null;
  const meant = implied ? nearest(given[0] ?? "", Object.keys(commands)) : undefined;
  if (meant !== undefined) return `'${given[0]}' is not a command. did you mean '${meant}'?`;
  return `'${extra}' is one argument too many: dps-gen ${name} ${command.positionals.join(" ")}.`;
}

function optionsOf(values: ReadonlyMap<string, string | true>): CommandOptions {
  const text = (name: string): string | null => {
    const value = values.get(name);
    return typeof value === "string" ? value : null;
  };
  const count = (name: string): number | null => (values.has(name) ? Number(values.get(name)) : null);
  return {
    out: text("out"),
    warehouse: text("warehouse"),
    format: FORMATS.find((one) => one === text("format")) ?? "text",
    quiet: values.has("quiet"),
    data: text("data"),
    days: count("days"),
    rows: count("rows"),
    seed: count("seed"),
    against: text("against"),
    "detailed-exitcode": values.has("detailed-exitcode"),
    conflict: CONFLICTS.find((one) => one === text("conflict")) ?? null,
    restore: values.has("restore"),
    plan: text("plan"),
    "no-cache": values.has("no-cache"),
  };
}
