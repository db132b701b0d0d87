import { entriesKeyColumn } from "../../../model/fact-record.ts";
import type { Fact } from "../../../model/fact.ts";
import { scalar } from "../../../model/logical-type.ts";
import type { Design } from "../../../rules/types.ts";
import { computedColumns, factColumns } from "./columns.ts";
import { comparedColumns, differences, whetherIncremental } from "./comparison.ts";
import { identifier } from "../sql/expression.ts";
import type { Cte, Select, SelectColumn } from "../sql/query.ts";
import { surrogateKey } from "../sql/surrogate-key.ts";

/**
 * Entries of a fact that only grows. The last entry of a row is what is booked of it, unless that is a reversal; a row that is gone or came out
 * otherwise is taken back, and what it is now follows. So sums are those of a rebuild after every run, and those of any earlier run can be had again.
 */
export function entrySteps(fact: Fact, design: Design): readonly Cte[] {
  const booked: Cte = { kind: "text", name: "latest", sql: latest(fact, design) };
  return [booked, { kind: "select", name: "introduced", selects: [reversals(fact, design), bookings(fact, design)] }, { kind: "select", name: "changed", selects: [keyed(fact, design)] }];
}

/** The last entry of each row; none where the fact is made anew. */
function latest(fact: Fact, design: Design): string {
  const { columns, key, storedKey } = comparedColumns(fact, design);
  const others = columns.filter((one) => one !== key);
  const { types } = design.dialect;
  const last = [
    "select *",
    "from (",
    "    select",
    "        stored.*,",
    "        row_number() over (",
    `            partition by stored.${storedKey}`,
    "            order by stored.entry_number desc",
    "        ) as recency",
    "    from {{ this }} as stored",
    ") as ranked",
    "where recency = 1",
  ];
  const none = [
    "select",
    `    ${key} as ${storedKey},`,
    ...others.map((one) => `    ${one},`),
    "    0 as entry_number,",
    `    cast('reversal' as ${types.string}) as entry_type`,
    "from final",
    "where 1 = 0",
  ];
  return whetherIncremental(last, none);
}

/** Entries that take back what is booked of rows that are gone or came out otherwise: the same keys, the measures negated. */
function reversals(fact: Fact, design: Design): Select {
  const { key, storedKey } = comparedColumns(fact, design);
  const { dialect } = design;
  const columns = computedColumns(fact).flatMap((one): readonly SelectColumn[] => {
    if (one.role === "key") return [];
    const as = identifier(one.name, dialect);
    const sql = one.role === "measure" ? `cast(-latest.${as} as ${dialect.typeName(one.type)})` : `latest.${as}`;
    return [{ as, sql }];
  });
  return {
    columns: [{ as: storedKey, sql: `latest.${storedKey}` }, ...columns, { as: "entry_number", sql: "latest.entry_number + 1" }, { as: "entry_type", sql: text("reversal", design) }],
    from: "latest",
    joins: [{ type: "left", relation: "final", on: [`latest.${storedKey} = final.${key}`] }],
    where: ["latest.entry_type <> 'reversal'", anyOf([`final.${key} is null`, ...differences(fact, "latest", design)])],
  };
}

/** Entries of rows that are new, came back or came out otherwise; after a reversal by the same run the number after its own. */
function bookings(fact: Fact, design: Design): Select {
  const { columns, key, storedKey } = comparedColumns(fact, design);
  const number = "case\n    when latest.entry_number is null then 1\n    when latest.entry_type = 'reversal' then latest.entry_number + 1\n    else latest.entry_number + 2\nend";
  const type = `case\n    when latest.entry_number is null then ${text("original", design)}\n    else ${text("correction", design)}\nend`;
  return {
    columns: [
      { as: storedKey, sql: `final.${key}` },
      ...columns.filter((one) => one !== key).map((one) => ({ as: one, sql: `final.${one}` })),
      { as: "entry_number", sql: number },
      { as: "entry_type", sql: type },
    ],
    from: "final",
    joins: [{ type: "left", relation: "latest", on: [`final.${key} = latest.${storedKey}`] }],
    whereAny: [`latest.${storedKey} is null`, "latest.entry_type = 'reversal'", ...differences(fact, "latest", design)],
  };
}

/** Each entry with a key of its own and the time of the run. */
function keyed(fact: Fact, { dialect }: Design): Select {
  const parts = [
    { sql: identifier(entriesKeyColumn(fact), dialect), type: scalar("string") },
    { sql: "entry_number", type: scalar("integer") },
  ];
  const columns = factColumns(fact).map(({ name, role }): SelectColumn => {
    const as = identifier(name, dialect);
    if (role === "key") return { as, sql: surrogateKey(parts, dialect) };
    return { as, sql: name === "recorded_at" ? "{{ run_time() }}" : as };
  });
  return { columns, from: "introduced" };
}

function text(value: string, { dialect }: Design): string {
  return `cast('${value}' as ${dialect.types.string})`;
}

function anyOf(conditions: readonly string[]): string {
  return `(\n    ${conditions.join("\n    or ")}\n)`;
}
