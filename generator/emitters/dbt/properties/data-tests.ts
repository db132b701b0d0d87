import type { Data } from "../../../artifact.ts";
import { shortName } from "../../../model/short-name.ts";

/** A data test of a model, a column of it or a source table. `label` is what its name says beside model and column. */
export interface DataTest {
  readonly kind: string;
  readonly label: string;
  readonly arguments?: { readonly [name: string]: Data };
  readonly severity?: "error" | "warn";
  /** SQL condition of the rows that are tested. */
  readonly where?: string;
  readonly description?: string;
}

/** Tests in dbt's shape, each under a name of its own: dbt's generated names grow beyond what warehouses take. */
export function testEntries(tests: readonly DataTest[], model: string, column: string | null): readonly Data[] {
  const used = new Map<string, number>();
  return tests.map((test) => {
    const config = { ...(test.where === undefined ? {} : { where: test.where }), ...(test.severity === "warn" ? { severity: "warn" } : {}) };
    const wanted = [model, ...(column === null ? [] : [column]), test.label].join("__");
    const count = (used.get(wanted) ?? 0) + 1;
    used.set(wanted, count);
    const name = shortName(count === 1 ? wanted : `${wanted}_${count}`, longestName);
    return {
      [test.kind]: {
        name,
        ...(test.description === undefined || test.description === "" ? {} : { description: test.description }),
        ...(test.arguments === undefined ? {} : { arguments: test.arguments }),
        ...(Object.keys(config).length === 0 ? {} : { config }),
      },
    };
  });
}

/** PostgreSQL's limit, the shortest of all; stored failures bear the names of their tests. */
const longestName = 63;

/** Every row has a value. */
export const notNull: DataTest = { kind: "not_null", label: "not_null" };

/** No value occurs twice; rows without a value do not count. */
export const unique: DataTest = { kind: "unique", label: "unique" };

/** No combination of values occurs twice. Columns are SQL identifiers. */
export function uniqueCombination(columns: readonly string[], label = "unique"): DataTest {
  return { kind: "unique_combination", label, arguments: { columns } };
}

/** Every value is a key of another model. */
export function existsIn(model: string, field: string): DataTest {
  return { kind: "relationships", label: `in_${model}`, arguments: { to: `ref('${model}')`, field } };
}

/** An SQL condition of our own making holds for every row; NULL passes. */
export function holds(expression: string, label: string): DataTest {
  return { kind: "expression_holds", label, arguments: { expression } };
}

/** As many rows as another model has. */
export function sameRowCount(model: string): DataTest {
  return { kind: "same_row_count", label: `rows_of_${model}`, arguments: { compare_to: `ref('${model}')` } };
}

/**
 * A text of a spec as an argument of a test. dbt renders arguments as Jinja, and takes one that looks like a call of `ref` or
 * `env_var` for that call, so whatever it would read is printed by Jinja as text.
 */
export function literalArgument(value: string | number | boolean): Data {
  if (typeof value !== "string") return value;
  const braces = value.replace(/\{(?=[{%#])/g, "{{ '{' }}").replaceAll("\r", "{{ '\\r' }}").replace(/\n$/, "{{ '\\n' }}");
  return braces.replace(/^(\s*)(env_var|ref|var|source|doc)(?=\s*\()/, (_, blank: string, name: string) => `${blank}{{ '${name}' }}`);
}
