import type { Dialect } from "../../../dialects/types.ts";
import type { Bridge } from "../../../model/bridge.ts";
import type { Dimension } from "../../../model/dimension.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import type { Fact, Mart, MartBridge } from "../../../model/fact.ts";
import { scalar } from "../../../model/logical-type.ts";
import type { Project } from "../../../model/project.ts";
import { validity } from "../fact/lookups.ts";
import { balanceOf } from "./balances.ts";
import { allocations } from "./allocation.ts";
import { identifier } from "../sql/expression.ts";
import type { StepName } from "../sql/cte-names.ts";
import type { Cte, JoinClause, Select, SelectColumn } from "../sql/query.ts";

/** The rows of a fact behind its bridges: a row for each member that a row of the fact leads to, with shares of its measures. */
export function bridgedCte(name: StepName, mart: Mart, index: number, fact: Fact, naming: BridgeNaming, dialect: Dialect): Cte {
  const relation = naming.relation(fact.name);
  const bridges = (mart.facts[index]?.bridges ?? []).map((one) => step(one, fact, naming, dialect));
  const own = readColumns(mart, index, fact, new Set(bridges.map((one) => one.key.as)));
  const qualified = (column: string): string => `${relation}.${identifier(column, dialect)}`;
  const weights = bridges.flatMap((one) => one.weight ?? []);
  const shares = allocations(mart, index, fact).map(({ as, column, counts }): SelectColumn => {
    const share = weights.join(" * ");
    const sql = counts ? `case\n    when ${qualified(column)} is not null then ${share}\nend` : `${qualified(column)} * ${share}`;
    return { as: identifier(as, dialect), sql };
  });
  const select: Select = {
    columns: [...own.map((column) => ({ sql: qualified(column), as: qualified(column) })), ...bridges.map((one) => one.key), ...shares],
    from: relation,
    joins: bridges.flatMap((one) => one.joins),
  };
  return { kind: "select", name, selects: [select] };
}

/** How the query names what bridges need: the CTE of a model, and the objects behind the names. */
export interface BridgeNaming {
  readonly relation: (model: string) => string;
  readonly project: Project;
  readonly bridges: ReadonlyMap<string, Bridge>;
  readonly dimensions: ReadonlyMap<string, Dimension>;
}

interface BridgeStep {
  readonly joins: readonly JoinClause[];
  readonly key: SelectColumn;
  /** Null where a row counts in full. */
  readonly weight: string | null;
}

/** A fact that points to versions finds the key that all versions share in the dimension first. */
function step({ bridge: model, groupKey, memberKey, level, asOf }: MartBridge, fact: Fact, naming: BridgeNaming, dialect: Dialect): BridgeStep {
  const bridge = naming.bridges.get(model);
  const dimension = naming.dimensions.get(bridge?.group.dimension ?? "");
  if (bridge === undefined || dimension?.kind !== "table") throw new Error(`a mart goes through ${model}, which does not exist`);
  const [own, to] = [`${naming.relation(fact.name)}.${identifier(groupKey, dialect)}`, naming.relation(model)];
  const direct = bridge.group.key === dimension.columns.key;
  const versions = naming.relation(direct ? fact.name : dimension.name);
  const found = direct ? own : `${versions}.${identifier(bridge.group.key, dialect)}`;
  const hop: readonly JoinClause[] = direct ? [] : [{ type: "left", relation: versions, on: [`${own} = ${versions}.${identifier(dimension.columns.key, dialect)}`] }];
  const counted = level === null ? [] : [`(${to}.ancestor_level = ${level} or (${to}.depth = 0 and ${to}.ancestor_level < ${level}))`];
  const shared = bridge.kind === "memberships" ? `${to}.weighting_factor` : null;
  const key = `${to}.${identifier(bridge.member.column, dialect)}`;
  if (asOf !== null) {
    const value = { kind: "column", input: null, name: asOf.column, type: scalar(asOf.precision === "date" ? "date" : "timestamp") } as const;
    const operand = (): string => `${naming.relation(fact.name)}.${identifier(asOf.column, dialect)}`;
    const on = validity({ value, precision: asOf.precision, dates: "end_of_day" }, to, { project: { ...naming.project, openEnd: "9999-12-31" }, dialect, operand });
    const join: JoinClause = { type: "left", relation: to, on: [`${found} = ${to}.${identifier(bridge.group.column, dialect)}`, ...on, ...counted] };
    const member = `case\n    when ${found} = '-2' then '-2'\n    else coalesce(${key}, '-1')\nend`;
    return { joins: [...hop, join], key: { sql: member, as: identifier(memberKey, dialect) }, weight: shared === null ? null : `coalesce(${shared}, 1)` };
  }
  return {
    joins: [...hop, { type: "inner", relation: to, on: [`${found} = ${to}.${identifier(bridge.group.column, dialect)}`, ...counted] }],
    key: { sql: key, as: identifier(memberKey, dialect) },
    weight: shared,
  };
}

/** The columns of the fact that the mart reads: keys, groups, filters, and measures that are not shared. */
function readColumns(mart: Mart, index: number, fact: Fact, bridged: ReadonlySet<string>): readonly string[] {
  const read = mart.facts[index];
  const groups = mart.groups.flatMap(({ keys }) => {
    const key = keys[index];
    return key?.kind === "degenerate" ? [key.column] : [];
  });
  const measures = mart.measures.filter((one) => one.fact === index);
  const filters = [read?.where ?? null, ...measures.map((one) => one.value.where)].flatMap((one) => (one === null ? [] : columnsOf(one)));
  const values = measures.flatMap(({ value, counted }) => {
    const columns = value.kind === "ratio" ? [value.numerator, value.denominator] : [value.column];
    const days = columns.flatMap((one) => balanceOf(one, fact)?.dateKey ?? []);
    return counted === "shared" ? days : [...columns, ...days];
  });
  const kept = [...(read?.keys ?? []).map((one) => one.foreignKey), ...groups, ...filters.flatMap((one) => (one.input === null ? [one.name] : [])), ...values];
  return [...new Set(kept)].filter((one) => !bridged.has(one));
}
