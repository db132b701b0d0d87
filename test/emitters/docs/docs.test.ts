import { describe, expect, it } from "vitest";
import { docsEmitter } from "../../../generator/emitters/docs/emitter.ts";
import { renderArtifacts } from "../../../generator/output/render.ts";
import { brief, decided } from "../../rules/support.ts";

const shop = `
contracts:
  - name: shop.orders
    primary_key: [id]
    history: append_only
    schema:
      - {column: id, type: integer, description: Number of the order.}
      - {column: Ordered On, type: date, nullable: false}
      - {column: Shipped On, type: date}
      - {column: customer_id, type: integer, references: shop.customers.id}
      - {column: amount, type: "decimal(10,2)"}
  - name: shop.customers
    primary_key: [id]
    schema:
      - {column: id, type: integer, description: Number of the customer.}
      - {column: email, type: string, pii: true, protect: hash}
      - {column: city, type: string}
dimension:
  name: customer
  description: Who bought.
  domain: sales
  source: shop.customers
  natural_key: id
  attributes: [{name: email}, {name: city, scd_type: 2}]
fact_table:
  name: orders
  domain: sales
  source: shop.orders
  grain: order
  grain_statement: One row per order
  event_time: ordered_on
  foreign_keys: [customer, {dimension: date, role: order_date, on: ordered_on}, {dimension: date, role: ship_date, on: shipped_on}]
  measures: [{name: amount, type: additive, aggregation: sum, unit: EUR, business_definition: What was paid.}]
marts:
  - {name: sales_by_email, domain: sales, from: orders, by: [customer.email, order_date.year], measures: [amount]}
`;

/** The texts of all docs of some specs, by path. */
function docs(yaml: string): ReadonlyMap<string, string> {
  return new Map(renderArtifacts(docsEmitter.emit(decided(yaml).design)).map((one) => [one.path, one.text]));
}

function page(yaml: string, path: string): string {
  const found = docs(yaml).get(path);
  if (found === undefined) throw new Error(`no ${path} among ${[...docs(yaml).keys()].join(", ")}`);
  return found;
}

describe("the pages", () => {
  it("are one of each kind for one domain", () => {
    expect([...docs(shop).keys()].sort()).toEqual([
      "docs/architecture.md",
      "docs/bus-matrix.md",
      "docs/data-dictionary.md",
      "docs/lineage.md",
    ]);
  });

  it("are one per domain where there are several, below an index", () => {
    const paths = [...docs(shop.replace("name: sales_by_email, domain: sales", "name: sales_by_email, domain: crm")).keys()];
    expect(paths).toEqual(
      expect.arrayContaining([
        "docs/data-dictionary.md",
        "docs/data-dictionary/crm.md",
        "docs/data-dictionary/sales.md",
        "docs/lineage/crm.md",
      ]),
    );
  });

  it("are only the architecture for specs without a model", () => {
    expect([...docs("contract: {name: shop.x, primary_key: [id], schema: [{column: id, type: integer}]}").keys()]).toEqual([
      "docs/architecture.md",
    ]);
  });

  it("have tidy Markdown: one blank line at most, none at the end of lines", () => {
    for (const [path, text] of docs(brief({ specs: shop }))) {
      expect(text, path).not.toMatch(/\n\n\n|[ \t]\n|\n\n$/);
      expect(text.match(/^# /gm), path).toHaveLength(1);
    }
  });
});

describe("the data dictionary", () => {
  const text = page(shop, "docs/data-dictionary.md");

  it.each([
    "| `email` | `string` | Type 1. | `shop.customers.email` | hashed |",
    "| `id` | `integer` | Number of the customer. Natural key. | `shop.customers.id` |  |",
    "| `amount` | `decimal(10,2)` | What was paid. (additive, sum, in EUR) | `shop.orders.amount` |",
    "| `order_date_key` | `integer` | Key of dim\\_date in the role order_date. | `shop.orders.Ordered On` |",
    "| `email` | `string` |  | `dim_customer.email` | hashed |",
  ])("says %s", (line) => {
    expect(text).toContain(line.replace("dim\\_date", "dim_date"));
  });
});

it("draws the bus matrix with the roles of each dimension", () => {
  expect(page(shop, "docs/bus-matrix.md")).toContain(
    "| [`fct_orders`](data-dictionary.md#fct_orders) | One row per order | × | order date, ship date |",
  );
});

describe("the architecture", () => {
  const text = page(
    brief({
      volume: { current_gb_per_day: 10, growth_rate_percent: 100, retention_months: 24 },
      constraints: { team_size: 1 },
      compliance: ["GDPR"],
      specs: shop,
    }),
    "docs/architecture.md",
  );

  it("projects volumes by a stated formula", () => {
    expect(text).toContain(
      "10 GB arrive per day, growing 100 % a year, and are kept for 24 months: 15.3 TB are held once the first data leaves.",
    );
    expect(text).toContain("| 2 years | 40 GB | 15.3 TB |");
    expect(text).toContain("held = sum over m = 0 … months - 1 of 30.4 × 10 GB × (1 + 100 / 100)^(m / 12)");
  });

  it("shows decisions with their reasons and what lost", () => {
    expect(text).toContain("### Storage: BigQuery");
    expect(text).toMatch(/\| Redshift \| Best for an ecosystem on AWS, but constraints\.cloud_provider is gcp\. \|/);
    expect(text).toMatch(/\| `snapshot` \| `dim_customer` \|/);
    expect(text.match(/^### .+: .+$/gm)).toHaveLength(5);
  });

  it("names risks of the team, of rules and of the history", () => {
    expect(text).toMatch(/Knowledge leaves with a person \| constraints\.team_size is 1/);
    expect(text).toMatch(/A breach of GDPR \|/);
    expect(text).toMatch(/Changes between two runs stay unseen \|/);
  });

  it("draws the flow from sources to consumers", () => {
    for (const edge of [
      "source_shop --> staging_shop",
      "staging_shop --> history_sales",
      "history_sales --> star_sales",
      "star_sales --> marts_sales",
      "marts --> consumer_1",
    ])
      expect(text).toContain(edge);
  });
});

describe("lineage", () => {
  it("is drawn down to the source tables", () => {
    const text = page(shop, "docs/lineage.md");
    for (const edge of [
      "raw_shop__orders --> n_stg_shop__orders",
      "n_snp_customer --> n_dim_customer",
      "n_dim_customer --> n_fct_orders",
      "n_fct_orders --> n_mrt_sales_by_email",
    ])
      expect(text).toContain(edge);
  });

  it("becomes a table where a picture could not be read", () => {
    const many = Array.from(
      { length: 80 },
      (_, index) => `  - {name: mart_${index}, domain: sales, from: orders, by: [customer.city, order_date.year], measures: [amount]}`,
    ).join("\n");
    const text = page(`${shop}${many}\n`, "docs/lineage.md");
    expect(text).not.toContain("```mermaid");
    expect(text).toContain("| `fct_orders` | `dim_customer`, `dim_date`, `stg_shop__orders` |");
  });
});

it("changes only the pages that a change of the specs reaches", () => {
  const before = docs(brief({ specs: shop }));
  const after = docs(brief({ specs: shop.replace("What was paid.", "What the customer paid.") }));
  expect([...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path)).toEqual(["docs/data-dictionary.md"]);
});

it("takes text of specs for nothing but text", () => {
  const text = "a | b <script> [x](javascript:y) `z` @team\n\n# h\n{{ j }}";
  const hostile = shop
    .replace("Who bought.", JSON.stringify(text))
    .replace("What was paid.", JSON.stringify(text))
    .replace("One row per order", JSON.stringify(text));
  for (const [path, page] of docs(`project_name: acme\nbusiness_context: ${JSON.stringify(text)}\n${hostile}`)) {
    expect(page, path).not.toMatch(/<script|\[x\]\(|@team|^# h/m);
    for (const line of page.split("\n").filter((one) => one.startsWith("|"))) expect(line, path).toMatch(/\|$/);
  }
});
