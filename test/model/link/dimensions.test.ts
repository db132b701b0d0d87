import { describe, expect, it } from "vitest";
import { star, text } from "./star.ts";

const customer = (more = "", attributes = "[{name: customer_name}]"): string => `
dimensions:
  - name: customer
    source: shop.customers
    natural_key: customer_id
    attributes: ${attributes}
${more}`;
const product = (more: string, attributes = "[{name: price, scd_type: 2}]", key = "product_id"): string => `
dimensions:
  - name: dim_product
    source: shop.products
    natural_key: ${key}
    attributes: ${attributes}
${more}`;

describe("the columns of a dimension", () => {
  it("takes an attribute without a source from the column of its name, with the contract's description", () => {
    const [name] = star(customer()).dimension("dim_customer").attributes;
    expect(name).toMatchObject({ name: "customer_name", scdType: 1, description: "Full name.", pii: true, unknownLabel: "Unknown", notApplicableLabel: "Not applicable" });
    expect(text(name?.value ?? null)).toBe("customers.customer_name");
  });

  it("does not double a natural key that is listed as an attribute, but takes its description", () => {
    const found = star(customer("", "[{name: customer_id, description: Number.}, {name: customer_name}]")).dimension("dim_customer");
    expect(found.attributes.map((one) => one.name)).toEqual(["customer_name"]);
    expect(found.naturalKey[0]).toMatchObject({ name: "customer_id", description: "Number." });
  });

  it("leaves the unknown member NULL where the type is no text, unless a value of the type is given", () => {
    const attributes = "[{name: visits}]";
    expect(star(customer("", attributes)).dimension("dim_customer").attributes[0]).toMatchObject({ unknownLabel: null, notApplicableLabel: null });
    expect(star(customer("    unknown_member: {visits: 0}", attributes)).dimension("dim_customer").attributes[0]?.unknownLabel).toBe("0");
    expect(star(customer("    unknown_member: {visits: none}", attributes)).codes).toEqual(["label-type dimensions.0.unknown_member.visits"]);
  });

  it("says which staging name a source name has", () => {
    expect(star(customer("", "[{name: title, source: name}]")).codes).toEqual(["other-name-space dimensions.0.attributes.0.source"]);
  });

  it("takes the key's name from surrogate_key and refuses names that are taken", () => {
    expect(star(customer("    surrogate_key: customer_sk")).dimension("dim_customer").columns).toEqual({ key: "customer_sk", durableKey: null });
    expect(star(customer("", "[{name: customer_key, source: customer_name}]")).codes).toEqual(["column-clash dimensions.0.attributes.0"]);
    expect(star(customer("", "[{name: valid_from, source: customer_name}]")).codes).toEqual(["generated-column dimensions.0.attributes.0"]);
  });

  it("may have no attributes", () => {
    expect(star(customer("", "[]")).dimension("dim_customer").attributes).toEqual([]);
  });
});

describe("the history of a dimension", () => {
  it("is none where all attributes are Type 1", () => {
    expect(star(customer()).dimension("dim_customer")).toMatchObject({ scdType: 1, history: { kind: "current" }, models: { joined: null, versioned: null } });
  });

  it("is a snapshot over a source of current state", () => {
    expect(star(customer("    type: Type 2")).dimension("dim_customer")).toMatchObject({
      scdType: 2, history: { kind: "snapshot", snapshot: "snp_customer" }, columns: { key: "customer_key", durableKey: "customer_durable_key" }, models: { joined: "int_customer_joined", versioned: null },
    });
  });

  it("is read from the events of a change log, as they are", () => {
    const found = star(product("")).dimension("dim_product");
    expect(found.rows.base.reference).toEqual({ kind: "staging", id: "shop.products", model: "stg_shop__products" });
    if (found.history.kind !== "events") throw new Error(found.history.kind);
    expect([text(found.history.effectiveAt), found.history.sequence.map(text), text(found.history.isDelete)]).toEqual(["products.changed_at", ["products.change_id"], "products.op in (D)"]);
    expect(found.models.versioned).toBe("int_product_versioned");
  });

  it("lets a row that fails the filter end its member in a change log, but be no event in a stream", () => {
    const log = star(product("    where: price > 0")).dimension("dim_product");
    expect(log.rows.where).toBeNull();
    expect(log.history.kind === "events" ? text(log.history.isDelete) : "").toBe("products.op in (D) or case when products.price > 0 then false else true");
    const stream = star(product("    where: price > 0\n    history: {kind: change_log, effective_at: changed_at}")).dimension("dim_product");
    expect(text(stream.rows.where)).toBe("products.price > 0");
  });

  it("is read from whole-table extracts by their date", () => {
    const found = star(`
dimensions:
  - {name: store, source: shop.stores, natural_key: store_id, type: 2, attributes: [{name: manager}]}
`).dimension("dim_store");
    expect(found.history.kind === "extracts" ? text(found.history.extractDate) : "").toBe("stores.day");
  });

  it("may be stated by the dimension over an append-only stream", () => {
    const found = star(`
dimensions:
  - name: buyer
    source: shop.orders
    natural_key: customer_id
    history: {kind: change_log, effective_at: ordered_at, sequence: order_id}
    attributes: [{name: status, scd_type: 2}]
`).dimension("dim_buyer");
    expect(found.collapse).toBeNull();
    expect(found.history).toMatchObject({ kind: "events", isDelete: null });
  });

  it("reads the current state of a change log for a Type 1 dimension", () => {
    const found = star(product("", "[{name: price}]")).dimension("dim_product");
    expect(found.rows.base.reference).toEqual({ kind: "current", id: "shop.products", model: "int_shop__products_current" });
    expect(found.history.kind).toBe("current");
  });

  it("refuses what it cannot know", () => {
    const stream = "\ndimensions:\n  - {name: buyer, source: shop.orders, natural_key: customer_id, type: 2, attributes: [{name: status}]}\n";
    expect(star(stream).codes).toEqual(["history-unknown dimensions.0"]);
    expect(star(product("", "[{name: price, scd_type: 2}]", "supplier")).codes).toEqual(["history-of-member dimensions.0.natural_key"]);
    expect(star(product("    collapse: distinct")).codes).toEqual(["collapse-without-use dimensions.0.collapse"]);
    expect(star(product("    history: {kind: change_log, effective_at: op}")).codes).toEqual(["not-a-time dimensions.0.history.effective_at"]);
  });

  it("refuses a wall-clock time as the time of events", () => {
    const stream = "\ndimensions:\n  - {name: buyer, source: shop.orders, natural_key: customer_id, history: {kind: change_log, effective_at: walked_at}, attributes: [{name: status, scd_type: 2}]}\n";
    expect(star(stream).codes).toEqual(["undeclared-zone dimensions.0.history.effective_at"]);
  });

  it("refuses for now what comes later", () => {
    expect(star(product("    joins: [{to: shop.countries, on: {supplier: country_code}}]", "[{name: country_name, scd_type: 2}]")).codes).toEqual(["not-yet dimensions.0.attributes.0"]);
  });
});

describe("a joined table with a history of its own", () => {
  const placed = (attribute: string): string => `
dimensions:
  - name: order
    source: shop.orders
    history: {kind: change_log, effective_at: ordered_at}
    natural_key: order_id
    joins: [shop.products]
    attributes: [{name: status, scd_type: 2}, ${attribute}]
`;

  it("cuts versions where an attribute remembers it", () => {
    const found = star(placed("{name: price, scd_type: 2}")).dimension("dim_order");
    const [joined] = found.joinedHistories;
    expect(joined?.versions).toMatchObject({ naturalKey: [{ name: "product_id" }], attributes: [{ name: "price", scdType: 2 }], history: { kind: "events" }, models: { versioned: "int_order_products_versioned" } });
    expect(found.rows.joins.map((one) => one.input.reference)).toEqual([{ kind: "model", id: "int_order_products_versioned", model: "int_order_products_versioned" }]);
  });

  it("is read as it is today where all of it is Type 1", () => {
    const found = star(placed("{name: price, scd_type: 1}")).dimension("dim_order");
    expect(found.joinedHistories).toEqual([]);
    expect(found.rows.joins.map((one) => one.input.reference.kind)).toEqual(["current"]);
  });
});

describe("the types of attributes", () => {
  const mixed = "[{name: customer_name, scd_type: 0}, {name: visits, scd_type: 3, previous_as: visits_before}, {name: address_id, scd_type: 6}]";

  it("add a column for the previous value (Type 3) and for the one of today (Type 6)", () => {
    const { attributes, scdType, history } = star(customer("    unknown_member: {customer_name: Nobody}", mixed)).dimension("dim_customer");
    expect(attributes.map((one) => [one.name, one.scdType, one.companion])).toEqual([
      ["customer_name", 0, null],
      ["visits", 3, null],
      ["visits_before", 3, { of: "visits", shows: "previous" }],
      ["address_id", 6, null],
      ["current_address_id", 6, { of: "address_id", shows: "current" }],
    ]);
    expect([scdType, history.kind]).toEqual([2, "snapshot"]);
  });

  it("take the dimension's where they say nothing, and label added columns like their attribute", () => {
    const { attributes } = star(customer("    type: 3\n    unknown_member: {customer_name: Nobody}")).dimension("dim_customer");
    expect(attributes.map((one) => [one.name, one.scdType, one.unknownLabel])).toEqual([["customer_name", 3, "Nobody"], ["previous_customer_name", 3, "Nobody"]]);
    const labelled = star(customer("    type: 3\n    unknown_member: {previous_customer_name: None yet}")).dimension("dim_customer");
    expect(labelled.attributes.map((one) => one.unknownLabel)).toEqual(["Unknown", "None yet"]);
  });

  it("keep one row per member where none cuts versions, with a memory all the same", () => {
    const seen = star(customer("", "[{name: customer_name, scd_type: 0}]")).dimension("dim_customer");
    expect(seen).toMatchObject({ scdType: 1, history: { kind: "snapshot" }, columns: { durableKey: null }, models: { joined: "int_customer_joined" } });
    const logged = star(product("    deletes: tombstone", "[{name: price}]")).dimension("dim_product");
    expect(logged).toMatchObject({ scdType: 1, history: { kind: "events" }, models: { joined: null, versioned: "int_product_remembered" } });
  });

  it("put the versions of Type 4 beside the dimension, under a key of their own and the member's", () => {
    const found = star(customer("    type: 4", "[{name: customer_name}, {name: visits, scd_type: 1}]"));
    expect(found.dimension("dim_customer")).toMatchObject({ scdType: 1, history: { kind: "current" }, columns: { key: "customer_key", durableKey: null } });
    const history = found.dimension("dim_customer_history");
    expect(history).toMatchObject({ scdType: 2, historyOf: "dim_customer", history: { kind: "snapshot", snapshot: "snp_customer_history" }, columns: { key: "customer_history_key", durableKey: "customer_key" } });
    expect(history.attributes.map((one) => [one.name, one.scdType])).toEqual([["customer_name", 2], ["visits", 1]]);
    const stated = star("\ndimensions:\n  - {name: buyer, source: shop.orders, natural_key: customer_id, type: 4, history: {kind: change_log, effective_at: ordered_at}, attributes: [{name: status}]}\n");
    expect(stated.dimension("dim_buyer")).toMatchObject({ scdType: 1, history: { kind: "events" } });
  });

  it("keep versions in one place, and in a table whose name is free", () => {
    expect(star(customer("    type: 4", "[{name: customer_name}, {name: visits, scd_type: 2}]")).codes).toEqual(["versions-in-two-places dimensions.0.attributes.1"]);
    expect(star(customer("    type: 4", "[{name: customer_name}, {name: visit, source: visits}, {name: visits, type: date}]")).codes).toEqual(["attribute-type dimensions.0.attributes.2.type"]);
    expect(star(`${customer("    type: 4")}\n  - {name: customer_history, source: shop.customers, natural_key: customer_id}\n`).codes).toEqual(["duplicate-dimension dimensions.0.name"]);
  });

  it("stand apart in a mini-dimension, behind which a table tells who had which values when", () => {
    const found = star(customer("    mini_dimensions: [{name: profile, attributes: [{name: visit_band, source: visits, bands: [1, 10]}]}]"));
    expect(found.dimension("dim_profile")).toMatchObject({ scdType: 1, profileOf: "dim_profile_history", naturalKey: [], columns: { key: "profile_key", durableKey: null } });
    const history = found.dimension("dim_profile_history");
    expect(history).toMatchObject({ scdType: 2, profile: { dimension: "dim_profile", key: "profile_key" }, columns: { durableKey: "customer_key" } });
    expect(text(history.attributes[0]?.value ?? null)).toBe("case when customers.visits < 1 then below 1 when customers.visits < 10 then 1 to below 10 when customers.visits >= 10 then 10 and above else ");
  });

  it("refuse bands that are not in order or not of the column's type", () => {
    expect(star(customer("", "[{name: band, source: visits, bands: [10, 1]}]")).codes).toEqual(["band-limit dimensions.0.attributes.0.bands.1"]);
    expect(star(customer("", "[{name: customer_name, bands: [a, b]}]")).codes).toEqual(["band-limit dimensions.0.attributes.0.bands.0"]);
  });

  it("refuse names of columns that they do not add, and names that are taken", () => {
    expect(star(customer("", "[{name: customer_name, scd_type: 2, previous_as: before}]")).codes).toEqual(["companion-without-use dimensions.0.attributes.0.previous_as"]);
    expect(star(customer("", "[{name: customer_name, current_as: today}]")).codes).toEqual(["companion-without-use dimensions.0.attributes.0.current_as"]);
    expect(star(customer("", "[{name: customer_name, scd_type: 3, previous_as: visits}, {name: visits}]")).codes).toEqual(["column-clash dimensions.0.attributes.1"]);
  });

  it("need a history where they remember, and an attribute that cuts versions where the dimension says so", () => {
    const stream = (more: string) => star(`\ndimensions:\n  - {name: buyer, source: shop.orders, natural_key: customer_id, ${more}}\n`).codes;
    expect(stream("type: 0, attributes: [{name: status}]")).toEqual(["history-unknown dimensions.0"]);
    expect(stream("deletes: tombstone, attributes: [{name: status}]")).toEqual(["history-unknown dimensions.0"]);
    expect(star(customer("    type: 6", "[{name: customer_name, scd_type: 1}]")).codes).toEqual(["nothing-versioned dimensions.0.type"]);
  });
});

describe("one row per member", () => {
  const status = (collapse: string): string => `\ndimensions:\n  - {name: status, source: shop.orders, natural_key: status, attributes: [{name: discount}]${collapse}}\n`;

  it("is promised by the contract, or made by collapse", () => {
    expect(star(status("")).codes).toEqual(["needs-collapse dimensions.0.natural_key"]);
    const { collapse } = star(status(", collapse: {keep: latest, by: [ordered_at, order_id]}")).dimension("dim_status");
    expect(collapse?.kind === "keep" ? collapse.order.map((one) => `${text(one.value)} ${one.direction}`) : []).toEqual(["orders.ordered_at descending", "orders.order_id descending"]);
    expect(star(status(", collapse: distinct")).dimension("dim_status").collapse).toEqual({ kind: "distinct" });
  });
});

describe("the source of a dimension", () => {
  it("is inferred where one contract has its key and attributes", () => {
    const { dimension, inferred } = star("\ndimensions:\n  - {name: customer, natural_key: customer_id, attributes: [{name: visits}]}\n");
    expect(dimension("dim_customer").rows.base.reference.id).toBe("shop.customers");
    expect(inferred).toEqual(["source of dim_customer: shop.customers"]);
  });

  it("may be a hand-written model, whose columns have the types that are declared", () => {
    const found = star("\nmodels: [{name: regions, primary_key: [region_id], columns: [{name: region_id, type: string}, {name: area, type: integer}]}]\ndimensions:\n  - {name: region, source: ref.regions, natural_key: region_id, attributes: [area]}\n").dimension("dim_region");
    expect([text(found.naturalKey[0]?.value ?? null), text(found.attributes[0]?.value ?? null)]).toEqual(["regions.region_id", "regions.area"]);
    expect([found.naturalKey[0]?.type.kind, found.attributes[0]?.type.kind]).toEqual(["string", "integer"]);
    expect(found.rows.base.reference).toEqual({ kind: "model", id: "regions", model: "regions" });
  });
});
