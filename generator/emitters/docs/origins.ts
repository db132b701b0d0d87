import { columnsOf } from "../../model/expression-columns.ts";
import type { Expression } from "../../model/expression.ts";
import type { ForeignKey } from "../../model/fact.ts";
import type { InputReference, RowSource } from "../../model/rows.ts";
import type { SourceColumn } from "../../model/source.ts";
import type { Model } from "../../model/types.ts";

/** The columns that an expression is made from, and the personal data among them. */
export interface ColumnOrigins {
  readonly from: readonly string[];
  readonly pii: string;
}

/** Answers where values of a row source come from; source columns bear the names of their system. */
export type OriginsOf = (value: Expression) => ColumnOrigins;

const kept: Readonly<Record<SourceColumn["protect"], string>> = { none: "plain", hash: "hashed", mask: "masked", drop: "" };

/** Columns that people describe by `table.column`: the name they bear there, and how personal data in them is kept. */
type Catalogue = ReadonlyMap<string, { readonly name: string; readonly pii: string }>;

const catalogues = new WeakMap<Model, Catalogue>();

/** Traces the values of a row source; `foreignKeys` are those over which attributes of dimensions are read. */
export function originsOf(model: Model, rows: RowSource, foreignKeys: readonly ForeignKey[] = []): OriginsOf {
  const columns = catalogue(model);
  const inputs = new Map<string, Pick<InputReference, "kind" | "id">>();
  for (const one of foreignKeys) inputs.set(one.alias, { kind: "dimension", id: one.dimension });
  for (const one of [rows.base, ...rows.joins.map((join) => join.input)]) inputs.set(one.alias, one.reference);
  return (value) => {
    if (value.kind === "raw") return { from: ["raw SQL"], pii: "" };
    const found = columnsOf(value).map(({ input, name }) => trace(input === null ? undefined : inputs.get(input), name, columns));
    const pii = found.map((one) => one.pii).find((one) => one !== "");
    return { from: [...new Set(found.map((one) => one.from))], pii: pii ?? "" };
  };
}

function trace(
  input: Pick<InputReference, "kind" | "id"> | undefined,
  name: string,
  columns: Catalogue,
): { readonly from: string; readonly pii: string } {
  if (input === undefined) return { from: name, pii: "" };
  const column = columns.get(`${input.id}.${name}`);
  return { from: `${input.id}.${column?.name ?? name}`, pii: column?.pii ?? "" };
}

function catalogue(model: Model): Catalogue {
  const known = catalogues.get(model);
  if (known !== undefined) return known;
  const made = new Map([
    ...model.sources.flatMap((table) => table.columns.map(({ name, physicalName, pii, protect }) => [`${table.name}.${name}`, { name: physicalName, pii: pii ? kept[protect] : "" }] as const)),
    ...model.handWritten.flatMap((one) => one.columns.map(({ name, pii }) => [`${one.name}.${name}`, { name, pii: pii ? kept.none : "" }] as const)),
  ]);
  catalogues.set(model, made);
  return made;
}
