import { unitTestArtifacts } from "../../../generator/emitters/dbt/unit-tests/unit-tests.ts";
import type { Design } from "../../../generator/rules/types.ts";
import type { Engine } from "../../dialects/engines.ts";
import type { TestWarehouse } from "./warehouse.ts";

type Cells = Readonly<Record<string, string | number | boolean | null>>;

/** A dbt unit test as its file holds it. */
export interface ShownTest {
  readonly name: string;
  readonly model: string;
  readonly overrides?: { readonly vars?: Readonly<Record<string, string>> };
  readonly given: readonly { readonly input: string; readonly rows: readonly Cells[] }[];
  readonly expect: { readonly rows: readonly Cells[] };
}

/** The unit tests that a design gives its models. */
export function shownTests(design: Design): readonly ShownTest[] {
  const found: unknown = [...unitTestArtifacts(design)].flatMap((one) => (one.kind === "data" && typeof one.value === "object" && one.value !== null && "unit_tests" in one.value ? [one.value["unit_tests"]].flat() : []));
  return found as readonly ShownTest[];
}

/** The slip of a pen in the SQL of a model. */
export interface SqlSlip {
  readonly from: string;
  readonly to: string;
}

/**
 * What a unit test finds, as dbt runs it: rows that the model gives and that are not expected, and rows that it does not give. The models must be built. With a
 * slip the model's SQL has that.
 */
export async function differences({ name, model, overrides, given, expect }: ShownTest, { engine, models, resolved }: TestWarehouse, slip: SqlSlip | null = null): Promise<number> {
  const text = models.get(model) ?? "";
  if (slip !== null && !text.includes(slip.from)) throw new Error(`${model} has no ${slip.from}`);
  let sql = (slip === null ? text : text.replaceAll(slip.from, () => slip.to)).replaceAll(/\{\{ var\("as_of_run", ""\) \}\}/g, () => overrides?.vars?.["as_of_run"] ?? "");
  const tables = [...given.map(({ input, rows }, index) => ({ table: `${name}_${index}`, like: /'(\w+)'\)$/.exec(input)?.[1] ?? "", input, rows })), { table: `${name}_expected`, like: model, input: "", rows: expect.rows }];
  for (const { table, like, input, rows } of tables) {
    const source = input.startsWith("source") ? `raw_${like}` : like;
    await engine.run(`drop table if exists ${table}`);
    await engine.run(`create table ${table} as select * from ${source} where false`);
    const values = rows.map((row) => `(${Object.values(row).map((one) => (one === null ? "null" : engine.dialect.stringLiteral(String(one)))).join(", ")})`);
    if (rows.length > 0) await engine.run(`insert into ${table} (${columnsOf(rows, engine)}) values ${values.join(", ")}`);
    if (input !== "") sql = sql.replaceAll(`{{ ${input} }}`, table);
  }
  const columns = columnsOf(expect.rows, engine);
  const [actual, expected] = [`select ${columns} from (${resolved(sql)}) as made`, `select ${columns} from ${name}_expected`];
  const [[count = null] = []] = await engine.rows(`select count(*) from ((${actual} except all ${expected}) union all (${expected} except all ${actual})) as differing`);
  return Number(count);
}

function columnsOf([row = {}]: readonly Cells[], { dialect }: Engine): string {
  return Object.keys(row).map(dialect.quote).join(", ");
}
