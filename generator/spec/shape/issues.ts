import * as z from "zod";

import type { Diagnostic } from "../../diagnostics/define.ts";
import { within, type Origin } from "../../diagnostics/origin.ts";
import { didYouMean, nearest } from "../../diagnostics/suggest.ts";
import { specDiagnostics } from "../diagnostics.ts";
import { ambiguousText, isMapping } from "../document.ts";
import { cutText } from "./cut-text.ts";
import { bare, hintFor, keyFacts, shortForm, spellings } from "./facts.ts";
import { branchFor, schemaAt, steps, valueAt } from "./locate.ts";
import { nearName } from "./near-name.ts";
import { describe, expected, show } from "./words.ts";

/** What was validated: where it stands, its schema, its canonical value, and what it is called ("a contract"). */
export interface Subject {
  readonly origin: Origin;
  readonly schema: z.core.$ZodType;
  readonly value: unknown;
  readonly noun: string;
}

/** Says what zod found wrong in our own words, at the exact place; one issue may give several diagnostics. */
export function* issueDiagnostics(subject: Subject, issue: z.core.$ZodIssue): Iterable<Diagnostic> {
  const place = { origin: within(subject.origin, ...steps(issue.path)) };
  const value = valueAt(subject.value, issue.path);
  const key = lastKey(subject, issue.path);
  if (issue.code === "unrecognized_keys") {
    yield* unknownKeys(subject, issue.path, issue.keys);
  } else if (value === undefined) {
    const above = issue.path.slice(0, -1);
    if (ambiguousText(valueAt(subject.value, above)) === null) yield* missingKey(subject, issue.path);
    else yield ambiguous(subject, above);
  } else if (ambiguousText(value) !== null) {
    yield ambiguous(subject, issue.path);
  } else if (issue.code === "invalid_union") {
    yield* unionDiagnostics(subject, issue, value);
  } else if (issue.code === "invalid_value") {
    yield wrongWord(subject, issue, value, key);
  } else if (issue.code === "invalid_format") {
    yield wrongText(place, issue, value, key);
  } else if (isAboutLength(issue) && Array.isArray(value) && !(bareAt(subject, issue.path) instanceof z.ZodArray)) {
    // A list where text is wanted is reported for its type; how long it is does not matter.
    return;
  } else if (issue.code === "too_small" || issue.code === "too_big") {
    yield specDiagnostics.report("out-of-range", place, { value: show(value), key, rule: limitOf(issue) });
  } else {
    yield wrongType(subject, issue.path, value, key);
  }
}

function ambiguous(subject: Subject, path: readonly PropertyKey[]): Diagnostic {
  const wanted = expected(schemaAt(subject.schema, path, subject.value));
  const place = { origin: within(subject.origin, ...steps(path)) };
  return specDiagnostics.report("ambiguous-scalar", place, { value: show(valueAt(subject.value, path)), key: lastKey(subject, path), expected: wanted });
}

function isAboutLength(issue: z.core.$ZodIssue): boolean {
  return issue.code === "too_small" || issue.code === "too_big";
}

function bareAt(subject: Subject, path: readonly PropertyKey[]): z.core.$ZodType | null {
  const schema = schemaAt(subject.schema, path, subject.value);
  return schema === null ? null : bare(schema);
}

function* unknownKeys(subject: Subject, path: readonly PropertyKey[], keys: readonly string[]): Iterable<Diagnostic> {
  const cut = cutText(valueAt(subject.value, path), keys);
  if (cut !== null) {
    const place = { origin: within(subject.origin, ...steps(path), cut.key) };
    const quoted = cut.whole.includes('"') ? `'${cut.whole.replaceAll("'", "''")}'` : `"${cut.whole}"`;
    yield specDiagnostics.report("cut-text", place, { text: cut.text, key: cut.key, quoted });
  }
  for (const key of keys) if (cut === null || !cut.rest.includes(key)) yield unknownKey(subject, path, key);
}

function unknownKey(subject: Subject, path: readonly PropertyKey[], unknown: string): Diagnostic {
  const value = valueAt(subject.value, path);
  const schema = branchOf(subject, path, value);
  const place = { origin: within(subject.origin, ...steps(path), unknown), pointer: "key" } as const;
  if (!(schema instanceof z.ZodObject)) throw new Error(`no mapping at ${subject.origin.document} ${path.join(".")}`);
  for (const [canonical, property] of Object.entries(schema.shape)) {
    const aliases = keyFacts(property)?.aliases ?? [];
    if (!aliases.includes(unknown)) continue;
    return specDiagnostics.report("same-key-twice", place, { key: unknown, other: canonical, canonical });
  }
  const known = Object.keys(schema.shape).filter((key) => keyFacts(schema.shape[key]) !== undefined);
  const spelt = Object.values(schema.shape).flatMap((property) => [...(keyFacts(property)?.aliases ?? [])]);
  const instead = hintFor(schema, unknown);
  const near = instead === undefined ? didYouMean(unknown, [...known, ...spelt]) || parameterHint(unknown, value, schema) : `write ${instead}. `;
  return specDiagnostics.report("unknown-key", place, {
    key: show(unknown),
    parent: parentOf(subject, path),
    near,
    known: known.join(", ") || "none",
  });
}

/** Parameters stand in a mapping of their own, where a mapping takes some. */
function parameterHint(unknown: string, value: unknown, schema: z.ZodObject): string {
  const parameters: unknown = schema.shape["params"];
  if (!(parameters instanceof z.ZodDefault) || !isMapping(value)) return "";
  const example = typeof value[unknown] === "object" ? "…" : show(value[unknown]);
  return `parameters stand under params: params: {${unknown}: ${example}}. `;
}

function branchOf(subject: Subject, path: readonly PropertyKey[], value: unknown): z.core.$ZodType | null {
  const schema = schemaAt(subject.schema, path, subject.value);
  return schema === null ? null : branchFor(bare(schema), value);
}

/** A key that is misspelled is not missed too: the misspelling is reported where it stands. */
function* missingKey(subject: Subject, path: readonly PropertyKey[]): Iterable<Diagnostic> {
  const parent = path.slice(0, -1);
  const key = String(path.at(-1));
  const mapping = branchOf(subject, parent, valueAt(subject.value, parent));
  const meant = misspelling(key, valueAt(subject.value, parent), mapping);
  if (meant === null) {
    const facts = factsAt(subject, path);
    const example = facts?.example ?? tagsOf(mapping)[0] ?? "…";
    const place = { origin: within(subject.origin, ...steps(parent)), pointer: "key" } as const;
    yield specDiagnostics.report("missing-key", place, { key, parent: parentOf(subject, parent), example, meaning: facts?.meaning ?? "" });
  } else if (!(mapping instanceof z.ZodObject)) {
    const place = { origin: within(subject.origin, ...steps(parent), meant), pointer: "key" } as const;
    const parameters = { key: show(meant), parent: parentOf(subject, parent), near: didYouMean(meant, [key]), known: key };
    yield specDiagnostics.report("unknown-key", place, parameters);
  }
}

/** The unknown key of a mapping that is nearest to a known one and means that, or null. */
function misspelling(key: string, value: unknown, schema: z.core.$ZodType | null): string | null {
  const shape = schema instanceof z.ZodObject ? schema.shape : { [key]: undefined };
  const spelt = Object.entries(shape).flatMap(([name, property]) =>
    [name, ...((property === undefined ? undefined : keyFacts(property))?.aliases ?? [])].map((one) => ({ one, name })),
  );
  const written = typeof value === "object" && value !== null ? Object.keys(value).filter((one) => !(one in shape)) : [];
  const means = (one: string): boolean => {
    const near = nearest(one, spelt.map((each) => each.one));
    return spelt.some((each) => each.one === near && each.name === key);
  };
  return written.find(means) ?? null;
}

function* unionDiagnostics(subject: Subject, issue: z.core.$ZodIssueInvalidUnion, value: unknown): Iterable<Diagnostic> {
  const whole = schemaAt(subject.schema, issue.path, subject.value);
  const words = tagsOf(schemaAt(subject.schema, issue.path.slice(0, -1), subject.value));
  if (whole === null && typeof value === "string" && words.length > 0) {
    const key = lastKey(subject, issue.path.slice(0, -1));
    const instead = factsAt(subject, issue.path.slice(0, -2))?.instead ?? {};
    yield invalidWord(within(subject.origin, ...steps(issue.path)), value, key, words, [], Object.hasOwn(instead, value) ? instead[value] : undefined);
    return;
  }
  const union = whole === null ? null : bare(whole);
  const branch = union instanceof z.ZodUnion ? union.options.findIndex((option) => bare(option) === branchFor(union, value)) : -1;
  const inside = issue.errors[branch] ?? [];
  for (const one of inside) yield* issueDiagnostics(subject, { ...one, path: [...issue.path, ...one.path] });
  if (inside.length === 0)
    yield wrongType(subject, whole === null ? issue.path.slice(0, -1) : issue.path, value, lastKey(subject, issue.path));
}

/** The words that a discriminated union tells its branches by. */
function tagsOf(schema: z.core.$ZodType | null): readonly string[] {
  const union = schema === null ? null : bare(schema);
  if (!(union instanceof z.ZodDiscriminatedUnion)) return [];
  const words: string[] = [];
  for (const option of union.options) {
    const tag = option instanceof z.ZodObject ? option.shape[union.def.discriminator] : undefined;
    for (const word of tag?._zod.values ?? []) words.push(String(word));
  }
  return words;
}

function wrongWord(subject: Subject, issue: z.core.$ZodIssueInvalidValue, value: unknown, key: string): Diagnostic {
  if (typeof value === "object" || typeof value === "boolean") return wrongType(subject, issue.path, value, key);
  const schema = schemaAt(subject.schema, issue.path, subject.value);
  const also = [...((schema === null ? undefined : spellings(bare(schema)))?.keys() ?? [])];
  const number = typeof issue.values[0] === "number" ? /[0-9]+/.exec(String(value))?.[0] : undefined;
  const origin = within(subject.origin, ...steps(issue.path));
  // Another number is no slip of the pen.
  if (number === undefined) return invalidWord(origin, show(value), key, issue.values.map(String), also);
  const near = factsAt(subject, issue.path)?.instead?.[number] ?? didYouMean(show(value), also.filter((one) => one.includes(number)));
  return specDiagnostics.report("invalid-value", { origin }, { value: show(value), key, near, known: issue.values.join(", ") });
}

function invalidWord(origin: Origin, value: string, key: string, words: readonly string[], also: readonly string[] = [], instead = ""): Diagnostic {
  const near = instead || didYouMean(value, words) || didYouMean(value, also);
  return specDiagnostics.report("invalid-value", { origin }, { value: show(value), key, near, known: words.join(", ") });
}

function wrongText(
  place: { readonly origin: Origin },
  issue: z.core.$ZodIssueInvalidStringFormat,
  value: unknown,
  key: string,
): Diagnostic {
  const text = show(value);
  if (issue.format === "date")
    return specDiagnostics.report("invalid-text", place, { value: text, key, rule: "write a day that exists as 2026-11-01" });
  if (!issue.message.includes("lower-case letters"))
    return specDiagnostics.report("invalid-text", place, { value: text, key, rule: issue.message });
  const near = nearName(String(value), issue.message.startsWith("<source>"));
  return specDiagnostics.report("invalid-name", place, { value: text, near, rule: issue.message });
}

function wrongType(subject: Subject, path: readonly PropertyKey[], value: unknown, key: string): Diagnostic {
  const schema = schemaAt(subject.schema, path, subject.value);
  const facts = schema === null ? undefined : keyFacts(schema);
  const form = schema === null ? undefined : shortForm(bare(schema));
  const wanted = form?.expects ?? expected(schema);
  const example = facts?.example === undefined ? wanted : `'${key}: ${facts.example}'`;
  return specDiagnostics.report(
    "wrong-type",
    { origin: within(subject.origin, ...steps(path)) },
    { key, expected: wanted, found: describe(value), example },
  );
}

function limitOf(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const what = issue.origin === "string" ? " characters" : issue.origin === "array" ? " entries" : "";
  if (issue.code === "too_small")
    return issue.inclusive === false ? `it must be more than ${issue.minimum}${what}` : `it must be at least ${issue.minimum}${what}`;
  return issue.inclusive === false ? `it must be less than ${issue.maximum}${what}` : `it may be at most ${issue.maximum}${what}`;
}

function factsAt(subject: Subject, path: readonly PropertyKey[]): ReturnType<typeof keyFacts> {
  const schema = schemaAt(subject.schema, path, subject.value);
  return schema === null ? undefined : keyFacts(schema);
}

/** What the mapping at a path is called: "a contract", "an entry of 'schema'", "'sla'". */
function parentOf(subject: Subject, path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (last === undefined) return subject.noun;
  return typeof last === "number" ? `an entry of '${lastKey(subject, path)}'` : `'${String(last)}'`;
}

function lastKey(subject: Subject, path: readonly PropertyKey[]): string {
  const named = path.filter((step) => typeof step === "string").at(-1);
  return named ?? String(subject.origin.path.findLast((step) => typeof step === "string") ?? subject.noun);
}
