import { within } from "../../diagnostics/origin.ts";
import type { EntityDimension } from "../../model/dimension.ts";
import type { Decision, Rule } from "../types.ts";

const deletes = {
  close: "A deleted member's version ends; facts after that point to the unknown member.",
  ignore: "A deleted member stays as it was last seen.",
  tombstone: "A deleted member gets a version that says is_deleted.",
} as const;

/** The same where rows are members, not versions. */
const deletesOfMembers = {
  close: "A deleted member leaves the dimension; facts point to the unknown member.",
  ignore: "A deleted member stays as it was last seen.",
  tombstone: "A deleted member stays and says is_deleted.",
} as const;

const firstVersions = {
  beginning: "The first version of a member counts from 1900-01-01, so facts older than what we saw find it.",
  first_seen: "The first version starts when it was first seen; older facts point to the unknown member.",
} as const;

/** What becomes of deleted members, and of facts older than a member, in dimensions that remember. */
export const memberLifecycle: Rule = {
  name: "member-lifecycle",
  apply: ({ model }) => ({
    decisions: model.dimensions.flatMap((one) => (one.kind !== "table" || one.history.kind === "current" ? [] : decisions(one))),
  }),
};

function decisions(dimension: EntityDimension): readonly Decision[] {
  const base = { rule: "member-lifecycle", subject: dimension.name };
  const versions = dimension.scdType === 2;
  const meanings = versions ? deletes : deletesOfMembers;
  const ofDeletes: Decision = {
    ...base,
    topic: "deletes",
    choice: dimension.deletes,
    because: meanings[dimension.deletes],
    alternatives: losers(meanings, dimension.deletes),
    origin: within(dimension.origin, "deletes"),
  };
  if (!versions) return [ofDeletes];
  return [
    ofDeletes,
    {
      ...base,
      topic: "first version",
      choice: dimension.firstVersionFrom,
      because: firstVersions[dimension.firstVersionFrom],
      alternatives: losers(firstVersions, dimension.firstVersionFrom),
      origin: within(dimension.origin, "first_version_from"),
    },
  ];
}

function losers(options: Readonly<Record<string, string>>, choice: string): Decision["alternatives"] {
  return Object.entries(options).flatMap(([other, because]) =>
    other === choice ? [] : [{ choice: other, because: `Not asked for: ${because.charAt(0).toLowerCase()}${because.slice(1)}` }],
  );
}
