import { expect, it } from "vitest";
import { snapshotArtifacts } from "../../../generator/emitters/dbt/dimension/snapshot.ts";
import { designOf } from "./warehouse.ts";

const specs = `
contracts:
  - name: till.customers
    primary_key: [shop_id, customer_id]
    history: current_state
    schema: [{column: shop_id, type: integer}, {column: customer_id, type: integer}, {column: city, type: string}, {column: phone, type: string}]
dimensions:
  - name: dim_client
    renamed_from: dim_customer
    source: till.customers
    type: Type 4
    natural_key: [shop_id, customer_id]
    attributes: [city]
    mini_dimensions: [{name: dim_contact, attributes: [phone]}]
`;

it("histories beside a renamed dimension take their table and the key of its members along", () => {
  const told = snapshotArtifacts(designOf({ "specs.yaml": specs }, "duckdb")).map((one) => (one.kind === "data" ? JSON.stringify(one.value) : ""));
  const key = '"name":"client_key","data_type":"varchar","config":{"meta":{"renamed_from":"customer_key"}}';
  expect(told.map((text) => [text.includes('"renamed_from":"snp_customer_history"'), text.includes(key)])).toEqual([[true, true], [false, true]]);
});
