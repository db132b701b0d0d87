import { placeOf } from "../diagnostics/source.ts";
import type { CatalogEntry } from "../catalog.ts";
import type { Compilation } from "../compile.ts";
import type { Explanation } from "../explain.ts";

const WIDTH = 80;

/** The page of one diagnostic code. */
export function codeText({ code, severity, message, help, docs }: CatalogEntry): string {
  return `${code} (${severity})\n\n  ${message}\n  help: ${help}\n\n${wrap(docs)}\n`;
}

/** All codes with their messages. */
export function codeIndexText(entries: readonly CatalogEntry[]): string {
  const width = Math.max(0, ...entries.map(({ code }) => code.length));
  return `${entries.map(({ code, message }) => `${code.padEnd(width)}  ${message}`).join("\n")}\n\nMore about one: dps-gen explain CODE\n`;
}

/** What was decided, why, and what lost. */
export function decisionsText(decisions: Explanation["decisions"]): string {
  if (decisions.length === 0) return "Nothing was decided.\n";
  const texts = decisions.map(({ subject, topic, choice, because, alternatives, rule }) => {
    const lost = alternatives.map((one) => wrap(`not ${one.choice}: ${one.because}`, 4)).join("\n");
    return `${subject}: ${topic} is ${choice}\n${wrap(because, 2)}\n${lost}${lost === "" ? "" : "\n"}  (rule ${rule})\n`;
  });
  return texts.join("\n");
}

/** One object: where it is written, what it reads and who reads it, its files and decisions. */
export function objectText({ name, kind, description, origin, reads, readBy, files, decisions }: Explanation, documents: Compilation["documents"]): string {
  const place = placeOf(new Map(documents.map((one) => [one.path, one])), origin, "key");
  const written = place === null ? origin.document : `${origin.document}:${place.position.line}`;
  const list = (title: string, items: readonly string[]): string => (items.length === 0 ? "" : `\n${title}:\n${items.map((item) => `  ${item}\n`).join("")}`);
  const decided = decisions.length === 0 ? "" : `\ndecisions:\n${decisionsText(decisions).replace(/^(?=.)/gm, "  ")}`;
  return `${name}: ${kind}\n${description === "" ? "" : `${wrap(description, 2)}\n`}  written in ${written}\n${list("reads", reads)}${list("read by", readBy)}${list("files", files)}${decided}`;
}

function wrap(text: string, indent = 0): string {
  const blanks = " ".repeat(indent);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(blanks + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, blanks + line].join("\n");
}
