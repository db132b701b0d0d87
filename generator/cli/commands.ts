import type { Host } from "../host.ts";
import type { Terminal } from "./terminal.ts";

/** How a command reports. */
export type Format = "text" | "json" | "github" | "markdown" | "sarif";

/** What a command gets from the command line. */
export interface CommandContext {
  readonly host: Host;
  readonly terminal: Terminal;
  /** The arguments after the command. */
  readonly positionals: readonly string[];
  readonly options: CommandOptions;
}

/** The options of all commands; a command takes those its row names. */
export interface CommandOptions {
  readonly out: string | null;
  readonly warehouse: string | null;
  readonly format: Format;
  readonly quiet: boolean;
  /** The user's own sample data, for `verify`. */
  readonly data: string | null;
  /** How much sample data `verify` makes; null for its defaults. */
  readonly days: number | null;
  readonly rows: number | null;
  readonly seed: number | null;
  /** The commit that `plan` compares with. */
  readonly against: string | null;
  readonly "detailed-exitcode": boolean;
  /** How `generate` writes conflicts; null to write nothing then. */
  readonly conflict: "inline" | "rej" | null;
  readonly restore: boolean;
  /** The JSON of a plan that `generate` must not go beyond. */
  readonly plan: string | null;
  /** Whether nothing is believed that earlier runs left in the output folder. */
  readonly "no-cache": boolean;
}

/** A command: how it is called, and the module that runs it and answers with the exit code. */
export interface Command {
  /** What follows the command's name in a call; a name in brackets may be left out. */
  readonly positionals: readonly string[];
  readonly options: readonly (keyof CommandOptions)[];
  /** The formats it reports in; text, json and github without them. */
  readonly formats?: readonly Format[];
  readonly summary: string;
  readonly load: () => Promise<{ readonly run: (context: CommandContext) => Promise<number> | number }>;
}

/** Every command, one entry each; modules are loaded when they are called. */
export const commands: { readonly [name: string]: Command } = {
  generate: {
    positionals: ["SPEC"],
    options: ["out", "warehouse", "conflict", "restore", "plan", "no-cache", "format", "quiet"],
    summary: "compile a spec folder and write what it asks for (the default command)",
    load: () => import("./commands/generate.ts"),
  },
  check: {
    positionals: ["SPEC"],
    options: ["out", "warehouse", "no-cache", "format", "quiet"],
    summary: "validate the specs and report stale or edited output; for CI, writes nothing",
    load: () => import("./commands/check.ts"),
  },
  watch: {
    positionals: ["SPEC"],
    options: ["out", "warehouse", "no-cache", "quiet"],
    formats: ["text"],
    summary: "generate whenever a spec is saved, and say what the save changed",
    load: () => import("./commands/watch.ts"),
  },
  plan: {
    positionals: ["SPEC"],
    options: ["out", "against", "warehouse", "no-cache", "format", "detailed-exitcode"],
    formats: ["text", "json", "markdown", "github", "sarif"],
    summary: "say what generate would do, and what changed since a git commit: for whom, how badly, and what to run",
    load: () => import("./commands/plan.ts"),
  },
  eject: {
    positionals: ["PATH"],
    options: ["out", "format", "quiet"],
    summary: "take a generated file over: generate leaves it alone from now on",
    load: () => import("./commands/eject.ts"),
  },
  adopt: {
    positionals: ["PATH"],
    options: ["out", "format", "quiet"],
    summary: "give an ejected file back, to be merged with what is generated",
    load: () => import("./commands/adopt.ts"),
  },
  timeline: {
    positionals: ["NAME", "[SPEC]"],
    options: ["format"],
    formats: ["text", "json"],
    summary: "tell what changed about an object or column, commit by commit of the specs (default: specs)",
    load: () => import("./commands/timeline.ts"),
  },
  verify: {
    positionals: ["SPEC"],
    options: ["data", "days", "rows", "seed", "out", "format", "quiet"],
    summary: "prove by running it on DuckDB that the star schema is right, on made-up or own data",
    load: () => import("./commands/verify.ts"),
  },
  init: {
    positionals: ["[DIR]"],
    options: ["quiet"],
    summary: "write a small working spec folder (default: specs)",
    load: () => import("./commands/init.ts"),
  },
  explain: {
    positionals: ["[CODE|NAME|decisions]", "[SPEC]"],
    options: ["warehouse", "format"],
    summary: "say what a diagnostic means, or why a generated object is as it is",
    load: () => import("./commands/explain.ts"),
  },
  schema: {
    positionals: [],
    options: ["out", "quiet"],
    summary: "print the JSON Schema of a spec file, or write all of them (and that of plan's JSON) to a folder, for editors",
    load: () => import("./commands/schema.ts"),
  },
};

/** The formats of commands that name none. */
export const usualFormats: readonly Format[] = ["text", "json", "github"];

/** The options as a user types them; `value` is the name of what follows. */
export const optionTexts: { readonly [Name in keyof CommandOptions]: { readonly value: string | null; readonly summary: string } } = {
  out: { value: "DIR", summary: "the folder to write to (default: the current one)" },
  warehouse: { value: "NAME", summary: "the warehouse, such as duckdb, over settings.warehouse" },
  format: { value: "text|json|github", summary: "how to report (default: text)" },
  against: { value: "REF", summary: "plan against the specs of this git commit (default: HEAD)" },
  "detailed-exitcode": { value: null, summary: "plan ends with 3, 4 or 5 where something is stale, edited or to be agreed to" },
  conflict: { value: "inline|rej", summary: "write conflicting edits between markers, or beside the file (default: write nothing)" },
  restore: { value: null, summary: "write files again that were deleted by hand" },
  plan: { value: "FILE", summary: "do what this output of plan --format json says, or nothing" },
  "no-cache": { value: null, summary: "believe nothing that earlier runs left in the output folder, and leave nothing there" },
  quiet: { value: null, summary: "report problems only" },
  data: { value: "DIR", summary: "verify with these CSV or Parquet files, one folder for each day" },
  days: { value: "N", summary: "verify so many days of made-up data (default: 3)" },
  rows: { value: "N", summary: "made-up rows of each table on the first day (default: 40)" },
  seed: { value: "N", summary: "the seed that made-up data follow from (default: 1)" },
};
