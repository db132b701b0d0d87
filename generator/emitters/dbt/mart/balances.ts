import type { Dialect } from "../../../dialects/types.ts";
import type { Fact, Mart, MartMeasure, Measure } from "../../../model/fact.ts";
import { scalar } from "../../../model/logical-type.ts";
import type { FactRows } from "./rows.ts";
import { plainAggregate } from "../sql/aggregate.ts";
import { identifier, printCondition } from "../sql/expression.ts";
import type { Select, SelectColumn } from "../sql/query.ts";
import { windowed } from "../sql/ranking.ts";

/** A measure that must not be summed over time, with the date key it is closed by (Kimball, chapter 3). */
export interface Balance {
  readonly column: string;
  readonly dateKey: string;
  readonly how: NonNullable<Measure["over"]>["how"];
  /** Whether everybody has a row on every date, so that its first and last date and the number of dates are those of a period, whoever has rows then. */
  readonly isDense: boolean;
}

/** Rows of a fact with the dates that balances are closed by beside them, and the names that everything has there. */
export interface DatedRows {
  readonly select: Select;
  /** Name of a column of the fact; one that a group has taken bears another. */
  readonly column: (name: string) => string;
  /** Column that says whether a row counts in a filtered measure. */
  readonly counts: (measure: MartMeasure) => string;
  /** Window column of a filtered or unfiltered balance. */
  readonly window: (measure: MartMeasure, balance: Balance) => string;
}

/** The balance that a column of a fact holds, or null where it may be summed. */
export function balanceOf(column: string, fact: Fact): Balance | null {
  const over = fact.measures.find((one) => one.name === column)?.over ?? null;
  if (over === null) return null;
  const key = fact.foreignKeys.find((one) => one.alias === over.role || one.role === over.role);
  if (key === undefined) throw new Error(`${fact.name} has no date ${over.role} that ${column} is closed by`);
  return { column, dateKey: key.name, how: over.how, isDense: fact.periodic !== null };
}

/** The balance that a measure of a mart closes, or null where it closes none. */
export function closedBalance({ value }: MartMeasure, fact: Fact): Balance | null {
  return value.kind === "aggregate" && value.aggregation === "sum" ? balanceOf(value.column, fact) : null;
}

/** The step before balances are closed: what measures read, whether rows count, and window columns over the rows of a group. */
export function datedRows(mart: Mart, index: number, rows: FactRows, fact: Fact, dialect: Dialect): DatedRows {
  const measures = mart.measures.filter((one) => one.fact === index);
  const names = new Map<string, string>();
  const taken = new Set(mart.groups.map((one) => one.name));
  const name = (id: string, wanted: string): string => {
    const known = names.get(id);
    if (known !== undefined) return known;
    let free = wanted;
    for (let count = 2; taken.has(free); count += 1) free = `${wanted}_${count}`;
    taken.add(free);
    names.set(id, free);
    return free;
  };
  const column = (read: string): string => name(`column ${read}`, read);
  const counts = (measure: MartMeasure): string => name(`counts ${measure.name}`, `in_${measure.name}`);
  const window = (measure: MartMeasure, balance: Balance): string => {
    const wanted = windowName(balance) + (measure.value.where === null ? "" : `_in_${measure.name}`);
    return name(`window ${wanted}`, wanted);
  };
  const columns = new Map<string, SelectColumn>();
  const add = (as: string, sql: string): void => void columns.set(as, { as: identifier(as, dialect), sql });
  for (const one of new Set(measures.flatMap((each) => readColumns(each, fact)))) add(column(one), ofFact(one, rows, dialect));
  for (const one of measures) {
    const condition = one.value.where === null ? null : printCondition(rows.placed(one.value.where), dialect);
    if (condition !== null) add(counts(one), condition);
    const balance = closedBalance(one, fact);
    const sql = balance === null ? null : windowSql(balance, condition, { rows, periods: periodsOf(mart, index, rows, balance) }, dialect);
    if (balance !== null && sql !== null) add(window(one, balance), sql);
  }
  return { select: { columns: [...rows.groups, ...columns.values()], from: identifier(rows.relation, dialect), joins: rows.joins }, column, counts, window };
}

/** A column of the fact among the relations of its select. */
export function ofFact(name: string, { relation, joins }: FactRows, dialect: Dialect): string {
  return joins.length === 0 ? identifier(name, dialect) : `${identifier(relation, dialect)}.${identifier(name, dialect)}`;
}

/** A balance closed by its last or first date, or by the average, least or greatest of its sums by date; in a filtered one only rows that count. */
export function closedSql(measure: MartMeasure, balance: Balance, { column, counts, window }: DatedRows, dialect: Dialect): string {
  const [value, day] = [identifier(column(balance.column), dialect), identifier(column(balance.dateKey), dialect)];
  const condition = measure.value.where === null ? null : identifier(counts(measure), dialect);
  const only = condition === null ? "" : ` and ${condition}`;
  switch (balance.how) {
    case "last":
    case "first":
      // A balance that is not known on its day is not zero; a filter that no row meets is.
      return plainAggregate({ aggregation: "sum", sql: value, condition: `${day} = ${window(measure, balance)}${only}`, type: scalar("float"), others: condition === null ? "nothing" : "zero" }, dialect);
    case "avg": {
      const aggregate = { condition, type: scalar("float") } as const;
      const days = balance.isDense
        ? plainAggregate({ ...aggregate, aggregation: "max", sql: window(measure, balance) }, dialect)
        : plainAggregate({ ...aggregate, aggregation: "count_distinct", sql: day }, dialect);
      return dialect.divide(plainAggregate({ ...aggregate, aggregation: "sum", sql: value }, dialect), `nullif(${days}, 0)`, true);
    }
    case "min":
    case "max":
      return plainAggregate({ aggregation: balance.how, sql: window(measure, balance), condition, type: scalar("float") }, dialect);
  }
}

function windowName({ how, column, dateKey }: Balance): string {
  switch (how) {
    case "last":
    case "first": return `${how}_${dateKey}`;
    case "avg": return `${dateKey}_count`;
    case "min":
    case "max": return `${column}_of_day`;
  }
}

/**
 * The groups within which the first and the last date are looked for, and dates are counted. In a periodic snapshot everybody has a row in every period,
 * so these are those of the time alone: who has left a group by the last one, or is not yet in it at the first, has nothing in it then. Other facts know of
 * no dates but those of their rows.
 */
function periodsOf(mart: Mart, index: number, { groups }: FactRows, { dateKey, isDense }: Balance): readonly string[] {
  const isTime = (group: number): boolean => {
    const key = mart.groups[group]?.keys[index];
    return key?.kind === "attribute" && key.foreignKey === dateKey;
  };
  return groups.flatMap(({ sql }, group) => (!isDense || isTime(group) ? [sql] : []));
}

/** Null where the balance needs no window. */
function windowSql({ how, column, dateKey, isDense }: Balance, condition: string | null, { rows, periods }: { readonly rows: FactRows; readonly periods: readonly string[] }, dialect: Dialect): string | null {
  const [value, day] = [ofFact(column, rows, dialect), ofFact(dateKey, rows, dialect)];
  const groups = rows.groups.map((one) => one.sql);
  const of = (aggregation: "max" | "min" | "sum", sql: string, only: string | null): string =>
    plainAggregate({ aggregation, sql, condition: only, type: scalar("float") }, dialect);
  switch (how) {
    case "last":
      return over(of("max", day, condition), periods);
    case "first":
      return over(of("min", day, `${day} > 0${condition === null ? "" : ` and ${condition}`}`), periods);
    case "min":
    case "max":
      return over(of("sum", value, condition), [...groups, day]);
    case "avg": {
      if (!isDense) return null;
      // How many dates there are: the rank of one from the first on, and from the last back.
      const among = condition === null ? periods : [...periods, condition];
      return `${rank(among, day)}\n+ ${rank(among, `${day} desc`)}\n- 1`;
    }
  }
}

/** The rank of a row as part of a sum, on one line where it fits. */
function rank(among: readonly string[], order: string): string {
  const line = `dense_rank() over (${among.length === 0 ? "" : `partition by ${among.join(", ")} `}order by ${order})`;
  return line.length <= 70 ? line : windowed("dense_rank()", among, [order]).replace(" over (", "\nover (").replaceAll("\n", "\n    ");
}

/** A window on one line where it fits. */
function over(call: string, terms: readonly string[]): string {
  const partition = terms.length === 0 ? "" : `partition by ${terms.join(", ")}`;
  const line = `${call} over (${partition})`;
  return line.length <= 80 || terms.length === 0 ? line : windowed(call, terms, []);
}

/** Columns of the fact that a measure reads; filters are worked out beside them. */
function readColumns({ value }: MartMeasure, fact: Fact): readonly string[] {
  const columns = value.kind === "ratio" ? [value.numerator, value.denominator] : [value.column];
  return [...columns, ...columns.flatMap((one) => balanceOf(one, fact)?.dateKey ?? [])];
}
