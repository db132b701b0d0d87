import { trackedAttributes } from "../model/attributes.ts";
import { modelsBelow } from "../model/dimension-models.ts";
import type { EntityDimension } from "../model/dimension.ts";
import type { Bridge } from "../model/bridge.ts";
import { columnsOf } from "../model/expression-columns.ts";
import type { Expression } from "../model/expression.ts";
import type { Fact, ForeignKey, Mart } from "../model/fact.ts";
import { LOADED_AT } from "../model/fact-record.ts";
import { rollingColumn } from "../model/names.ts";
import type { RowSource } from "../model/rows.ts";
import type { Model } from "../model/types.ts";
import type { Touch } from "./types.ts";

/** What is worked out from each column, over one step; `*` stands for all rows of a model. */
export interface ColumnLineage {
  readonly next: (from: Touch) => readonly Touch[];
}

/** Stands for the versions of a dimension: other values of a tracked column cut others, another type of it does not. */
export const VERSIONS = "#versions";

type Link = (from: Touch, to: Touch) => void;

/** The lineage of the columns of a model, from source tables to marts. */
export function columnLineage(model: Model): ColumnLineage {
  const steps = new Map<string, Touch[]>();
  const columns = new Map<string, Set<string>>();
  const link: Link = (from, to) => {
    const id = key(from);
    const known = steps.get(id);
    if (known === undefined) steps.set(id, [to]);
    else known.push(to);
    if (from.column !== "*") (columns.get(from.model) ?? setOf(columns, from.model)).add(from.column);
  };
  linkSources(model, link);
  linkHandWritten(model, link);
  for (const one of model.dimensions) if (one.kind === "table") linkDimension(one, link);
  for (const one of model.bridges) linkBridge(one, link);
  for (const one of model.facts) linkFact(one, link);
  for (const one of model.marts) linkMart(one, link);
  return {
    // Whoever changes all rows changes every column of theirs.
    next: (from) => [...(steps.get(key(from)) ?? []), ...(from.column === "*" ? [...(columns.get(from.model) ?? [])].map((column) => ({ model: from.model, column })) : [])],
  };
}

function linkSources(model: Model, link: Link): void {
  for (const { name, columns, primaryKey, models } of model.sources) {
    const keys = new Set(primaryKey);
    const chain = [`source:${name}`, models.staging, ...(models.current === null ? [] : [models.current])];
    for (const [position, to] of chain.slice(1).entries()) {
      const from = chain[position] ?? name;
      link(all(from), all(to));
      for (const { name: column } of columns) link({ model: from, column }, { model: to, column });
    }
    const last = chain.at(-1) ?? name;
    for (const column of keys) if (models.current !== null) link({ model: last, column }, all(last));
  }
}

/** Nobody knows which columns a hand-written model reads, so each may change every row of it. */
function linkHandWritten({ sources, handWritten }: Model, link: Link): void {
  const columns = new Map([...sources.map((one) => [one.models.staging, one.columns] as const), ...handWritten.map((one) => [one.name, one.columns] as const)]);
  for (const { name, reads: inputs } of handWritten) {
    for (const { model } of inputs) {
      link(all(model), all(name));
      for (const { name: column } of columns.get(model) ?? []) link({ model, column }, all(name));
    }
  }
}

function linkDimension(one: EntityDimension, link: Link): void {
  const below = modelsBelow(one);
  const models = [...below.map(({ name }) => name), one.name];
  const versioned = models.filter((name) => !below.some((each) => each.name === name && each.kind === "joined"));
  const inputs = inputsOf(one.rows);
  for (const to of models) {
    for (const from of inputs.values()) link(all(from), all(to));
    for (const { name, value } of one.attributes) reads(value, inputs, { model: to, column: name }, link);
    for (const each of [...one.naturalKey.map(({ value }) => value), ...filters(one.rows), ...historyReads(one)]) reads(each, inputs, all(to), link);
  }
  for (const to of versioned) {
    link({ model: to, column: VERSIONS }, all(to));
    for (const { name, value } of trackedAttributes(one)) {
      link({ model: to, column: name }, { model: to, column: VERSIONS });
      reads(value, inputs, { model: to, column: VERSIONS }, link);
    }
  }
  for (const { versions } of one.joinedHistories) linkVersions(versions, models, link);
  for (const { name, dimension, on } of one.outriggers) {
    link(all(dimension), { model: one.name, column: name });
    for (const { attribute } of on) link({ model: one.name, column: attribute }, { model: one.name, column: name });
  }
  for (const { rows, key: values } of one.references) {
    for (const value of values) reads(value, inputsOf(rows), all(one.name), link);
  }
  if (one.profileOf !== null) link(all(one.profileOf), all(one.name));
}

/** A joined table cuts versions where it changes: by its times and by what is followed of it. */
function linkVersions(versions: EntityDimension, models: readonly string[], link: Link): void {
  const inputs = inputsOf(versions.rows);
  for (const to of models) {
    for (const from of inputs.values()) link(all(from), all(to));
    for (const each of [...versions.naturalKey.map(({ value }) => value), ...filters(versions.rows), ...historyReads(versions)]) reads(each, inputs, all(to), link);
    for (const { value } of versions.attributes) reads(value, inputs, { model: to, column: VERSIONS }, link);
  }
}

function historyReads({ history, collapse }: Pick<EntityDimension, "history" | "collapse">): readonly Expression[] {
  const order = collapse?.kind === "keep" ? collapse.order.map(({ value }) => value) : [];
  switch (history.kind) {
    case "events": return [...order, history.effectiveAt, ...history.sequence, ...(history.isDelete === null ? [] : [history.isDelete])];
    case "extracts": return [...order, history.extractDate];
    case "current":
    case "snapshot": return order;
  }
}

/** A row of a bridge is worked out from all that names a group, a member or a share; only the share is no part of who belongs where. */
function linkBridge(bridge: Bridge, link: Link): void {
  const whole = all(bridge.name);
  for (const { dimension } of [bridge.group, bridge.member]) link(all(dimension), whole);
  if (bridge.kind === "hierarchy") {
    for (const { attribute } of bridge.parent) link({ model: bridge.member.dimension, column: attribute }, whole);
    return;
  }
  const inputs = inputsOf(bridge.rows);
  for (const from of inputs.values()) link(all(from), whole);
  for (const each of [...bridge.groupKey, ...bridge.memberKey, ...filters(bridge.rows)]) reads(each, inputs, whole, link);
  if (bridge.weight !== null) reads(bridge.weight, inputs, { model: bridge.name, column: "weighting_factor" }, link);
}

function linkFact(fact: Fact, link: Link): void {
  const inputs = new Map([...[...fact.sourceKeys, ...fact.foreignKeys].map((one) => [one.alias, one.dimension] as const), ...inputsOf(fact.rows)]);
  const here = (column: string): Touch => ({ model: fact.name, column });
  for (const from of inputsOf(fact.rows).values()) link(all(from), all(fact.name));
  for (const each of filters(fact.rows)) reads(each, inputs, all(fact.name), link);
  for (const { name, value } of fact.grain) {
    reads(value, inputs, here(name), link);
    reads(value, inputs, here(fact.keyColumn), link);
  }
  for (const { name, value } of fact.degenerates) reads(value, inputs, here(name), link);
  if (fact.eventTime !== null) reads(fact.eventTime.value, inputs, here(fact.eventTime.column), link);
  for (const { name, value, ratio } of fact.measures) {
    reads(value.expression, inputs, here(name), link, fact.name);
    readsOver(value.expression, fact, here(name), link);
    for (const part of ratio === null ? [] : [ratio.numerator, ratio.denominator]) link(here(part), here(name));
  }
  for (const { column, value } of fact.milestones?.steps ?? []) reads(value, inputs, here(column), link);
  for (const { name } of fact.events === null ? [] : [...fact.events.process, { name: fact.events.type }, fact.events.time, ...fact.events.order]) link({ model: fact.rows.base.reference.model, column: name }, all(fact.name));
  for (const one of fact.foreignKeys) linkKey(one, fact, inputs, link);
  linkPeriods(fact, inputs, link);
}

/** An attribute is that of the version that the row points to, so it is another one where the key is. */
function readsOver(value: Expression, { name, rows, foreignKeys, sourceKeys }: Fact, to: Touch, link: Link): void {
  const read = new Set(columnsOf(value).map(({ input }) => input));
  for (const { alias, name: column, lookup } of [...foreignKeys, ...sourceKeys]) {
    if (read.has(alias)) link(lookup.kind === "inherited" ? { model: rows.base.reference.model, column: lookup.column } : { model: name, column }, to);
  }
}

/** Which rows make a period, and in which order they count, is worked out from their time; an increment dates its rows by when they were loaded. */
function linkPeriods({ name, periodic, load }: Fact, inputs: ReadonlyMap<string, string>, link: Link): void {
  const whole = periodic === null ? [] : [periodic.time, ...periodic.ties, ...periodic.entity.map(({ value }) => value)];
  for (const each of whole) reads(each, inputs, all(name), link);
  if (load.lookback !== null) reads(load.lookback.loadedAt, inputs, { model: name, column: LOADED_AT }, link);
}

function linkKey({ name, dimension, lookup }: ForeignKey, fact: Fact, inputs: ReadonlyMap<string, string>, link: Link): void {
  const to = { model: fact.name, column: name };
  link(all(dimension), to);
  switch (lookup.kind) {
    case "lookup":
      for (const { value } of lookup.on) reads(value, inputs, to, link);
      if (lookup.asOf !== null) reads(lookup.asOf.value, inputs, to, link);
      if (lookup.through !== undefined) link(all(lookup.through), to);
      return;
    case "combination":
      for (const { value } of lookup.values) reads(value, inputs, to, link);
      return;
    case "date":
    case "time":
      reads(lookup.value, inputs, to, link);
      return;
    case "inherited":
      link({ model: fact.rows.base.reference.model, column: lookup.column }, to);
      return;
  }
}

function linkMart(mart: Mart, link: Link): void {
  const whole = all(mart.name);
  for (const { fact, where, keys, bridges } of mart.facts) {
    for (const { bridge, groupKey, asOf } of bridges) {
      link(all(bridge), whole);
      if (asOf !== null) link({ model: fact, column: asOf.column }, whole);
      link({ model: fact, column: groupKey }, whole);
    }
    link(all(fact), whole);
    const inputs = new Map(keys.map((one) => [one.alias, one.dimension]));
    for (const { foreignKey } of keys) link({ model: fact, column: foreignKey }, whole);
    if (where !== null) reads(where, inputs, whole, link, fact);
  }
  for (const { keys } of mart.groups) {
    for (const [position, one] of keys.entries()) link(one.kind === "attribute" ? { model: one.dimension, column: one.attribute } : { model: mart.facts[position]?.fact ?? "", column: one.column }, whole);
  }
  for (const { name, fact, value, counted } of mart.measures) {
    const from = mart.facts[fact];
    const to = { model: mart.name, column: name };
    if (from === undefined) continue;
    if (counted === "shared") for (const { bridge } of from.bridges) link({ model: bridge, column: "weighting_factor" }, to);
    for (const column of value.kind === "ratio" ? [value.numerator, value.denominator] : [value.column]) link({ model: from.fact, column }, to);
    if (value.where !== null) reads(value.where, new Map(from.keys.map((one) => [one.alias, one.dimension])), to, link, from.fact);
  }
  for (const { name, expression } of mart.calculations) reads(expression, new Map(), { model: mart.name, column: name }, link, mart.name);
  for (const name of mart.rolling?.measures ?? []) link({ model: mart.name, column: name }, { model: mart.name, column: rollingColumn(name, mart.rolling?.periods ?? 0, mart.rolling?.unit ?? "day") });
  if (mart.include !== null) link(all(mart.include.dimension), whole);
}

/** Links what an expression reads to what is made of it. A column without an input is one of `own`. */
function reads(value: Expression, inputs: ReadonlyMap<string, string>, to: Touch, link: Link, own?: string): void {
  for (const { input, name } of columnsOf(value)) {
    const model = input === null ? own : inputs.get(input);
    if (model !== undefined) link({ model, column: name }, to);
  }
}

function inputsOf(rows: RowSource): ReadonlyMap<string, string> {
  return new Map([rows.base, ...rows.joins.map(({ input }) => input)].map(({ alias, reference }) => [alias, reference.model]));
}

function filters({ where, joins }: RowSource): readonly Expression[] {
  return [...(where === null ? [] : [where]), ...joins.flatMap(({ on }) => on.flatMap(({ left, right }) => [left, right]))];
}

function all(model: string): Touch {
  return { model, column: "*" };
}

function key({ model, column }: Touch): string {
  return `${model}\u0000${column}`;
}

function setOf(sets: Map<string, Set<string>>, name: string): Set<string> {
  const made = new Set<string>();
  sets.set(name, made);
  return made;
}
