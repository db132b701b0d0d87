import { describe, expect, it } from "vitest";
import { dimensionArtifacts } from "../../../generator/emitters/dbt/dimension/dimension.ts";
import { renderArtifacts } from "../../../generator/output/render.ts";
import { designOf } from "./warehouse.ts";

const specs = (dimension: string, number: string): { readonly [file: string]: string } => ({
  "specs.yaml": `
contract:
  name: crm.accounts
  primary_key: [tenant, id]
  history: {kind: change_log, effective_at: changed_at, sequence: change_id}
  schema:
    - {column: tenant, type: string}
    - {column: id, type: string, rename: account_id}
    - {column: changed_at, type: timestamp}
    - {column: change_id, type: integer${number}}
    - {column: plan, type: string}
    - {column: note, type: string}
dimension:
  name: dim_account
  source: crm.accounts
  type: Type 2
  natural_key: [tenant, account_id]
  load: {strategy: merge}
${dimension}
`,
});

const sqlOf = (dimension: string, warehouse = "duckdb", number = ""): string => renderArtifacts(dimensionArtifacts(designOf(specs(dimension, number), warehouse))).find(({ path }) => path.endsWith("dim_account.sql"))?.text ?? "";
const hashOf = (dimension: string): string | undefined => /'(\w+)' as definition_hash/.exec(sqlOf(dimension))?.[1];

describe("a dimension that is merged", () => {
  const plain = "  attributes: [plan, {name: note, scd_type: 1}]";

  it.each(["duckdb", "postgres"])("reads what the log tells of members who have other rows than before, on %s", (warehouse) => {
    const sql = sqlOf(plain, warehouse);
    expect(sql).toContain("unique_key=['account_durable_key', 'account_key']");
    expect(sql).toMatch(/\{% if is_incremental\(\) %\}\s+inner join touched\s+on accounts\.tenant = touched\.tenant\s+and accounts\.account_id = touched\.account_id/);
  });

  it("works out everybody where its rows are made in another way, and nobody where they are not", () => {
    expect(hashOf(plain)).toMatch(/^[0-9a-f]{8}$/);
    expect(hashOf(`${plain}\n  description: Accounts.\n  owner: crm`)).toBe(hashOf(plain));
    const others = ["  attributes: [plan, note]", "  attributes: [plan]", `${plain}\n  where: plan <> 'trial'`, `${plain}\n  deletes: ignore\n  first_version_from: first_seen`, "  attributes: [{name: plan, expression: upper(plan)}, {name: note, scd_type: 1}]"];
    expect(new Set([plain, ...others].map(hashOf)).size).toBe(others.length + 1);
  });
});

describe("rows of one member and time", () => {
  const order = (number: string): string => /order by([^)]*)\) as row_rank/.exec(sqlOf("  attributes: [plan]", "duckdb", number))?.[1]?.replace(/\s+/g, " ").trim() ?? "";

  it("are put in order by all of their columns, unless the sequence is a number that is unique and always there", () => {
    expect(order("")).toBe("change_id desc nulls last, plan desc nulls last, note desc nulls last");
    expect(order(", checks: [unique]")).toBe("change_id desc nulls last, plan desc nulls last, note desc nulls last");
    expect(order(", nullable: false, checks: [unique]")).toBe("change_id desc nulls last");
  });
});
