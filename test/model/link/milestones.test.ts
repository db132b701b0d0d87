import { describe, expect, it } from "vitest";
import { star, text } from "./star.ts";

const process = (more: string, milestones: string): string => `
dimensions:
  - {name: product, source: shop.products, natural_key: product_id, type: 2, attributes: [{name: price}]}
fact_tables:
  - name: fulfilment
    grain: order
    source: shop.orders
    fact_type: accumulating_snapshot
    milestones: [${milestones}]
${more}`;
const two = "{name: ordered, source: ordered_at}, {name: shipped, source: shipped_on, lag: days}";

describe("an accumulating snapshot", () => {
  it("has a date key for each milestone in its role, its time, and the lags that are asked for", () => {
    const fact = star(process("", two)).fact("fct_fulfilment");
    expect(fact.kind).toBe("accumulating_snapshot");
    expect(fact.foreignKeys.map((one) => [one.name, one.alias])).toEqual([["ordered_date_key", "ordered"], ["shipped_date_key", "shipped"]]);
    expect(fact.degenerates.map((one) => one.name)).toEqual(["ordered_at", "shipped_on"]);
    expect(fact.measures.map((one) => [one.name, one.additivity, one.unit])).toEqual([["ordered_to_shipped_days", "additive", "days"]]);
    expect(fact.milestones?.outOfOrder).toBe("warn");
  });

  it("looks versions up at its first milestone, unless it states an event time", () => {
    const asOf = (more: string): string | null => {
      const [key] = star(process(more, two)).fact("fct_fulfilment").foreignKeys;
      return key?.lookup.kind === "lookup" && key.lookup.asOf !== null ? text(key.lookup.asOf.value) : null;
    };
    expect(asOf("    foreign_keys: [product]")).toBe("orders.ordered_at");
    expect(asOf("    foreign_keys: [product]\n    event_time: shipped_on")).toBe("orders.shipped_on");
  });

  it("keeps a foreign key and a degenerate dimension that the spec states itself", () => {
    const { fact, codes } = star(process("    foreign_keys: [{dimension: dim_date, role: shipped, on: shipped_on}]\n    degenerate_dimensions: [ordered_at]", two));
    expect(codes).toEqual([]);
    expect(fact("fct_fulfilment").foreignKeys.map((one) => one.alias)).toEqual(["shipped", "ordered"]);
    expect(fact("fct_fulfilment").degenerates.map((one) => one.name)).toEqual(["ordered_at", "shipped_on"]);
  });

  it("lets marts group by the roles of its milestones", () => {
    expect(star(`${process("", two)}\nmarts:\n  - {name: monthly, from: fct_fulfilment, by: [shipped.month], measures: [ordered_to_shipped_days]}`).codes).toEqual([]);
  });

  it("needs two milestones, each once, of columns that are times", () => {
    expect(star(process("", "{name: ordered, source: ordered_at}")).codes).toEqual(["milestones-missing fact_tables.0.fact_type"]);
    expect(star(process("", `${two}, {name: shipped, source: ordered_at}`)).codes).toEqual(["duplicate-milestone fact_tables.0.milestones.2.source"]);
    expect(star(process("", "{name: ordered, source: ordered_at}, {name: paid, source: status}")).codes).toEqual(["not-a-time fact_tables.0.milestones.1.source"]);
  });

  it("counts no lag from a later milestone, nor hours of a date", () => {
    const lag = (text: string): readonly string[] => star(process("", `{name: ordered, source: ordered_at${text.startsWith("first") ? ", lag: days" : ""}}, {name: shipped, source: shipped_on, lag: ${text.replace("first ", "")}}`)).codes;
    expect(lag("{unit: days, since: ordered}")).toEqual([]);
    expect(lag("hours")).toEqual(["milestone-lag fact_tables.0.milestones.1.lag"]);
    expect(lag("{unit: days, since: shipped}")).toEqual(["milestone-lag fact_tables.0.milestones.1.lag"]);
    expect(lag("first days")).toEqual(["milestone-lag fact_tables.0.milestones.0.lag"]);
  });
});

describe("milestones told by events", () => {
  const events = (more: string, milestones = "{name: placed}, {name: sent, event: SHIPPED, lag: hours}"): string => `
contracts:
  - {name: web.events, primary_key: [id], history: append_only, schema: [{column: id, type: integer}, {column: order_id, type: integer}, {column: kind, type: string}, {column: at, type: timestamp}, {column: seller, type: string}]}
settings: {timezone: UTC}
fact_tables:
  - {name: told, grain: order, source: web.events, fact_type: accumulating_snapshot, grain_key: [order_id], degenerate_dimensions: [seller], milestones: [${milestones}], ${more}}`;
  const by = "milestone_events: {type: kind, time: at, by: [at, id]}";

  it("are columns of the one row of a process, read by the newest event of their type", () => {
    const { fact, codes } = star(events(by));
    expect(codes).toEqual([]);
    expect(fact("fct_told").events?.milestones).toEqual([{ column: "placed_at", event: "placed" }, { column: "sent_at", event: "SHIPPED" }]);
    expect(fact("fct_told").events?.order.map((one) => one.name)).toEqual(["at", "id"]);
    expect(fact("fct_told").degenerates.map((one) => one.name)).toEqual(["seller", "placed_at", "sent_at"]);
    expect(fact("fct_told").measures.map((one) => one.name)).toEqual(["placed_to_sent_hours"]);
  });

  it("hide the columns that told them, and are events or columns throughout", () => {
    expect(star(events(`${by}, event_time: at`)).codes).toEqual(["unknown-column fact_tables.0.event_time"]);
    expect(star(events(by, "{name: placed}, {name: sent, source: at}")).codes).toEqual(["milestone-source fact_tables.0.milestones.1.source"]);
    expect(star(events("domain: web")).codes).toEqual(["milestone-source fact_tables.0.milestones.0", "milestone-source fact_tables.0.milestones.1.event", "grain-not-unique fact_tables.0.grain_key"]);
  });
});
