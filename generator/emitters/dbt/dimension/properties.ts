import { builtInColumns } from "../../../model/calendar.ts";
import { rowAttributes, sharedAttributes } from "../../../model/attributes.ts";
import type { Attribute, DateDimension, DimensionColumn, EntityDimension, Outrigger, TimeDimension } from "../../../model/dimension.ts";
import { scalar } from "../../../model/logical-type.ts";
import { MEMBER_COLUMNS } from "../../../model/member-load.ts";
import { entityOf } from "../../../model/names.ts";
import type { Design } from "../../../rules/types.ts";
import type { DataTest } from "../properties/data-tests.ts";
import { existsIn, holds, notNull, unique, uniqueCombination } from "../properties/data-tests.ts";
import { columnProse } from "../properties/describe.ts";
import type { ColumnProperties, ModelProperties } from "../properties/model-properties.ts";
import { sentence, words } from "../properties/prose.ts";
import { snapshotKey } from "./snapshot.ts";
import { identifier } from "../sql/expression.ts";

/** A dimension: its keys, its members, and in Type 2 the rules that versions keep. */
export function dimensionProperties(dimension: EntityDimension, design: Design): ModelProperties {
  const versions = dimension.scdType === 2;
  const row = dimension.naturalKey.length === 0 ? "One row per combination of values." : versions ? `One row per version of a ${words(entityOf(dimension.historyOf ?? dimension.entity))}.` : `One row per ${words(dimension.entity)}.`;
  return {
    name: dimension.name,
    description: [sentence(dimension.description), row, "The keys -1 (unknown) and -2 (not applicable) are reserved."]
      .filter((one) => one !== "")
      .join(" "),
    owner: dimension.owner,
    access: "public",
    contract: true,
    isLarge: dimension.isMerged,
    tests: [...(versions ? versionTests(dimension, design) : naturalKeyTests(dimension, design)), ...hierarchyTests(dimension, design)],
    columns: tableColumns(dimension),
  };
}

/** The columns of a dimension in the order of its table. */
export function tableColumns(dimension: EntityDimension): readonly ColumnProperties[] {
  const versions = dimension.scdType === 2;
  return [
    ...keyColumns(dimension),
    ...memberColumns(dimension, dimension.attributes, versions ? [] : [unique]),
    ...dimension.outriggers.map(outriggerColumn),
    ...(dimension.deletes === "tombstone" ? [deleted] : []),
    ...(dimension.infers ? [inferred] : []),
    ...(versions ? spanColumns : []),
    ...(dimension.isMerged ? MEMBER_COLUMNS : []),
  ];
}

/** The calendar, or the times of day. */
export function builtInProperties(dimension: DateDimension | TimeDimension, design: Design): ModelProperties {
  const rows = dimension.kind === "date" ? `One row per day from ${dimension.from} to ${dimension.to}.` : `One row per ${dimension.grain} of a day.`;
  return {
    name: dimension.name,
    description: `${rows} The keys -1 (unknown) and -2 (not applicable) are reserved.`,
    owner: design.model.facts[0]?.owner ?? null,
    access: "public",
    contract: true,
    tests: [],
    columns: builtInColumns(dimension).map((one, index) => ({
      ...one,
      ...(index === 0 ? { primaryKey: true, tests: [notNull, unique] } : one.name === dimension.kind ? { tests: [unique] } : {}),
    })),
  };
}

/** The current members of a dimension before history is kept: what a snapshot looks at must have sound keys. */
export function joinedProperties(dimension: EntityDimension, name: string, design: Design): ModelProperties {
  return {
    name,
    description: `One row per ${words(dimension.entity)} as it is now, with all attributes of ${dimension.name}.`,
    owner: dimension.owner,
    access: "protected",
    contract: false,
    tests: [...naturalKeyTests(dimension, design), ...guardTests(dimension, design)],
    columns: memberColumns(dimension, rowAttributes(dimension), [notNull, unique]),
  };
}

/** The versions of a dimension, or its members where it has none, as their history tells them. */
export function versionedProperties(dimension: EntityDimension, name: string, { dialect }: Design): ModelProperties {
  const key = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const versions = dimension.scdType === 2;
  const row = versions ? `One row per version of a ${words(entityOf(dimension.historyOf ?? dimension.entity))}` : `One row per ${words(dimension.entity)}`;
  return {
    name,
    description: `${row}, worked out from all changes that are known.`,
    owner: dimension.owner,
    access: "protected",
    contract: false,
    tests: [uniqueCombination(versions ? [...key, "valid_from"] : key, "key")],
    columns: [
      ...dimension.naturalKey.map((one) => ({ ...memberColumn(one), tests: [notNull] })),
      ...dimension.attributes.map(memberColumn),
      ...(dimension.deletes === "tombstone" ? [deleted] : []),
      ...(versions ? openSpanColumns : []),
    ],
  };
}

const openSpanColumns: readonly ColumnProperties[] = [
  { name: "valid_from", type: scalar("timestamp"), description: "When the version was first valid, UTC.", tests: [notNull] },
  {
    name: "valid_to",
    type: scalar("timestamp"),
    description: "When the next version or the deletion came, UTC; empty while the version is valid.",
  },
];

function keyColumns(dimension: EntityDimension): readonly ColumnProperties[] {
  const { key, durableKey } = dimension.columns;
  const entity = words(dimension.entity);
  const meaning =
    dimension.naturalKey.length === 0
      ? "Key of the combination: a hash of its values."
      : durableKey === null
      ? `Key of the ${entity}: a hash of its natural key.`
      : `Key of the version: a hash of the natural key and the time from which it was seen.`;
  return [
    { name: key, type: scalar("string"), description: meaning, primaryKey: true, tests: [notNull, unique] },
    ...(durableKey === null
      ? []
      : [
          {
            name: durableKey,
            type: scalar("string"),
            description:
              dimension.historyOf === null
                ? `Key that all versions of a ${entity} share: a hash of its natural key.`
                : `Key of the member in ${dimension.historyOf}, if it is still there: a hash of its natural key.`,
            tests: [notNull],
          },
        ]),
    ...(dimension.profile === null ? [] : [profileColumn(dimension.profile)]),
  ];
}

function outriggerColumn({ name, dimension, entity, key }: Outrigger): ColumnProperties {
  const role = name.endsWith(`_${entity}_key`) ? ` in the role ${words(name.slice(0, -entity.length - 5))}` : "";
  return { name, type: scalar("string"), description: `The ${words(entity)}${role}.`, tests: [notNull, existsIn(dimension, key)] };
}

function profileColumn({ dimension, key }: NonNullable<EntityDimension["profile"]>): ColumnProperties {
  return {
    name: key,
    type: scalar("string"),
    description: `The values of the version as a row of ${dimension}.`,
    tests: [notNull, existsIn(dimension, key)],
  };
}

/** Reserved members have no natural key, so only a single one can be tested in its column. */
function memberColumns(
  dimension: EntityDimension,
  attributes: readonly Attribute[],
  keyTests: readonly DataTest[],
): readonly ColumnProperties[] {
  const tests = dimension.naturalKey.length === 1 ? keyTests : keyTests.filter((one) => one.kind !== "unique");
  return [...dimension.naturalKey.map((one) => ({ ...memberColumn(one), tests })), ...attributes.map(memberColumn)];
}

function memberColumn(column: DimensionColumn): ColumnProperties {
  return {
    name: column.name,
    type: column.type,
    description: columnProse(column.name, column.description, column.unit),
    ...(column.pii ? { meta: { pii: true } } : {}),
  };
}

function naturalKeyTests(dimension: EntityDimension, { dialect }: Design): readonly DataTest[] {
  const key = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const reserved = dimension.scdType === 1 ? 1 : 0;
  return key.length > 1 && reserved === 0 ? [uniqueCombination(key, "key")] : [];
}

const spanColumns: readonly ColumnProperties[] = [
  {
    name: "valid_from",
    type: scalar("timestamp"),
    description: "Start of the version, UTC; the version holds from this instant on.",
    tests: [notNull],
  },
  { name: "valid_to", type: scalar("timestamp"), description: "End of the version, UTC; the version no longer holds at this instant." },
  { name: "is_current", type: scalar("boolean"), description: "True for the version that holds now.", tests: [notNull] },
];

const deleted: ColumnProperties = {
  name: "is_deleted",
  type: scalar("boolean"),
  description: "True where the member was deleted in the source.",
  tests: [notNull],
};

const inferred: ColumnProperties = {
  name: "is_inferred",
  type: scalar("boolean"),
  description: "True while only facts name the member: its attributes are not known yet.",
  tests: [notNull],
};

/** The natural keys that facts name. */
export function referencedProperties(dimension: EntityDimension, name: string, { dialect }: Design): ModelProperties {
  const facts = [...new Set(dimension.references.map((one) => one.fact))];
  return {
    name,
    description: `Every ${words(dimension.entity)} that rows of ${facts.join(", ")} name, whether ${dimension.name} knows it or not.`,
    owner: dimension.owner,
    access: "protected",
    contract: false,
    tests: dimension.naturalKey.length === 1 ? [] : [uniqueCombination(dimension.naturalKey.map((one) => identifier(one.name, dialect)), "key")],
    columns: dimension.naturalKey.map((one) => ({ ...memberColumn(one), tests: dimension.naturalKey.length === 1 ? [notNull, unique] : [notNull] })),
  };
}

/** Whether too many members are gone to be closed in one run: asked of the rows that the snapshot is about to look at. */
function guardTests(dimension: EntityDimension, { model }: Design): readonly DataTest[] {
  const { deleteGuard, history } = dimension;
  if (deleteGuard === null || history.kind !== "snapshot") return [];
  const place = { key: snapshotKey(dimension), snapshot: history.snapshot, snapshot_schema: model.project.schemas.history };
  return [{ kind: "few_departures", label: "few_departures", arguments: { ...place, share: deleteGuard } }];
}

/** Each value of a level lies under one value of the level above, as members are now. */
function hierarchyTests(dimension: EntityDimension, { dialect }: Design): readonly DataTest[] {
  const where = dimension.scdType === 2 ? { where: "is_current" } : {};
  return dimension.hierarchy.slice(1).flatMap((child, index): readonly DataTest[] => {
    const parent = dimension.hierarchy[index];
    if (parent === undefined || dimension.repeatedLevels.includes(child)) return [];
    const levels = { child: identifier(child, dialect), parent: identifier(parent, dialect) };
    return [{ kind: "one_parent", label: `${child}_in_one_${parent}`, arguments: { ...levels, ...where } }];
  });
}

function versionTests(dimension: EntityDimension, { dialect }: Design): readonly DataTest[] {
  const member = dimension.columns.durableKey ?? dimension.columns.key;
  const shared = sharedAttributes(dimension).filter((one) => one.scdType !== 1);
  const columns = shared.map((one) => identifier(one.name, dialect));
  return [
    { kind: "no_overlapping_versions", label: "no_overlap", arguments: { member } },
    { kind: "single_current_version", label: "one_current", arguments: { member } },
    holds("valid_from < valid_to", "valid_from_before_valid_to"),
    ...(columns.length === 0 ? [] : [{ kind: "same_in_all_versions", label: "same_in_all_versions", arguments: { member, columns } }]),
  ];
}
