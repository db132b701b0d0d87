import type { SourceDocument } from "../diagnostics/source.ts";
import type { CheckedObject } from "./checked.ts";

/** Marks a plain scalar that YAML readers disagree about (`no`, `0123`, `1.10`, `12:30`, a date); holds its text. */
export const AMBIGUOUS: unique symbol = Symbol("ambiguous scalar");

/** An unquoted scalar whose text is not the only way to read it. Which reading holds depends on the key it stands under. */
export interface AmbiguousScalar {
  readonly [AMBIGUOUS]: string;
}

/** A mapping of a spec; keys are always text. */
export interface ValueMap {
  readonly [key: string]: Value;
}

/** What a YAML document says, as plain data. An empty value is `""`; `null` and `~` are null. */
export type Value = string | number | boolean | null | AmbiguousScalar | readonly Value[] | ValueMap;

/**
 * One file of the spec folder: its path relative to the folder (with `/`), its text (without a byte order mark) and its
 * value, null where it could not be read. Positions are found again from the text when a diagnostic is printed.
 */
export interface SpecDocument extends SourceDocument {
  readonly value: Value;
  /** What it says, where an earlier run has read and checked it already: `value` is null then. */
  readonly checked?: readonly CheckedObject[];
}

/** The text of an ambiguous scalar, or null for any other value. */
export function ambiguousText(value: unknown): string | null {
  return typeof value === "object" && value !== null && AMBIGUOUS in value && typeof value[AMBIGUOUS] === "string"
    ? value[AMBIGUOUS]
    : null;
}

/** Whether a value is a mapping. */
export function isMapping(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(AMBIGUOUS in value);
}
