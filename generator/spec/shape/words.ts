import * as z from "zod";

import { ambiguousText } from "../document.ts";
import { bare, shortForm, spellings } from "./facts.ts";

/** What a schema takes, in words: "text", "a list", "one of left, inner". */
export function expected(schema: z.core.$ZodType | null): string {
  if (schema === null) return "another value";
  const inner = bare(schema);
  const form = shortForm(inner);
  if (form !== undefined) return form.expects;
  if (spellings(inner) !== undefined || inner instanceof z.ZodLiteral || inner instanceof z.ZodEnum) {
    return `one of ${[...(inner._zod.values ?? [])].map(String).join(", ")}`;
  }
  if (inner instanceof z.ZodISODate) return "a day such as 2026-11-01";
  if (inner instanceof z.ZodString || inner instanceof z.ZodUnknown) return "text";
  if (inner instanceof z.ZodNumber) return inner.format === "safeint" ? "a whole number" : "a number";
  if (inner instanceof z.ZodBoolean) return "true or false";
  if (inner instanceof z.ZodArray) return "a list";
  if (inner instanceof z.ZodObject || inner instanceof z.ZodRecord) return "a mapping";
  if (inner instanceof z.ZodUnion) return inner.options.map((option) => expected(option)).join(" or ");
  return "another value";
}

/** What a value is, in words: "text", "the number 3", "a list". */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return value === "" ? "an empty text" : `the text '${show(value)}'`;
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return String(value);
  return ambiguousText(value) ?? "a mapping";
}

/** A value on one line, cut where it is long. */
export function show(value: unknown): string {
  const text =
    ambiguousText(value) ??
    (typeof value === "string"
      ? value
      : Array.isArray(value)
        ? "a list"
        : typeof value === "object" && value !== null
          ? "a mapping"
          : String(value));
  const line = text.split("\n")[0] ?? "";
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
