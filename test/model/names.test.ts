import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as names from "../../generator/model/names.ts";

describe("names", () => {
  it.each([
    ["Order ID", "order_id"], ["_extracted_at", "extracted_at"], ["userId", "user_id"], ["HTTPStatus", "http_status"], ["Sub-Category", "sub_category"],
    ["  a  b ", "a_b"], ["2nd line", "n2nd_line"], ["№", ""], ["__proto__", "proto"], ["order_id", "order_id"],
    ["Währung", "wahrung"], ["GRÖẞE", "grosse"], ["Straße", "strasse"], ["Prénom", "prenom"], ["Año", "ano"], ["Cafe\u0301Noir", "cafe_noir"], ["ÄnderungsDatum", "anderungs_datum"],
    ["ÆbleNr", "aeble_nr"], ["Łódź", "lodz"], ["İl", "il"], ["Đơn giá", "don_gia"], ["Nº", "no"], ["Fläche m²", "flache_m2"], ["Ａ", "a"], ["Order №", "order"], ["Price (€)", "price"],
  ])("makes %j the name %j", (text, name) => {
    expect(names.validName(text)).toBe(name);
  });

  it("makes valid names of whatever text, and leaves valid names alone", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
      const name = names.validName(text);
      expect(name === "" || names.isName(name)).toBe(true);
      expect(names.validName(name)).toBe(name);
    }));
  });

  it("makes of ASCII what it made before it knew other letters", () => {
    const before = (text: string): string => {
      const words = text.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/([A-Z])([A-Z][a-z])/g, "$1_$2").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
      return /^[0-9]/.test(words) ? `n${words}` : words;
    };
    fc.assert(fc.property(fc.string({ unit: fc.oneof(fc.constantFrom(..."aAbB1_ "), fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 1 })) }), (text) => {
      expect(names.validName(text)).toBe(before(text));
    }));
  });

  it("gives one name to a letter and its accent, together or apart, and says where letters are of other scripts", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(names.validName(text.normalize("NFD"))).toBe(names.validName(text.normalize("NFC")));
      if (names.namelessness(text) === null) expect(names.isName(names.validName(text))).toBe(true);
    }));
    expect(["Цена (RUB)", "価格", "№", "٣", "Größe №"].map(names.namelessness)).toEqual(["'цена' has no Latin letters", "'価格' has no Latin letters", "it holds neither letter nor digit", "'٣' has no Latin letters", null]);
  });

  it("reads prefixes as optional", () => {
    expect([names.dimensionModel("customer"), names.dimensionModel("dim_customer")]).toEqual(["dim_customer", "dim_customer"]);
    expect(["orders", "fact_orders", "fct_orders"].map(names.factModel)).toEqual(["fct_orders", "fct_orders", "fct_orders"]);
    expect(["sales", "mart_sales", "mrt_sales"].map(names.martModel)).toEqual(["mrt_sales", "mrt_sales", "mrt_sales"]);
    expect(names.entityOf("dim_")).toBe("dim_");
  });

  it("names models after source and table, entity and process", () => {
    expect([names.stagingModel("shop", "orders"), names.currentModel("shop", "orders")]).toEqual(["stg_shop__orders", "int_shop__orders_current"]);
    expect([names.joinedModel("customer"), names.versionedModel("customer"), names.snapshotModel("customer")]).toEqual(["int_customer_joined", "int_customer_versioned", "snp_customer"]);
    expect([names.rawSchema("shop"), names.extraSource("shop", "Old Data")]).toEqual(["raw_shop", "shop_old_data"]);
  });

  it("names keys after entity and role", () => {
    expect([names.keyColumn("customer"), names.durableKeyColumn("customer"), names.factKeyColumn("order_lines")]).toEqual(["customer_key", "customer_durable_key", "order_lines_key"]);
    expect([names.foreignKeyColumn("customer", null), names.foreignKeyColumn("customer", "bill_to")]).toEqual(["customer_key", "bill_to_customer_key"]);
    expect(["from_ward", "ward", "awkward"].map((role) => names.foreignKeyColumn("ward", role))).toEqual(["from_ward_key", "ward_key", "awkward_ward_key"]);
    expect([null, "bill_to", "old_customer"].map((role) => names.foreignKeyColumn("customer", role, "customer_sk"))).toEqual(["customer_sk", "bill_to_customer_sk", "old_customer_sk"]);
    expect([null, "lost_credit_card"].map((role) => names.foreignKeyColumn("credit_card", role, "creditcard_key"))).toEqual(["creditcard_key", "lost_credit_card_creditcard_key"]);
  });

  it("does not double the word date in date keys", () => {
    expect([null, "date", "order", "order_date"].map(names.dateKeyColumn)).toEqual(["date_key", "date_key", "order_date_key", "order_date_key"]);
  });

  it("keeps the names of generated columns for itself", () => {
    expect(["valid_from", "is_current", "dbt_scd_id", "dbtx", "valid"].map(names.isReservedColumn)).toEqual([true, true, true, false, false]);
  });
});
