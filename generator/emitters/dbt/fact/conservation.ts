import type { Artifact } from "../../../artifact.ts";
import type { Expression } from "../../../model/expression.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import { aliasesRead } from "../../../model/fact-reads.ts";
import { DELETED, keepsDeleted, keepsEntries } from "../../../model/fact-record.ts";
import type { Fact, Measure } from "../../../model/fact.ts";
import type { Design } from "../../../rules/types.ts";
import { balancesSql } from "./balances.ts";
import { differs } from "./comparison.ts";
import { eventSteps } from "./milestone-events.ts";
import { factContext, measureSql, rowJoins, rowSelect } from "./fact.ts";
import { shortName } from "../../../model/short-name.ts";
import { identifier } from "../sql/expression.ts";
import { sqlModel } from "../sql/query.ts";
import type { Cte, Select, SqlModel } from "../sql/query.ts";

/**
 * Data tests that nothing is lost or doubled on the way into a fact (warehouse semantics, F2 and F7): rows read are rows kept and rows
 * that a filter or an inner join drops; what a roll-up adds up is what its source adds up to.
 */
export function conservationArtifacts(design: Design): readonly Artifact[] {
  return design.model.facts.flatMap((fact) => {
    if (fact.load.lookback !== null) return [];
    const found = fact.periodic !== null ? { label: "balances", sql: balancesSql(fact, fact.periodic, design) } : fact.rollup ? { label: "totals", sql: totalsSql(fact, design) } : { label: "rows", sql: countedElsewhere(fact) ? rowsSql(fact, design) : null };
    if (found.sql === null) return [];
    return [sqlModel(`dbt/tests/${shortName(`${fact.name}__${found.label}`, longestName)}.sql`, found.sql, [fact.name], fact.origin)];
  });
}

/** Whether a fact may have other than one row for each that it reads, so that a test of its own counts. */
export function countedElsewhere(fact: Fact): boolean {
  const { rows, rollup, periodic, events, load } = fact;
  return rollup || periodic !== null || events !== null || load.lookback !== null || keepsEntries(fact) || rows.where !== null || rows.joins.some((one) => one.type === "inner");
}

/** PostgreSQL's limit, the shortest of all; stored failures bear the names of their tests. */
const longestName = 63;

/** Rows that were read and are neither in the fact nor dropped by its filter or an inner join. */
function rowsSql(fact: Fact, design: Design): SqlModel {
  const { dialect } = design;
  const rows = { ...fact.rows, joins: joinsNeeded(fact) };
  const read = { ...fact, ...nothing, rows, measures: [] };
  const { relations, context } = factContext(read, design);
  const own = identifier(relations.names.hand(fact.process, fact.name), dialect);
  const base = joinsOrFilters(read) ? relations.rows(rows.base) : relations.read(rows.base);
  const partners = rows.joins.flatMap((one) => (one.type === "inner" ? [`${context.operand(one.on[0]?.right ?? missing)} is null`] : []));
  const filter = rows.where === null ? [] : [`not coalesce(${context.print(rows.where)}, false)`];
  const dropped: Select = {
    columns: [{ sql: "count(*)", as: "rows_dropped" }],
    from: base,
    joins: rowJoins(read, relations, context).map((one) => ({ ...one, type: "left" as const })),
    where: [partners.length + filter.length === 0 ? "1 = 0" : either([...partners, ...filter])],
  };
  const compared: Select = {
    columns: ["counted.rows_read", "dropped.rows_dropped", "kept.rows_kept"].map((sql) => ({ sql, as: sql })),
    from: "counted",
    joins: [
      { type: "cross", relation: "dropped", on: [] },
      { type: "cross", relation: "kept", on: [] },
    ],
    where: ["counted.rows_read <> dropped.rows_dropped + kept.rows_kept"],
  };
  const ctes: readonly Cte[] = [
    ...relations.imports,
    { kind: "import", name: own, relation: { kind: "ref", model: fact.name } },
    ...countedRows(fact, relations.read(rows.base), design),
    ...(joinsOrFilters(read) ? eventSteps(read, relations.read(rows.base), dialect) : []),
    { kind: "select", name: "dropped", selects: [dropped] },
    { kind: "select", name: "kept", selects: [keptRows(fact, own)] },
    { kind: "select", name: "compared", selects: [compared] },
  ];
  return { config: [], ctes };
}

/** The rows that a fact is made of, counted in what it reads: of events the processes that they tell of. */
function countedRows({ events }: Fact, read: string, { dialect }: Design): readonly Cte[] {
  const count = { sql: "count(*)", as: "rows_read" };
  if (events === null) return [{ kind: "select", name: "counted", selects: [{ columns: [count], from: read }] }];
  const columns = events.process.map(({ name }) => ({ as: identifier(name, dialect), sql: identifier(name, dialect) }));
  return [
    { kind: "select", name: "listed", selects: [{ distinct: true, columns, from: read }] },
    { kind: "select", name: "counted", selects: [{ columns: [count], from: "listed" }] },
  ];
}

/** Whether a row that is read may be dropped. */
function joinsOrFilters({ rows }: Fact): boolean {
  return rows.where !== null || rows.joins.length > 0;
}

/** The rows that a fact holds of what the source has: none that is marked deleted, and of entries those that are not taken back. */
function keptRows(fact: Fact, from: string): Select {
  if (keepsDeleted(fact)) return { columns: [{ sql: "count(*)", as: "rows_kept" }], from, where: [`not ${DELETED}`] };
  const entries = "coalesce(sum(case when entry_type = 'reversal' then -1 else 1 end), 0)";
  return { columns: [{ sql: keepsEntries(fact) ? entries : "count(*)", as: "rows_kept" }], from };
}

/** What a test of a fact does not read of it. */
const nothing = { grain: [], eventTime: null, foreignKeys: [], sourceKeys: [], degenerates: [] } as const;

/** The joins that decide which rows there are: all of them where one is inner or the filter reads one. */
function joinsNeeded({ rows }: Fact): Fact["rows"]["joins"] {
  const aliases = new Set(rows.joins.map((one) => one.input.alias));
  const reads = rows.where !== null && columnsOf(rows.where).some((one) => one.input !== null && aliases.has(one.input));
  return reads || rows.joins.some((one) => one.type === "inner") ? rows.joins : [];
}

/** One condition of several, over several lines. */
function either(conditions: readonly string[]): string {
  const [only, ...more] = conditions;
  if (more.length === 0) return only ?? "true";
  return `(\n    ${conditions.join("\n    or ")}\n)`;
}

const missing: Expression = { kind: "literal", type: null, value: null };

/** Measures of a roll-up whose total is not that of the rows of its source; null where none adds anything up. */
function totalsSql(fact: Fact, design: Design): SqlModel | null {
  const { dialect } = design;
  const added = fact.measures.filter(isAddedUp);
  if (added.length === 0) return null;
  const filtered = joinsNeeded(fact).length > 0 || readsJoined(fact.rows.where, fact);
  const plain = added.filter((one) => !filtered && !readsJoined(one.value.expression, fact));
  const joined = added.filter((one) => !plain.includes(one));
  const alone = { ...fact, ...nothing, rows: { ...fact.rows, joins: [] }, measures: plain };
  const whole = joined.length === 0 ? alone : withMeasures(fact, joined);
  const { relations } = factContext(whole, design);
  const own = identifier(relations.names.hand(fact.process, fact.name), dialect);
  const actual: Select = {
    columns: added.map(({ name }) => ({ as: `actual_${name}`, sql: `coalesce(sum(${identifier(name, dialect)}), 0)` })),
    from: own,
  };
  const ctes: readonly Cte[] = [
    ...relations.imports,
    { kind: "import", name: own, relation: { kind: "ref", model: fact.name } },
    ...relations.opened,
    ...(plain.length === 0 ? [] : [{ kind: "select", name: "expected", selects: [totals(alone, design)] } as const]),
    ...(joined.length === 0 ? [] : [{ kind: "select", name: "joined_expected", selects: [totals(whole, design)] } as const]),
    { kind: "select", name: "actual", selects: [actual] },
    { kind: "select", name: "compared", selects: added.map((one) => difference(one, plain.includes(one) ? "expected" : "joined_expected")) },
  ];
  return { config: [], ctes };
}

function isAddedUp({ additivity, value }: Measure): boolean {
  return additivity === "additive" && value.kind === "rollup" && (value.aggregation === "sum" || value.aggregation === "count");
}

/** A roll-up of some of its measures alone, with no more joins and members than these and its filter need. */
function withMeasures(fact: Fact, measures: readonly Measure[]): Fact {
  const read = aliasesRead({ ...nothing, rows: fact.rows, measures });
  const foreignKeys = fact.foreignKeys.filter((one) => read.has(one.alias));
  const all = aliasesRead({ ...nothing, foreignKeys, rows: fact.rows, measures });
  const { joins } = fact.rows;
  const joinsRead = joins.some((one) => one.type === "inner" || all.has(one.input.alias));
  return { ...fact, ...nothing, rows: { ...fact.rows, joins: joinsRead ? joins : [] }, foreignKeys, sourceKeys: fact.sourceKeys, measures };
}

function totals(fact: Fact, design: Design): Select {
  const { relations, context } = factContext(fact, design);
  const columns = fact.measures.map((one) => ({ as: `expected_${one.name}`, sql: orZero(one, measureSql(one, context)) }));
  return rowSelect(fact, columns, relations, context);
}

/** Longer ones stand on lines of their own. */
const longestCall = 60;

/** A sum of nothing is NULL, a count of nothing is 0. */
function orZero({ value }: Measure, sql: string): string {
  if (value.kind === "rollup" && value.aggregation === "count") return sql;
  return sql.includes("\n") || sql.length > longestCall ? `coalesce(\n    ${sql.replaceAll("\n", "\n    ")},\n    0\n)` : `coalesce(${sql}, 0)`;
}

function difference(measure: Measure, from: "expected" | "joined_expected"): Select {
  const [expected, actual] = [`${from}.expected_${measure.name}`, `actual.actual_${measure.name}`];
  return {
    columns: [{ sql: `'${measure.name}'`, as: "measure" }, { sql: expected, as: "expected_total" }, { sql: actual, as: "actual_total" }],
    from,
    joins: [{ type: "cross", relation: "actual", on: [] }],
    where: [differs(measure, expected, actual)],
  };
}

function readsJoined(expression: Expression | null, { rows }: Fact): boolean {
  return expression !== null && columnsOf(expression).some((one) => one.input !== rows.base.alias);
}
