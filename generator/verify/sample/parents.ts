import type { Model } from "../../model/types.ts";
import type { SampleRow, TableState } from "./state.ts";

/** Columns that name a row of the same table, and those that name the one above it, by staging name. */
export interface Parentage {
  readonly key: readonly string[];
  readonly parent: readonly string[];
}

/** The hierarchies of any depth that a table holds: a data test of the project expects no circle in them. */
export function parentagesOf(table: string, model: Model): readonly Parentage[] {
  return model.bridges.flatMap((bridge) => {
    const dimension = model.dimensions.find((one) => one.name === bridge.member.dimension);
    if (bridge.kind !== "hierarchy" || dimension?.kind !== "table" || dimension.rows.base.reference.id !== table) return [];
    const { alias } = dimension.rows.base;
    const columns = [...dimension.naturalKey, ...dimension.attributes];
    const plain = (name: string): readonly string[] => columns.flatMap((one) => (one.name === name && one.value.kind === "column" && one.value.input === alias ? [one.value.name] : []));
    const key = bridge.parent.flatMap(({ member }) => plain(member));
    const parent = bridge.parent.flatMap(({ attribute }) => plain(attribute));
    return key.length === parent.length && key.length === bridge.parent.length ? [{ key, parent }] : [];
  });
}

/** Lets a row lie below one that came before it, or below none: then no two ever lie above each other, however they change. */
export function placeBelow(row: Map<string, string | null>, { parentages, members }: TableState): void {
  for (const { key, parent } of parentages) {
    const known = [...members.values()].map((one) => textOf(one.row, key));
    const found = known.indexOf(textOf(row, key));
    const own = found < 0 ? known.length : found;
    if (parent.some((name) => (row.get(name) ?? null) === null)) continue;
    const stated = known.indexOf(textOf(row, parent));
    if (stated >= 0 && stated < own) continue;
    const above = own === 0 ? row : ([...members.values()][(own - 1) >> 1]?.row ?? row);
    for (const [index, name] of parent.entries()) row.set(name, above.get(key[index] ?? "") ?? null);
  }
}

function textOf(row: SampleRow, columns: readonly string[]): string {
  return JSON.stringify(columns.map((name) => row.get(name) ?? null));
}
