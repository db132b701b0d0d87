import type { Dimension } from "./dimension.ts";

/** A dbt model below a dimension: joined current rows, the snapshot that watches them, what is worked out of a history, or the keys that facts name. */
export interface ModelBelow {
  readonly kind: "joined" | "snapshot" | "versioned" | "referenced";
  readonly name: string;
}

/** The dbt models below a dimension, in the order in which rows flow through them; the keys that facts name come last. */
export function modelsBelow(dimension: Dimension): readonly ModelBelow[] {
  if (dimension.kind !== "table") return [];
  const { joined, versioned, referenced } = dimension.models;
  const snapshot = dimension.history.kind === "snapshot" ? dimension.history.snapshot : null;
  const histories = dimension.joinedHistories.map(({ versions }) => ["versioned", versions.models.versioned] as const);
  const all = [...histories, ["joined", joined], ["snapshot", snapshot], ["versioned", versioned], ["referenced", referenced]] as const;
  return all.flatMap(([kind, name]) => (name === null ? [] : [{ kind, name }]));
}
