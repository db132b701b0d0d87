import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { cleaningFailures } from "../../../generator/emitters/dbt/staging/cleaning.ts";
import { strictCastMacros } from "../../../generator/emitters/dbt/staging/staging.ts";
import { resolveJinja } from "./jinja.ts";
import { compiled } from "../compiled.ts";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

const specs = {
  "contract.yaml": `
contract:
  name: web.events
  description: Events.
  owner: web
  primary_key: [Event ID]
  schema:
    - {column: Event ID, type: integer, rename: id, description: Number.}
    - {column: state, type: string, clean: [trim, squeeze, lower, {nullif: ["n/a", ""]}, {map: {values: {"1": active, "2": gone}, else: keep}}, {default: none}], description: State.}
    - {column: code, type: string, clean: [{map: {values: {a: A}, else: fail}}], description: Code.}
    - {column: soft, type: string, on_failure: warn, clean: [{map: {values: {a: A}, else: fail}}], description: Code.}
    - {column: day, type: date, clean: [{parse: "%d/%m/%Y"}], description: Day.}
    - {column: soft_day, type: date, on_failure: warn, clean: [{nullif: [""]}, {parse: "%d/%m/%Y"}], description: Day.}
    - {column: cents, type: "decimal(10,2)", clean: [{scale: 0.01}], description: Amount.}
    - {column: amount, type: "decimal(10,2)", on_failure: warn, clean: [{replace: {search: ",", by: "."}}, {default: 0}], description: Amount.}
    - {column: born, type: date, clean: [{epoch: days}], description: Days.}
    - {column: sent_s, type: timestamp, clean: [{epoch: seconds}], description: Seconds.}
    - {column: sent_ms, type: timestamp, on_failure: warn, clean: [{epoch: ms}], description: Milliseconds.}
    - {column: sent_us, type: timestamp, clean: [{epoch: microseconds}], description: Microseconds.}
    - {column: sent_ns, type: timestamp, clean: [{json: $.ns}, {epoch: nanoseconds}], description: Nanoseconds.}
    - {column: payload, type: string, clean: [{json: $.a.b}, upper], description: Payload.}
    - {column: amount_told, from: payload, type: integer, on_failure: warn, clean: [{json: $.a.n}], description: Payload.}
    - {column: file, from: _source, type: string, description: File.}
    - {column: code_told, from: payload, type: string, clean: [{json: $.code}, {map: {a: A}}], description: Code.}
    - {column: hash_told, from: payload, type: string, pii: true, protect: hash, clean: [{json: $.code}], description: Code.}
    - {column: zone_told, from: payload, type: string, clean: [{json: $.zone}], description: Zone.}
    - {column: wall_told, from: payload, type: timestamp, zone: {column: zone_told}, clean: [{json: $.at}], description: Time.}
    - {column: wall, type: timestamp, zone: Europe/Oslo, description: Time.}
    - {column: wall_of, type: timestamp, zone: {column: tz}, description: Time.}
    - {column: tz, type: string, clean: [trim, {map: {NY: America/New_York}, else: keep}], description: Zone.}
    - {column: secret, type: string, pii: true, protect: mask, description: Secret.}
    - {column: hashed, type: date, pii: true, protect: hash, clean: [{parse: "%d/%m/%Y"}], description: Secret.}
    - {column: hashed_too, type: date, pii: true, protect: hash, description: Secret.}
    - {column: masked, type: date, pii: true, protect: mask, clean: [{parse: "%d/%m/%Y"}], description: Secret.}
    - {column: dropped, type: string, pii: true, protect: drop, description: Secret.}
    - {column: select, type: integer, description: A word of the language.}
    - {column: paid, type: boolean, clean: [{map: {Y: true, "N": false}}], description: Paid.}
    - {column: rank, type: "decimal(5,2)", on_failure: warn, clean: [{map: {values: {first: 1}, else: keep}}, {default: 0}], description: Rank.}
`,
  "settings.yaml": "settings: {project: web}",
  "pipeline.yaml": "pipeline: {name: web, owner: web, schedule: '@daily', extract: {source_system: web, connection: 'files:landing/*/{table}.csv'}}",
};

const names = ["Event ID", "state", "code", "soft", "day", "soft_day", "cents", "amount", "born", "sent_s", "sent_ms", "sent_us", "sent_ns", "payload", "wall", "wall_of", "tz", "secret", "hashed", "hashed_too", "masked", "dropped", "select", "paid", "rank"];
type Values = Readonly<Record<string, string | null>>;

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  for (const one of warehouses) {
    await land(one, {});
    await one.build();
  }
}, 60_000);

async function land(warehouse: TestWarehouse, values: Values): Promise<void> {
  await warehouse.land("events", [...names, "_extracted_at", "_source"], [[...names.map((name) => values[name] ?? null), "2026-01-01 00:00:00", "day 1.csv"]]);
}

async function staged(warehouse: TestWarehouse, column: string, values: Values): Promise<string | null> {
  await land(warehouse, values);
  return (await warehouse.rows(`select ${column} from stg_web__events`))[0]?.[0] ?? null;
}

const cleaned: readonly (readonly [string, Values, string | null])[] = [
  ["id", { "Event ID": "7" }, "7"],
  ["state", { state: "  A  b " }, "a b"], ["state", { state: "1" }, "active"], ["state", { state: "N/A" }, "none"], ["state", { state: null }, "none"], ["state", { state: "" }, "none"],
  ["code", { code: "a" }, "A"], ["code", { code: null }, null], ["soft", { soft: "b" }, null], ["soft", { soft: "a" }, "A"],
  ["day", { day: "31/12/2020" }, "2020-12-31"], ["day", { day: null }, null], ["soft_day", { soft_day: "31/13/2020" }, null], ["soft_day", { soft_day: "" }, null],
  ["cents", { cents: "1999" }, "19.99"], ["cents", { cents: "10000001" }, "100000.01"], ["amount", { amount: "12,5" }, "12.50"], ["amount", { amount: "x" }, null], ["amount", { amount: null }, "0.00"],
  ["payload", { payload: '{"a": {"b": "x"}}' }, "X"],
  ["born", { born: "20541" }, "2026-03-29"], ["born", { born: "-1" }, "1969-12-31"], ["born", { born: null }, null],
  ["sent_s", { sent_s: "1774746000" }, "2026-03-29 01:00:00"], ["sent_s", { sent_s: "1774746000.9999999" }, "2026-03-29 01:00:00.999999"],
  ["sent_ms", { sent_ms: "1774746000123" }, "2026-03-29 01:00:00.123"], ["sent_ms", { sent_ms: "-1" }, "1969-12-31 23:59:59.999"], ["sent_ms", { sent_ms: "x" }, null],
  ["sent_us", { sent_us: "1774746000123456" }, "2026-03-29 01:00:00.123456"], ["sent_ns", { sent_ns: '{"ns": 1774746000123456789}' }, "2026-03-29 01:00:00.123456"],
  ["wall", { wall: "2026-07-01 12:00:00" }, "2026-07-01 10:00:00"], ["wall_of", { wall_of: "2026-07-01T12:00", tz: "America/New_York" }, "2026-07-01 16:00:00"],
  ["wall_of", { wall_of: "2026-07-01T12:00", tz: " NY" }, "2026-07-01 16:00:00"],
  ["amount_told", { payload: '{"a": {"b": "x", "n": 12}}' }, "12"], ["amount_told", { payload: '{"a": {"n": "x"}}' }, null], ["amount_told", { payload: "{a" }, null], ["file", {}, "day 1.csv"],
  ["code_told", { payload: '{"code": "a"}' }, "A"], ["hash_told", { payload: '{"code": "a"}' }, createHash("sha256").update("salta").digest("hex")],
  ["wall_told", { payload: '{"zone": "Europe/Oslo", "at": "2026-07-01 12:00:00"}' }, "2026-07-01 10:00:00"],
  ["paid", { paid: "Y" }, "true"], ["paid", { paid: "N" }, "false"], ["paid", { paid: null }, null], ["rank", { rank: "first" }, "1.00"], ["rank", { rank: "2" }, "2.00"], ["rank", { rank: "last" }, null], ["rank", { rank: null }, "0.00"],
  ["masked", { masked: "31/12/2020" }, "***"], ["masked", { masked: null }, null],
  ["secret", { secret: "x" }, "***"], ["secret", { secret: null }, null], ['"select"', { select: "3" }, "3"], ["extracted_at", {}, "2026-01-01 00:00:00"],
];

describe("staging", () => {
  it.each(cleaned)("makes of %s in %j: %s", async (column, values, expected) => {
    for (const warehouse of warehouses) expect(await staged(warehouse, column, values), warehouse.engine.dialect.name).toBe(expected);
  });

  it.each([["code", { code: "b" }], ["day", { day: "31/13/2020" }], ["cents", { cents: "x" }], ["born", { born: "1.5" }], ["sent_s", { sent_s: "2026-03-29" }], ["wall", { wall: "2026-07-01T12:00:00Z" }], ["id", { "Event ID": "7.5" }], ["hashed", { hashed: "31/13/2020" }], ["hashed_too", { hashed_too: "31/12/2020" }], ["masked", { masked: "x" }], ["paid", { paid: "yes" }]] as const)("fails on %s in %j", async (column, values) => {
    for (const warehouse of warehouses) await expect(staged(warehouse, column, values)).rejects.toThrow(/not/);
  });

  it("hashes the value, however it was written", async () => {
    const digest = createHash("sha256").update("salt2020-12-31").digest("hex");
    for (const warehouse of warehouses) {
      expect(await staged(warehouse, "hashed", { hashed: "31/12/2020" })).toBe(digest);
      expect(await staged(warehouse, "hashed_too", { hashed_too: "2020-12-31" })).toBe(digest);
    }
  });

  it("casts what takes several lines over several lines", () => {
    expect(warehouses[0]?.models.get("stg_web__events")).toContain('{{ strict_boolean(\n            "case paid\\n"\n            ~ "    when \'Y\' then \'true\'\\n"');
  });

  it("does not offer what is dropped", () => {
    expect(warehouses[0]?.models.get("stg_web__events")).not.toContain("dropped");
  });

  it("finds the values that it could not take where it only warns", async () => {
    for (const warehouse of warehouses) {
      const { design, engine } = warehouse;
      const [table] = design.model.sources;
      if (table === undefined) throw new Error("no table");
      const macros = new Map(strictCastMacros(design).map((one) => [one.name, one]));
      const failing = async (name: string, value: string | null): Promise<string | null | undefined> => {
        const column = table.columns.find((one) => one.name === name);
        const condition = column === undefined ? null : cleaningFailures(column, table, engine.dialect);
        if (condition === null) return undefined;
        await land(warehouse, { [column?.readFrom ?? name]: value });
        return (await warehouse.rows(`select count(*) from raw_events where ${resolveJinja(condition, engine.dialect, macros)}`))[0]?.[0];
      };
      expect([await failing("soft", "b"), await failing("soft", "a"), await failing("soft", null)]).toEqual(["1", "0", "0"]);
      expect([await failing("soft_day", "31/13/2020"), await failing("soft_day", "31/12/2020"), await failing("soft_day", "")]).toEqual(["1", "0", "0"]);
      expect([await failing("amount", "1,5x"), await failing("amount", "1,5"), await failing("amount", null)]).toEqual(["1", "0", "0"]);
      expect([await failing("amount_told", "{a"), await failing("amount_told", '{"a": {"n": "x"}}'), await failing("amount_told", "{}"), await failing("amount_told", null)]).toEqual(["1", "1", "0", "0"]);
      expect(await failing("day", "31/13/2020")).toBeUndefined();
    }
  });
});

describe("of rows with one key", () => {
  it("the one loaded last counts where the stated columns tie", async () => {
    const files = await compiled(`
contract:
  name: web.rides
  primary_key: [id]
  deduplicate: {keep: latest, by: [started_at]}
  schema: [{column: id, type: integer}, {column: fare, type: integer}, {column: started_at, type: timestamp}]
pipeline: {name: web, extract: {source_system: web, connection: 'files:landing/*/{table}.csv'}}
settings: {project: web}
`);
    expect(files.get("dbt/models/staging/web/stg_web__rides.sql")).toMatch(/order by\s+started_at desc nulls last,\s+extracted_at desc nulls last,\s+fare desc nulls last/);
    expect(files.get("dbt/models/staging/web/_stg_web__sources.yml")).not.toContain("meta: {}");
  });
});

describe("a default", () => {
  it("is quoted where nobody says of what type the source's column is, so that a text may stand there too", async () => {
    const columns = ["amount: integer", "is_paid: boolean", "paid_on: date"].map((one) => one.split(": ")).map(([name, type], index) => `{column: ${name}, type: ${type}, clean: [{default: ${["0", "false", '"1900-01-01"'][index]}}]}`);
    const spec = (physical: string): string => `
contract: {name: web.rides, primary_key: [id], schema: [{column: id, type: integer}, ${columns.map((one) => one.replace(/type: (\w+)/, `type: $1${physical}`)).join(", ")}]}
settings: {project: web}
`;
    const staging = async (physical: string): Promise<string> => (await compiled(spec(physical))).get("dbt/models/staging/web/stg_web__rides.sql") ?? "";
    const unknown = await staging("");
    for (const sql of ["coalesce(amount, '0')", "coalesce(is_paid, 'false')", "coalesce(paid_on, '1900-01-01')"]) expect(unknown).toContain(sql);
    const known = await staging(", physical_type: $1");
    for (const sql of ["coalesce(amount, 0)", "coalesce(is_paid, false)", "coalesce(paid_on, cast('1900-01-01' as date))"]) expect(known).toContain(sql);
  });
});
