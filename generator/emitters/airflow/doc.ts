import { taskModule } from "../../model/names.ts";
import type { Pipeline } from "../../model/pipeline.ts";
import { prose } from "../markdown.ts";
import { columnsOf } from "../python.ts";

const WIDTH = 88;

/**
 * The page that Airflow shows for a DAG, as the inside of a triple-quoted Python string: Markdown, prose wrapped, and
 * nothing in the prose of specs can become a heading, a link or HTML.
 */
export function dagDoc(pipeline: Pipeline, schedule: string): string {
  const { extract, qualityGates, errorHandling } = pipeline;
  const sections = [
    paragraphs(pipeline.description),
    bullets("Runs", [schedule, ...(pipeline.slaMinutes === null ? [] : [`within ${pipeline.slaMinutes} minutes`])]),
    bullets("Reads", extract.tables.map((table) => `\`${table}\`${loadedBy(pipeline)}`)),
    bullets("Builds", pipeline.builds.map((one) => `\`${one}\``)),
    bullets("Tasks written by hand", pipeline.tasks.map(({ name, side, step }) => `\`${name}\` ${side} \`${step}\` (\`airflow/dags/${taskModule(pipeline.name, name)}.py\`)`)),
    bullets("Must hold before loading", qualityGates.preLoad.map(prose)),
    bullets("Must hold after loading", qualityGates.postLoad.map(prose)),
    bullets("On failure", [failure(pipeline), ...errorHandling.alertChannels.map((one) => `tell ${prose(one)}`)]),
  ];
  return sections.filter((one) => one !== "").join("\n\n");
}

function loadedBy({ extract: { connection } }: Pipeline): string {
  switch (connection?.kind) {
    case "files": return ` from files (${prose(connection.glob)})`;
    case "airflow": return `, loaded over the connection ${prose(connection.id)} by another tool`;
    case undefined: return ", loaded by another tool";
  }
}

function failure({ errorHandling }: Pipeline): string {
  const { strategy, maxRetries, retryDelaySeconds } = errorHandling;
  if (strategy === "fail_fast" || maxRetries === 0) return "stop at once";
  return `${maxRetries === 1 ? "one more try" : `${maxRetries} more tries`}, the first after ${retryDelaySeconds} seconds, each wait twice as long as the last`;
}

function bullets(title: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `**${title}**\n\n${items.map((item) => wrapped(item, "- ", "  ")).join("\n")}`;
}

function paragraphs(text: string): string {
  return text.trim().split(/\n\s*\n/).map((one) => wrapped(prose(one), "", "")).join("\n\n");
}

function wrapped(text: string, first: string, next: string): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(" ").map(pythonInside)) {
    if (!empty && columnsOf(line) + 1 + columnsOf(word) > WIDTH) {
      lines.push(line);
      line = next;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join("\n");
}

/** Text inside of a triple-quoted literal. */
function pythonInside(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll('"""', '\\"\\"\\"')
    .replace(/"$/, '\\"')
    .replace(/[\u0000-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
