import { builtInColumns } from "../../model/calendar.ts";
import type { Dimension, DimensionColumn, EntityDimension } from "../../model/dimension.ts";
import { scalar } from "../../model/logical-type.ts";
import { MEMBER_COLUMNS } from "../../model/member-load.ts";
import type { Model } from "../../model/types.ts";
import { originsOf, type OriginsOf } from "./origins.ts";
import { generated, type ShownColumn } from "./shown.ts";

/** The columns of a dimension in the order of its table. */
export function dimensionColumns(dimension: Dimension, model: Model): readonly ShownColumn[] {
  if (dimension.kind !== "table") return builtInColumns(dimension).map((one) => generated(one.name, one.type, one.description));
  const origins = originsOf(model, dimension.rows);
  return [
    ...keys(dimension),
    ...dimension.naturalKey.map((one) => member(one, origins, "Natural key.")),
    ...dimension.attributes.map((one) => member(one, origins, dimension.history.kind === "current" && one.scdType === 1 ? "" : `Type ${one.scdType}.`)),
    ...dimension.outriggers.map((one) => generated(one.name, scalar("string"), `Key of ${one.dimension}.`)),
    ...(dimension.deletes === "tombstone"
      ? [generated("is_deleted", scalar("boolean"), "True while the member is deleted in the source.")]
      : []),
    ...(dimension.infers
      ? [generated("is_inferred", scalar("boolean"), "True while only facts name the member: its attributes are not known yet.")]
      : []),
    ...(dimension.scdType === 2 ? versions : []),
    ...(dimension.isMerged ? MEMBER_COLUMNS.map(({ name, type, description }) => generated(name, type, description)) : []),
  ];
}

const personal = new WeakMap<Model, ReadonlyMap<string, string>>();

/** How personal data in an attribute of a dimension is kept; "" where it holds none. */
export function attributePii(model: Model, dimension: string, attribute: string): string {
  const known =
    personal.get(model) ??
    new Map(
      model.dimensions.flatMap((one) => dimensionColumns(one, model).map((column) => [`${one.name}.${column.name}`, column.pii] as const)),
    );
  personal.set(model, known);
  return known.get(`${dimension}.${attribute}`) ?? "";
}

function keys({ columns, entity, historyOf, junk, profile, profileOf }: EntityDimension): readonly ShownColumn[] {
  const text = scalar("string");
  const shared = historyOf === null ? `Key that all versions of one ${entity.replaceAll("_", " ")} share.` : `Key of the member in ${historyOf}, if it is still there.`;
  if (profileOf !== null || junk) return [generated(columns.key, text, "Surrogate key, from the values. -1 is the unknown member, -2 not applicable.")];
  if (columns.durableKey === null)
    return [generated(columns.key, text, "Surrogate key, from the natural key. -1 is the unknown member, -2 not applicable.")];
  return [
    generated(columns.key, text, "Surrogate key of the version. -1 is the unknown member, -2 not applicable."),
    generated(columns.durableKey, text, shared),
    ...(profile === null ? [] : [generated(profile.key, text, `The values as a row of ${profile.dimension}.`)]),
  ];
}

function member(column: DimensionColumn, origins: OriginsOf, note: string): ShownColumn {
  const unit = column.unit === null ? "" : `In ${column.unit}.`;
  const { from, pii } = origins(column.value);
  return {
    name: column.name,
    type: column.type,
    meaning: [closed(column.description), unit, note].filter((one) => one !== "").join(" "),
    from,
    pii: pii === "" && column.pii ? "plain" : pii,
  };
}

const versions: readonly ShownColumn[] = [
  generated("valid_from", scalar("timestamp"), "Start of the version, UTC; included."),
  generated("valid_to", scalar("timestamp"), "End of the version, UTC; not included."),
  generated("is_current", scalar("boolean"), "True for the version that holds now."),
];

function closed(text: string): string {
  const trimmed = text.trim();
  return trimmed === "" || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
