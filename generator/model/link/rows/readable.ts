import type { Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { handWrittenDiagnostics } from "../../diagnostics/hand-written.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { EntityDimension } from "../../dimension.ts";
import type { Fact } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import { factModel, isName, validName } from "../../names.ts";
import type { InputReference } from "../../rows.ts";
import type { SourceColumn, SourceTable } from "../../source.ts";
import type { LogicalType } from "../../types.ts";
import { rowsInput, stateInput, type LinkContext } from "../context.ts";
import { factColumns } from "../fact/fact-columns.ts";
import { kinds, type Refusals } from "../refusals.ts";
import { uniqueKeys } from "./unique-keys.ts";

/** A column that can be read, with what its contract says about it. */
export interface ReadableColumn {
  readonly name: string;
  readonly type: LogicalType;
  /** Name in the source, where it differs. */
  readonly otherName: string | null;
  readonly description: string;
  readonly unit: string | null;
  readonly pii: boolean;
  /** True where it is meant to stay wall-clock time: it has a day of its own, but is no instant. */
  readonly wallClock: boolean;
}

/** Something rows can be read from: a source table, a fact, or a hand-written dbt model. */
export interface Readable {
  /** How specs write it, `shop.orders`. */
  readonly id: string;
  /** All qualifiers of its columns; the first is the one to suggest. */
  readonly qualifiers: readonly string[];
  /** Candidates for its alias, shortest first. */
  readonly words: readonly string[];
  readonly reference: InputReference;
  readonly table: SourceTable | null;
  readonly fact: Fact | null;
  /** References of its columns to other tables; a fact has those of the columns that it keeps. */
  readonly references: SourceTable["references"];
  readonly columns: readonly ReadableColumn[];
  /** The columns that identify a row, where that is stated; a fact says by its grain. */
  readonly primaryKey: readonly string[];
  /** Sets of columns of which every row has its own values, by contract. */
  readonly keys: readonly (readonly string[])[];
  /** True where it is joined under a name of its own, without which its columns are not meant. */
  readonly isRole?: boolean;
  /** Tells names of columns that were refused, and `parts` of it. */
  readonly refuses: (name: string) => boolean;
}

/** How a table with history is read: its current `state`, or its `rows` as they are (events, extracts). */
export type Reading = "state" | "rows";

/** Finds what a `source` or `joins` entry names; null where there is nothing of that name (reported) or it was refused. `facts` tells whether a fact may be meant. */
export function findReadable(text: string, facts: boolean, reading: Reading, context: LinkContext, origin: Origin): Readable | null {
  const table = context.sources.get(text);
  if (table !== undefined) return readableTable(table, reading, context.refused);
  if (text.startsWith("ref.")) return handWritten(text.slice(4), context, origin);
  const fact = facts ? context.facts.get(factModel(text)) : undefined;
  if (fact !== undefined) return readableFact(fact, context);
  if (context.refused.has(kinds.contract, text) || (facts && context.refused.has(kinds.fact, factModel(text)))) return null;
  const known = [...context.sources.keys(), ...(facts ? context.facts.keys() : [])].sort();
  const others = known.filter((one) => one.endsWith(`.${text}`));
  const suggestion = others.length > 0 ? `write ${others.join(" or ")}. ` : didYouMean(text, known) || (facts ? didYouMean(factModel(text), known) : "");
  context.log.add(rowDiagnostics.report("unknown-source", { origin }, { name: text, suggestion, known: known.join(", ") || "none" }));
  return null;
}

/** A source table as something to read. */
export function readableTable(table: SourceTable, reading: Reading, refused: Refusals): Readable {
  const columns = table.columns.filter((one) => one.protect !== "drop").map(readableColumn);
  const loadedAt = table.loadedAtColumn;
  if (loadedAt !== null && !columns.some((one) => one.name === loadedAt)) {
    columns.push({
      name: loadedAt,
      type: scalar("timestamp"),
      otherName: table.loadedAt,
      description: "When the row was loaded.",
      unit: null,
      pii: false,
      wallClock: false,
    });
  }
  return {
    id: table.name,
    qualifiers: [table.name, table.table, table.models.staging],
    words: [validName(table.table), validName(`${table.source}_${table.table}`)],
    reference: reading === "state" ? stateInput(table) : rowsInput(table),
    table,
    fact: null,
    references: table.references,
    columns,
    primaryKey: table.primaryKey,
    keys: uniqueKeys(table),
    refuses: (name) => refused.has(table.name, name),
  };
}

function readableColumn(column: SourceColumn): ReadableColumn {
  return {
    name: column.name,
    type: column.type,
    otherName: column.physicalName === column.name ? null : column.physicalName,
    description: column.description,
    unit: column.unit,
    pii: column.pii,
    wallClock: column.zone?.kind === "local",
  };
}

/** References lead on from a fact where it keeps all of their columns under some name. */
function factReferences(fact: Fact, context: LinkContext): SourceTable["references"] {
  const kept = [...fact.degenerates, ...(fact.rollup ? fact.grain : [])];
  const inputs = [fact.rows.base, ...fact.rows.joins.map((one) => one.input)];
  return inputs.flatMap(({ alias, reference: { kind, id } }) => {
    const before = kind === "fact" ? context.facts.get(id) : undefined;
    const references = before === undefined ? (context.sources.get(id)?.references ?? []) : factReferences(before, context);
    return references.flatMap((one) => {
      const columns = one.columns.flatMap(
        (name) => kept.find(({ value }) => value.kind === "column" && value.input === alias && value.name === name)?.name ?? [],
      );
      return columns.length === one.columns.length ? [{ ...one, columns }] : [];
    });
  });
}

function readableFact(fact: Fact, context: LinkContext): Readable {
  return {
    id: fact.name,
    qualifiers: [fact.name, fact.process, `fact_${fact.process}`],
    words: [fact.process, fact.name],
    reference: { kind: "fact", id: fact.name, model: fact.name },
    table: null,
    fact,
    references: factReferences(fact, context),
    columns: factColumns(fact).map((one) => ({ ...one, otherName: null, pii: false, wallClock: false })),
    primaryKey: [],
    keys: [fact.grain.map((one) => one.name), [fact.keyColumn]],
    refuses: (name) => context.refused.has(fact.name, name),
  };
}

/** The rows of a dimension as something to read, its versions where it has them. */
export function readableDimension(dimension: EntityDimension, refused: Refusals): Readable {
  return {
    id: dimension.name,
    qualifiers: [dimension.name, dimension.entity],
    words: [dimension.entity, dimension.name],
    reference: { kind: "dimension", id: dimension.name, model: dimension.name },
    table: null,
    fact: null,
    references: [],
    columns: [...dimension.naturalKey, ...dimension.attributes].map(({ name, type, description, unit, pii }) => ({ name, type, description, unit, pii, otherName: null, wallClock: false })),
    primaryKey: [],
    keys: [],
    refuses: (name) => refused.has(dimension.name, name),
  };
}

/** A dbt model that somebody writes by hand, with the columns that the specs declare; null where none declares it (reported). */
function handWritten(name: string, { handWritten: models, refused, log }: LinkContext, origin: Origin): Readable | null {
  const model = models.get(name);
  if (model === undefined) {
    if (isName(name)) log.add(handWrittenDiagnostics.report("undeclared-model", { origin }, { name, suggestion: didYouMean(name, models.keys()) }));
    else log.add(handWrittenDiagnostics.report("model-name", { origin }, { name, valid: validName(name) || "int_orders" }));
    return null;
  }
  const id = `ref.${name}`;
  return {
    id,
    qualifiers: [id, name],
    words: [name.replace(/^(stg|int|base)_(?=.)/, "").replaceAll("__", "_"), name],
    reference: { kind: "model", id: name, model: name },
    table: null,
    fact: null,
    references: [],
    columns: model.columns.map((one) => ({ ...one, otherName: null, wallClock: one.type.kind === "timestamp_ntz" })),
    primaryKey: model.primaryKey,
    keys: model.primaryKey.length === 0 ? [] : [model.primaryKey],
    refuses: (column) => refused.has(id, column),
  };
}
