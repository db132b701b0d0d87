import * as z from "zod";

import { kindNames, kinds, laterKeys, type KindName } from "./kinds/registry.ts";
import { bare, keyFacts, shortForm, spellings, type KeyFacts } from "./shape/facts.ts";
import { expected } from "./shape/words.ts";

/** One key of a kind, as the reference shows it; `path` is dotted, with `[]` for the entries of a list. */
export interface ReferenceEntry {
  readonly path: string;
  readonly type: string;
  readonly fallback: string;
  readonly facts: KeyFacts;
}

const INTRODUCTION = `# Spec reference

Every key of every kind of spec, made from the schemas that the compiler checks specs with; [Writing specs](writing-specs.md)
shows them at work. Editors read the same facts: \`dps-gen schema --out DIR\` writes JSON Schemas, and a first line
\`# yaml-language-server: $schema=DIR/spec.schema.json\` turns them on.

- A spec folder holds any number of \`*.yaml\` and \`*.yml\` files; the top-level keys of a file open the kinds below.
- An unknown key is an error. \`""\`, \`[]\`, \`{}\` and null mean "not filled in"; so does 0 where the table says so.
- Words are read tolerantly: case, spaces, hyphens, underscores and a remark in parentheses do not matter.
- Where text is wanted, \`no\`, \`0123\`, \`1.10\`, \`12:30\` and dates must be quoted.
- "guide" is the practice guide whose templates these kinds extend; "Kimball" is The Data Warehouse Toolkit, third edition;
  "ODCS" is the Open Data Contract Standard; keys of our own are marked "dps-gen".
`;

/** The page `docs/spec-reference.md`: type, default, meaning, source and example of every key. */
export function specReference(): string {
  const later = Object.keys(laterKeys).map((key) => `\`${key}\``);
  const closing = `## Not yet\n\nThese keys belong to the language and are refused until a later version compiles them: ${later.join(", ")}.\n`;
  return [INTRODUCTION, ...kindNames.map(kindSection), closing].join("\n");
}

/** All keys of a kind, in the order of the schema, parents before their parts. */
export function referenceEntries(kind: KindName): readonly ReferenceEntry[] {
  return [...entriesOf(kinds[kind].schema(), "")];
}

function kindSection(kind: KindName): string {
  const { title, keys } = kinds[kind];
  const opened = kind === "brief" ? "Its keys stand at the top of a file." : `Opened by ${keys.map((key) => `\`${key}\``).join(", ")}.`;
  const rows = referenceEntries(kind).map(row);
  return [
    `## ${title}`,
    "",
    opened,
    "",
    "| key | type | default | meaning | source | example |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function row({ path, type, fallback, facts }: ReferenceEntry): string {
  const also = facts.aliases === undefined ? "" : ` Also written ${facts.aliases.map((alias) => `\`${alias}\``).join(", ")}.`;
  const zero = facts.zero === "is empty" ? " 0 means not filled in." : "";
  const example = facts.example === undefined ? "" : `\`${facts.example}\``;
  const cells = [
    `\`${path}\``,
    type,
    fallback.replaceAll("<", "&lt;"),
    `${facts.meaning.replaceAll("<", "&lt;")}${zero}${also}`,
    facts.source ?? "",
    example,
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function* entriesOf(schema: z.core.$ZodType, path: string): Iterable<ReferenceEntry> {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray) yield* entriesOf(inner.element, `${path}[]`);
  else if (inner instanceof z.ZodRecord) yield* entriesOf(inner.valueType, `${path}.*`);
  else if (inner instanceof z.ZodUnion) yield* unionEntries(inner, path);
  else if (inner instanceof z.ZodObject) {
    for (const [key, property] of Object.entries(inner.shape)) {
      const facts = keyFacts(property);
      if (facts === undefined) continue;
      const here = path === "" ? key : `${path}.${key}`;
      yield { path: here, type: typeOf(property), fallback: fallbackOf(property, facts), facts };
      if (!isSql(property)) yield* entriesOf(property, here);
    }
  }
}

/** The branches of a union follow each other; where a word tells them apart, it stands in parentheses. */
function* unionEntries(union: z.ZodUnion, path: string): Iterable<ReferenceEntry> {
  const discriminator = union instanceof z.ZodDiscriminatedUnion ? union.def.discriminator : null;
  for (const option of union.options) {
    const tag = discriminator !== null && option instanceof z.ZodObject ? option.shape[discriminator] : undefined;
    const words = [...(tag?._zod.values ?? [])].map(String).join("/");
    yield* entriesOf(option, words === "" ? path : `${path}(${words})`);
  }
}

function isSql(schema: z.core.$ZodType): boolean {
  const inner = bare(schema);
  return inner instanceof z.ZodDiscriminatedUnion && shortForm(inner)?.expects.includes("SQL") === true;
}

function typeOf(schema: z.core.$ZodType): string {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray && shortForm(inner) === undefined) return `list of: ${expected(inner.element)}`;
  if (spellings(inner) !== undefined) return expected(inner);
  return inner instanceof z.ZodUnknown ? "any data" : expected(inner);
}

function fallbackOf(schema: z.core.$ZodType, facts: KeyFacts): string {
  if (facts.fallback !== undefined) return facts.fallback;
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) return "–";
  if (!(schema instanceof z.ZodDefault)) return "**needed**";
  const value: unknown = schema.def.defaultValue;
  return value === null || typeof value === "object" ? "–" : String(value);
}
