import type { ErrorCode, YAMLParseError, YAMLWarning } from "yaml";

import type { Diagnostic } from "../../diagnostics/define.ts";
import { yamlDiagnostics } from "./diagnostics.ts";

const GENERAL = "compare the indentation and the quotes with the lines around it.";

const HINTS: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: "indent with spaces.",
  BAD_INDENT: "start all keys of a mapping, and all dashes of a list, at the same column; close brackets that are open.",
  BLOCK_AS_IMPLICIT_KEY: "if the text holds ': ', put the whole value in quotes; else start the nested mapping on a line of its own.",
  MULTILINE_IMPLICIT_KEY: "a key needs a ':' on its own line; check the line before for a missing quote or colon.",
  BAD_SCALAR_START: "a value that starts with @ or ` must be quoted.",
  BAD_DQ_ESCAPE: "in double quotes a backslash starts an escape: write \\\\ for one, or use single quotes.",
  MISSING_CHAR: "check for a missing quote, comma, bracket or colon.",
  UNEXPECTED_TOKEN: "check the quotes and brackets on this line and the one before.",
};

/** The diagnostic for an error of the YAML parser, at its exact place, or at the comment that made it. */
export function syntaxProblem(document: string, text: string, error: YAMLParseError | YAMLWarning): Diagnostic {
  const comment = commentInBraces(text, error.pos[0]);
  if (comment !== null) {
    const place = { origin: { document, path: [] }, range: [comment, comment + 1] } as const;
    return yamlDiagnostics.report("syntax", place, { reason: "' #' starts a comment, and what it hides closes a bracket", hint: "put the value that holds the '#' in quotes." });
  }
  const start = Math.min(error.pos[0], Math.max(0, text.length - 1));
  const end = Math.max(start + 1, Math.min(error.pos[1], text.length));
  return yamlDiagnostics.report(
    "syntax",
    { origin: { document, path: [] }, range: [start, end] },
    { reason: CLEARER[error.code] ?? sentence(error.message), hint: HINTS[error.code] ?? GENERAL },
  );
}

/** Where a comment hides the end of a line whose brackets are open, on the last line before a place, or null. */
function commentInBraces(text: string, place: number): number | null {
  const before = text.slice(0, place).trimEnd();
  const start = before.lastIndexOf("\n") + 1;
  const end = text.indexOf("\n", start);
  const line = text.slice(start, end < 0 ? text.length : end);
  const comment = line.indexOf(" #") + 1;
  if (comment === 0) return null;
  const count = (part: string, brackets: RegExp): number => part.match(brackets)?.length ?? 0;
  const open = count(line.slice(0, comment), /[[{]/g) - count(line.slice(0, comment), /[\]}]/g);
  return open > 0 && count(line.slice(comment), /[\]}]/g) >= open ? start + comment : null;
}

const CLEARER: Partial<Record<ErrorCode, string>> = {
  BLOCK_AS_IMPLICIT_KEY: "a second ': ' on a line opens a mapping inside the value",
};

function sentence(message: string): string {
  const line = message.split("\n")[0] ?? "";
  const bare = line.replace(/ at line \d+, column \d+:?$/, "").replace(/[.:]$/, "");
  return bare.charAt(0).toLowerCase() + bare.slice(1);
}
