import { castValue } from "../../../evaluate/cast.ts";
import { evaluate, type Row } from "../../../evaluate/expression.ts";
import { keyText } from "../../../evaluate/members.ts";
import { joinedRow, type Tables, type Values } from "../../../evaluate/rows.ts";
import { fail } from "../../../evaluate/value.ts";
import type { Fact } from "../../../model/fact.ts";
import type { Project } from "../../../model/project.ts";
import type { RowJoin } from "../../../model/rows.ts";
import { columnsRead, columnText, isAlone, valueOf } from "./fact-rows.ts";
import { measureExpressions } from "./fact-values.ts";
import { inputsOnce } from "./joined-tables.ts";
import { givenRows } from "./script.ts";
import type { UnitTest } from "./unit-test.ts";

/**
 * So many rows for the base of a fact (see `columnText`), and in each table that it joins one row for every key that they refer to, but for those that are to find
 * none. For use within an `attempt`, which ends where a type has no edges.
 */
export function factTables(count: number, fact: Fact, project: Project): Tables {
  const { base, joins } = fact.rows;
  const rows = Array.from({ length: count }, (_, index) => inputRow(base.alias, index, fact, project));
  const tables = new Map<string, readonly Values[]>([[base.alias, rows]]);
  for (const [position, join] of joins.entries()) {
    const partners = new Map<string, Values>();
    for (const [index, values] of rows.entries()) {
      const key = keyIn(join, sourceRow(values, joinedBefore(position, fact), tables));
      const isMissing = join.on.some(({ left }) => left.kind === "column" && isAlone(index, left, fact));
      if (key === null || isMissing || partners.has(textOf(key))) continue;
      partners.set(textOf(key), new Map([...inputRow(join.input.alias, index, fact, project), ...key]));
    }
    tables.set(join.input.alias, [...partners.values()]);
  }
  return tables;
}

/** A row of the base with what it finds in the tables that the fact joins; null where an inner join finds nothing. */
export function sourceRow(values: Values, { rows }: Pick<Fact, "rows">, tables: Tables): Row | null {
  return joinedRow(({ input, name }) => (input === rows.base.alias ? values.get(name) ?? null : null), rows.joins, tables);
}

/** The tables of a fact as dbt is given them: these rows of the base, and of the tables that it joins the rows that they refer to. */
export function givenTables(base: readonly Values[], fact: Fact, tables: Tables): UnitTest["given"] {
  const inputs = inputsOnce(fact.rows);
  const joined = fact.rows.joins.map((join, position) => {
    const keys = base.flatMap((values) => keyIn(join, sourceRow(values, joinedBefore(position, fact), tables)) ?? []).map(textOf);
    return (tables.get(join.input.alias) ?? []).filter((values) => keys.includes(textOf(new Map(columnsOn(join).map(({ name }) => [name, values.get(name) ?? null])))));
  });
  return inputs.map(({ reference }, index) => ({ input: `ref('${reference.model}')`, rows: givenRows([base, ...joined][index] ?? []) }));
}

function inputRow(alias: string, index: number, fact: Fact, project: Project): Values {
  const lookback = fact.load.lookback === null ? [] : [fact.load.lookback.loadedAt];
  const columns = columnsRead(fact, alias, [...measureExpressions(fact), ...lookback]);
  return new Map(columns.map((one) => {
    const text = columnText(one, index, fact, project);
    return [one.name, text === undefined ? fail("a type without edges") : valueOf(text, one.type)];
  }));
}

/** The columns of a joined table by which a row finds one of it, with what they must hold; null where it looks for none. */
function keyIn(join: RowJoin, row: Row | null): Values | null {
  if (row === null) return null;
  const columns = columnsOn(join);
  const key = join.on.map(({ left }, index) => [columns[index]?.name ?? "", castValue(evaluate(left, row), columns[index]?.type ?? { kind: "string" })] as const);
  return key.some(([, value]) => value === null) ? null : new Map(key);
}

function columnsOn({ on }: RowJoin): readonly Extract<RowJoin["on"][number]["right"], { kind: "column" }>[] {
  return on.map(({ right }) => (right.kind === "column" ? right : fail("joined by no column")));
}

function joinedBefore(position: number, { rows }: Fact): Pick<Fact, "rows"> {
  return { rows: { ...rows, joins: rows.joins.slice(0, position) } };
}

function textOf(key: Values): string {
  return keyText([...key.values()]);
}
