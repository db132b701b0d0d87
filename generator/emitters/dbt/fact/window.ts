import type { Artifact } from "../../../artifact.ts";
import { LOADED_AT } from "../../../model/fact-record.ts";
import type { Fact } from "../../../model/fact.ts";
import type { Design } from "../../../rules/types.ts";
import { shortName } from "../../../model/short-name.ts";
import { cteNames } from "../sql/cte-names.ts";
import { identifier, printExpression } from "../sql/expression.ts";
import { sqlModel } from "../sql/query.ts";
import type { Cte, Select } from "../sql/query.ts";
import { surrogateKey } from "../sql/surrogate-key.ts";

/** The CTE of the rows that an increment reads of its source. */
export const WINDOW = "recent";

/** The rows of the source that were loaded within the window of an increment; all of them where the fact is made anew. */
export function windowSteps(fact: Fact, from: string, { dialect }: Design): readonly Cte[] {
  const { lookback } = fact.load;
  if (lookback === null) return [];
  const time = printExpression(lookback.loadedAt, dialect, { [fact.rows.base.alias]: null });
  const sql = [
    "select *",
    `from ${from}`,
    "{% if is_incremental() %}",
    `where\n    ${time} is null\n    or ${time} >= {{ window_start(this, ${lookback.days}) }}`,
    "{% endif %}",
  ].join("\n");
  return [{ kind: "text", name: WINDOW, sql }];
}

/**
 * Two data tests of each fact that reads a window: rows of the source that were loaded before it and are not in the fact as they are now (a warning: the next
 * backfill loads them), and rows that the window should have brought or that the source does not have (an error).
 */
export function windowArtifacts(design: Design): readonly Artifact[] {
  return design.model.facts.flatMap((fact) => {
    if (fact.load.lookback === null) return [];
    return (["late_rows", "rows"] as const).map((label) => {
      const config = label === "late_rows" ? [{ name: "severity", value: "'warn'" }] : [];
      const sql = { config, ctes: testSteps(fact, label, design) };
      return sqlModel(`dbt/tests/${shortName(`${fact.name}__${label}`, longestName)}.sql`, sql, [fact.name], fact.origin);
    });
  });
}

/** PostgreSQL's limit, the shortest of all; stored failures bear the names of their tests. */
const longestName = 63;

function testSteps(fact: Fact, label: "late_rows" | "rows", design: Design): readonly Cte[] {
  const { dialect } = design;
  const { lookback } = fact.load;
  if (lookback === null) throw new Error(`${fact.name} reads no window`);
  const { base } = fact.rows;
  const names = cteNames();
  const read = identifier(names.hand(base.alias, base.reference.id.replaceAll(".", "_")), dialect);
  const own = identifier(names.hand(fact.process, fact.name), dialect);
  const key = identifier(fact.keyColumn, dialect);
  const unnamed = { [base.alias]: null };
  const grain = fact.grain.map((one) => ({ sql: printExpression(one.value, dialect, unnamed), type: one.type }));
  const loaded = dialect.cast(printExpression(lookback.loadedAt, dialect, unnamed), lookback.loadedAt.type, { kind: "timestamp" });
  const start = `{{ window_start(ref('${fact.name}'), ${lookback.days}) }}`;
  const columns = [`counted.${key}`, "counted.loaded_at", `${own}.${LOADED_AT}`].map((sql) => ({ sql, as: sql.slice(sql.indexOf(".") + 1) }));
  const differs = `(\n    ${own}.${key} is null\n    or ${own}.${LOADED_AT} is distinct from counted.loaded_at\n)`;
  const missed: Select = {
    columns,
    from: "counted",
    joins: [{ type: "left", relation: own, on: [`counted.${key} = ${own}.${key}`] }],
    where: [label === "late_rows" ? `counted.loaded_at < ${start}` : `coalesce(counted.loaded_at >= ${start}, true)`, differs],
  };
  const gone: Select = { columns: columns.map(({ sql, as }) => ({ as, sql: as === key ? `${own}.${key}` : sql })), from: own, joins: [{ type: "left", relation: "counted", on: [`${own}.${key} = counted.${key}`] }], where: [`counted.${key} is null`] };
  return [
    { kind: "import", name: read, relation: { kind: "ref", model: base.reference.model } },
    { kind: "import", name: own, relation: { kind: "ref", model: fact.name } },
    { kind: "select", name: "counted", selects: [{ columns: [{ as: key, sql: surrogateKey(grain, dialect) }, { as: "loaded_at", sql: loaded }], from: read }] },
    { kind: "select", name: "missed", selects: label === "late_rows" ? [missed] : [missed, gone] },
  ];
}
