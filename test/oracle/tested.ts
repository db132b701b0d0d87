import type { Lookup } from "./interpreter/facts.ts";
import type { Attribute, Dimension } from "./interpreter/types.ts";

/** The kinds of history that sources have. */
export const KINDS = ["log", "state", "extract"] as const;

/** A kind of history. */
export type Kind = (typeof KINDS)[number];

/** A dimension under test: what the YAML beside says of it, and the columns of its key. */
export interface Tested {
  readonly name: string;
  readonly kind: Kind;
  readonly table: "members" | "pairs" | "places" | "sites" | "shares" | "stakes";
  readonly key: readonly string[];
  readonly dimension: Dimension;
  /** The places that are joined to it: with their history, or as they are now. */
  readonly places?: { readonly kind: Kind; readonly holds: "then" | "today" };
  /** The column that names a row of another table, and that table: a small one beside a history. */
  readonly beside?: { readonly key: string; readonly table: string };
  /** The column that points to a row of another dimension, the column of both that says which, and that dimension. */
  readonly outrigger?: { readonly key: string; readonly on: string; readonly table: string };
}

/** A table with a row for each combination of values that there is: a mini-dimension or a junk dimension. */
export interface Combinations {
  readonly name: string;
  readonly columns: readonly string[];
  /** The table that tells who had which combination when; null where rows of facts hold the values. */
  readonly history: Tested | null;
}

/** A foreign key of a fact: to a version of a member, or to what it had or was. */
export type TestedKey =
  | { readonly dimension: Tested; readonly lookup: Lookup }
  | { readonly combinations: Combinations; readonly lookup: Lookup };

/** A fact under test: its rows, the columns that are compared as they are, and its foreign keys. */
export interface TestedFact {
  readonly name: string;
  readonly rows: "sales" | "stops" | "visits" | "progress" | "steps" | "swapped" | "periods";
  readonly kind: Kind | "till";
  /** The column that tells whose row it is, as a number in eights of a stream. */
  readonly id: string;
  readonly columns: readonly string[];
  /** When members are looked up: at an instant, or on a day. */
  readonly time: "at" | "on";
  readonly keys: readonly TestedKey[];
  readonly period?: { readonly length: "day" | "week" | "month"; readonly through: "latest_row" | "run"; readonly holds: "sums" | "readings" | "both" };
}

const label: Attribute = { name: "label", source: "label", scd: 1 };
const firstCity: Attribute = { name: "first_city", source: "city", scd: 0 };
const price: Attribute = { name: "price", source: "price", scd: 3, beside: "price_before" };
const city = (scd: 1 | 2): Attribute => ({ name: "city", source: "city", scd });

const members = { table: "members", key: ["member_id"] } as const;
const pairs = { table: "pairs", key: ["part_a", "part_b"] } as const;
const one = { type: 1, deletes: "close", firstVersionFrom: "beginning" } as const;
const two = { type: 2, deletes: "close", firstVersionFrom: "beginning" } as const;
const band: Attribute = { name: "price_band", source: "price", scd: 2, bands: [["below 0.5", 50n], ["0.5 to below 1.05", 105n], ["1.05 and above", null]] };

const ofKinds = KINDS.flatMap((kind): readonly Tested[] => [
  { kind, ...members, name: `dim_${kind}_plain`, dimension: { ...one, attributes: attributes(1) } },
  { kind, ...members, name: `dim_${kind}_closed`, dimension: { ...two, attributes: attributes(2) } },
  { kind, ...pairs, name: `dim_${kind}_seen`, dimension: { ...two, attributes: attributes(2), firstVersionFrom: "first_seen" } },
  { kind, ...members, name: `dim_${kind}_ignored`, dimension: { ...two, attributes: attributes(2), deletes: "ignore" } },
  { kind, ...pairs, name: `dim_${kind}_buried`, dimension: { ...two, attributes: attributes(2), deletes: "tombstone" } },
  { kind, ...pairs, name: `dim_${kind}_mixed`, dimension: { ...two, attributes: [price, firstCity, { name: "city", source: "city", scd: 6, beside: "city_today" }, label], firstVersionFrom: "first_seen" } },
  { kind, ...members, name: `dim_${kind}_card`, dimension: { ...one, attributes: [label, firstCity, city(1), price], deletes: "tombstone" } },
  { kind, ...pairs, name: `dim_${kind}_kept`, dimension: { ...one, attributes: attributes(1), deletes: "ignore" } },
  { kind, ...members, name: `dim_${kind}_inferred`, dimension: { ...two, attributes: attributes(2), stub: { label: "Unknown", city: "Unknown", price: null } } },
  { kind, ...members, name: `dim_${kind}_desk`, dimension: { ...one, attributes: attributes(1) } },
  { kind, ...members, name: `dim_${kind}_host`, dimension: { ...one, attributes: [label] } },
]);

/** Histories beside small tables; facts do not point to them. */
const histories = KINDS.flatMap((kind): readonly Tested[] => [
  { kind, ...members, name: `dim_${kind}_desk_history`, dimension: { ...two, attributes: attributes(2) }, beside: { key: `${kind}_desk_key`, table: `dim_${kind}_desk` } },
  { kind, ...members, name: `dim_${kind}_profile_history`, dimension: { ...two, attributes: [band, city(2)] }, beside: { key: `${kind}_host_key`, table: `dim_${kind}_host` } },
]);

const joined: readonly Tested[] = [
  { kind: "log", ...members, name: "dim_log_placed", outrigger: { key: "log_place_key", on: "place_id", table: "dim_log_place" }, places: { kind: "log", holds: "then" }, dimension: { ...two, attributes: placed(2) } },
  { kind: "log", ...members, name: "dim_log_listed", places: { kind: "extract", holds: "then" }, dimension: { ...two, attributes: placed(2), deletes: "tombstone" } },
  { kind: "extract", ...members, name: "dim_extract_placed", places: { kind: "log", holds: "then" }, dimension: { ...two, attributes: placed(2), firstVersionFrom: "first_seen" } },
  { kind: "state", ...members, name: "dim_state_placed", places: { kind: "state", holds: "then" }, dimension: { ...two, attributes: placed(2) } },
  { kind: "log", ...members, name: "dim_log_today", places: { kind: "state", holds: "today" }, dimension: { ...two, attributes: placed(1) } },
];

const places = { table: "places", key: ["place_id"] } as const;
const sites = { table: "sites", key: ["site_a", "site_b"] } as const;
const shares = { table: "shares", key: ["place_id", "member_id"] } as const;
const stakes = { table: "stakes", key: ["site_a", "site_b", "part_a", "part_b"] } as const;
const below = (street: 1 | 2, above: 1 | 2, names: readonly string[] = ["above_id"]): readonly Attribute[] => [{ name: "street", source: "street", scd: street }, ...names.map((name): Attribute => ({ name, source: name, scd: above }))];
const held = { ...two, attributes: [{ name: "share", source: "share", scd: 2 }], firstVersionFrom: "first_seen" } as const;

/** Places that lie below each other, and who has shares of them. */
const shared: readonly Tested[] = [
  { kind: "log", ...places, name: "dim_log_place", dimension: { ...one, attributes: below(1, 1) } },
  { kind: "state", ...places, name: "dim_state_place", dimension: { ...two, attributes: below(1, 2) } },
  { kind: "extract", ...places, name: "dim_extract_place", dimension: { ...two, attributes: below(2, 2), deletes: "tombstone" } },
  { kind: "log", ...sites, name: "dim_log_site", dimension: { ...two, attributes: below(2, 2, ["above_a", "above_b"]) } },
  { kind: "state", ...sites, name: "dim_state_site", dimension: { ...one, attributes: below(1, 1, ["above_a", "above_b"]) } },
  { kind: "log", ...shares, name: "dim_log_share", dimension: held },
  { kind: "state", ...shares, name: "dim_state_share", dimension: held },
  { kind: "extract", ...shares, name: "dim_extract_share", dimension: { ...held, deletes: "tombstone" } },
  { kind: "log", ...stakes, name: "dim_log_stake", dimension: held },
];

/** All dimensions of the tested warehouse that hold members. */
export const DIMENSIONS: readonly Tested[] = [...ofKinds, ...histories, ...joined, ...shared];

/** All tables of combinations. */
export const COMBINATIONS: readonly Combinations[] = [
  ...KINDS.map((kind) => ({ name: `dim_${kind}_profile`, columns: ["price_band", "city"], history: dimensionNamed(`dim_${kind}_profile_history`) })),
  { name: "dim_till_flags", columns: ["channel", "is_gift"], history: null },
];

const sales = { rows: "sales", kind: "till", id: "sale_id", columns: ["sale_id", "amount", "sold_date_key"] } as const;
const some = ["dim_log_plain", "dim_log_closed", "dim_extract_mixed", "dim_state_buried", "dim_log_inferred", "dim_state_placed"].map(dimensionNamed);

const exact = { early: "unknown", moment: "instant" } as const;
const stops: readonly TestedKey[] = [
  { dimension: dimensionNamed("dim_log_closed"), lookup: exact },
  { dimension: dimensionNamed("dim_log_seen"), lookup: { early: "first_version", moment: "instant" } },
  { dimension: dimensionNamed("dim_log_place"), lookup: { early: "unknown", moment: "any" } },
  { dimension: dimensionNamed("dim_state_place"), lookup: exact },
  { dimension: dimensionNamed("dim_extract_place"), lookup: exact },
  { dimension: dimensionNamed("dim_log_site"), lookup: exact },
  { dimension: dimensionNamed("dim_state_site"), lookup: { early: "unknown", moment: "any" } },
];
const orders = { rows: "swapped", id: "order_id", columns: ["order_id", "amount", "member_id", "ordered_date_key"], time: "at" } as const;

/** All facts of the tested warehouse that are built of a source as it is now. */
export const FACTS: readonly TestedFact[] = [
  saleFact("fct_sales", [...ofKinds.filter((tested) => !tested.name.endsWith("_host")), ...joined], COMBINATIONS),
  saleFact("fct_sales_merged", some, []),
  saleFact("fct_sales_replaced", some, []),
  ...(["end_of_day", "start_of_day"] as const).map((moment): TestedFact => ({
    ...sales,
    name: moment === "end_of_day" ? "fct_sales_ends" : "fct_sales_starts",
    time: "on",
    keys: ofKinds.filter((tested) => /_(closed|seen)$/.test(tested.name)).map((dimension) => ({ dimension, lookup: { early: dimension.name.endsWith("_seen") ? "first_version" : "unknown", moment } })),
  })),
  { name: "fct_stops", rows: "stops", kind: "till", id: "sale_id", columns: ["sale_id", "till_number", "place_id", "amount", "paid_count", "sold_date_key"], time: "at", keys: stops },
  { ...orders, name: "fct_state_swapped", kind: "state", keys: [{ dimension: dimensionNamed("dim_state_closed"), lookup: exact }] },
  { ...orders, name: "fct_log_swapped", kind: "log", keys: [{ dimension: dimensionNamed("dim_log_closed"), lookup: exact }] },
  { name: "fct_order_steps", rows: "steps", kind: "till", id: "order_id", columns: ["order_id", "amount", "ordered_date_key", "packed_date_key", "shipped_date_key", "ordered_to_packed_days", "ordered_to_shipped_hours"], time: "at", keys: [{ dimension: dimensionNamed("dim_log_closed"), lookup: exact }] },
  { name: "fct_visits", rows: "visits", kind: "till", id: "visit_id", columns: ["visit_id", "visited_date_key", "pages"], time: "on", keys: [] },
  ...KINDS.map((kind): TestedFact => ({
    name: `fct_${kind}_progress`,
    rows: "progress",
    kind,
    id: "order_id",
    columns: ["order_id", "amount", "ordered_date_key", "packed_date_key", "shipped_date_key", "ordered_to_packed_days", "ordered_to_shipped_hours"],
    time: "at",
    keys: [{ dimension: dimensionNamed(`dim_${kind}_closed`), lookup: { early: "unknown", moment: "instant" } }],
  })),
  periodFact("fct_log_days", "log", "log", { length: "day", through: "latest_row", holds: "sums" }),
  periodFact("fct_log_months", "log", "log", { length: "month", through: "run", holds: "readings" }),
  periodFact("fct_state_weeks", "state", "state", { length: "week", through: "run", holds: "both" }),
  periodFact("fct_sales_weeks", "till", "state", { length: "week", through: "latest_row", holds: "both" }),
  periodFact("fct_extract_days", "extract", "extract", { length: "day", through: "latest_row", holds: "readings" }),
  periodFact("fct_extract_weeks", "extract", "extract", { length: "week", through: "run", holds: "readings" }),
];

/** The fact of this name. */
export function factNamed(name: string): TestedFact {
  const found = FACTS.find((tested) => tested.name === name);
  if (found === undefined) throw new Error(`no fact ${name}`);
  return found;
}

/** The dimension of this name. */
export function dimensionNamed(name: string): Tested {
  const found = [...ofKinds, ...histories, ...joined, ...shared].find((tested) => tested.name === name);
  if (found === undefined) throw new Error(`no dimension ${name}`);
  return found;
}

/** Names of the columns that show the attributes of a dimension, in its order. */
export function columnsOf({ attributes: all }: Dimension): readonly string[] {
  return all.flatMap(({ name, beside }) => (beside === undefined ? [name] : [name, beside]));
}

/** The column that holds the key of a table. */
export function keyOfTable(name: string): string {
  return `${name.replace("dim_", "")}_key`;
}

function saleFact(name: string, dimensions: readonly Tested[], combinations: readonly Combinations[]): TestedFact {
  const keys = dimensions.map((dimension): TestedKey => ({ dimension, lookup: { early: "unknown", moment: dimension.dimension.type === 1 ? "any" : "instant" } }));
  return { ...sales, name, time: "at", keys: [...keys, ...combinations.map((found): TestedKey => ({ combinations: found, lookup: { early: "unknown", moment: "instant" } }))] };
}

function periodFact(name: string, kind: Kind | "till", entity: Kind, period: NonNullable<TestedFact["period"]>): TestedFact {
  const dimension = dimensionNamed(`dim_${entity}_closed`);
  const summed = period.holds === "readings" ? [] : ["paid", "order_count", "greatest", "balance"];
  const read = period.holds === "sums" ? [] : ["reading", "reading_or_zero"];
  const lookup = { early: "unknown", moment: "end_of_day" } as const;
  return { name, rows: "periods", kind, id: "member_id", columns: ["member_id", "period_end", "date_key", ...summed, ...read], time: "on", keys: [{ dimension, lookup }], period };
}

function placed(street: 1 | 2): readonly Attribute[] {
  return [label, city(2), { name: "place_id", source: "place_id", scd: 2 }, { name: "street", source: "street", scd: street }];
}

function attributes(type: 1 | 2): readonly Attribute[] {
  return [label, city(type), { name: "price", source: "price", scd: type }];
}
