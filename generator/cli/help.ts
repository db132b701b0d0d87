import { commands, optionTexts } from "./commands.ts";

/** The text of `--help`, or of one command's `--help`. */
export function helpText(name: string | null): string {
  const command = name === null ? undefined : commands[name];
  if (name === null || command === undefined) return overview();
  const options = command.options.map((option) => row(`--${option}${option === "format" && command.formats !== undefined ? ` ${command.formats.join("|")}` : value(option)}`, optionTexts[option].summary));
  return `${["dps-gen", name, ...command.positionals, "[options]"].join(" ")}\n\n  ${command.summary}\n\nOptions:\n${options.join("")}`;
}

function overview(): string {
  const rows = Object.entries(commands).map(([name, { positionals, summary }]) => row([name, ...positionals].join(" "), summary));
  return `dps-gen compiles a folder of YAML specs into a dbt project and Airflow DAGs.

  dps-gen SPEC [--out DIR]     e.g. npx dps-gen specs/

Commands:
${rows.join("")}
Options:
${Object.entries(optionTexts).map(([option, { summary }]) => row(`--${option}${value(option)}`, summary)).join("")}${row("--version", "print the version")}${row("--help", "print this, or the help of one command")}
Exit codes: 0 clean, 1 internal or I/O error, 2 invalid specs or call, 3 output stale, 4 edited or foreign files, 5 changes to agree to, 6 locked, 7 verify found a check that does not hold
`;
}

function value(option: string): string {
  const text = Object.entries(optionTexts).find(([name]) => name === option)?.[1].value ?? null;
  return text === null ? "" : ` ${text}`;
}

function row(left: string, right: string): string {
  const gap = 40;
  return left.length + 2 > gap ? `  ${left}\n${" ".repeat(gap + 2)}${right}\n` : `  ${left.padEnd(gap)}${right}\n`;
}
