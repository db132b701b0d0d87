import { within } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { Expression } from "../../expression.ts";
import type { Fact } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import { dimensionModel, validName } from "../../names.ts";
import { parts } from "../refusals.ts";
import { meantBy, resolveColumn } from "../rows/columns.ts";
import { isKeyType } from "../rows/names.ts";
import { coversKey } from "../rows/unique-keys.ts";
import type { FactDraft } from "./draft.ts";

/** The columns that make one row of a fact: stated, or the primary key of its source; what is refused is reported and left out. */
export function linkGrain(draft: FactDraft): Fact["grain"] {
  const { spec, linked, context } = draft;
  const stated = spec.grain_key.length > 0;
  const names = stated ? spec.grain_key : primaryKey(draft);
  const unclear = linked.base.readable.refuses(parts.key);
  if (names.length === 0) {
    if (draft.source !== null) context.refused.add(draft.name, parts.all);
    if (unclear) return [];
    context.log.add(
      factDiagnostics.report(
        "grain-without-key",
        { origin: spec.origin, pointer: "key" },
        { name: draft.name, source: linked.base.readable.id, help: grainHelp(draft) },
      ),
    );
    return [];
  }
  const columns = names.map((name, index) => {
    const origin = stated ? within(spec.origin, "grain_key", index) : within(spec.origin, "source");
    const value = resolveColumn(columnOf(name, draft), linked.scope, origin, context.log);
    if (value === null) return null;
    const type = value.type ?? scalar("string");
    const bare = value.kind === "column" ? value.name : validName(name.slice(name.lastIndexOf(".") + 1));
    return isKeyType(bare, type, origin, context) ? { name: bare, type, value } : null;
  });
  const grain = columns.flatMap((one) => one ?? []);
  if (grain.length < columns.length) context.refused.add(draft.name, parts.key, ...names.flatMap((one) => [one, ...meantBy(one, linked.scope)]));
  else if (!unclear) {
    requireOneRow(
      grain.map((one) => one.value),
      draft,
    );
  }
  return grain;
}

/** A roll-up says itself what it groups by: most often all it points to and keeps. */
function grainHelp({ spec, source, linked }: FactDraft): string {
  if (source === null) return `give ${linked.base.readable.id} a primary_key in its contract, or state grain_key: [columns].`;
  const kept = [...spec.foreign_keys.map((one) => one.role ?? dimensionModel(one.dimension)), ...spec.degenerate_dimensions.map((one) => one.name)];
  const example = kept.length > 0 ? kept : source.foreignKeys.slice(0, 2).map((one) => one.alias);
  return `a roll-up states what it groups by: grain_key: [${example.join(", ")}].`;
}

function primaryKey({ linked }: FactDraft): readonly string[] {
  const { readable } = linked.base;
  return readable.primaryKey.map((one) => `${readable.id}.${one}`);
}

/** The grain of a roll-up may name a dimension or role of its source; it means that key. A bare name is sought in the base first. */
function columnOf(name: string, { source, linked }: FactDraft): string {
  const key = source?.foreignKeys.find((one) => one.alias === name || one.dimension === dimensionModel(name));
  if (key !== undefined && linked.scope.lookup(name, null).kind !== "found") return key.name;
  const inBase = linked.scope.lookup(name, linked.base.readable.id);
  return inBase.kind === "found" ? `${linked.base.readable.id}.${name}` : name;
}

/** A roll-up groups by its grain; anything else must be unique by its contract. */
function requireOneRow(grain: readonly Expression[], draft: FactDraft): void {
  const { spec, source, linked, context } = draft;
  const { alias, readable } = linked.base;
  if (source !== null) return;
  const columns = grain.flatMap((one) => (one.kind === "column" && one.input === alias ? [one.name] : []));
  if (coversKey(columns, readable.keys)) return;
  const place = within(spec.origin, "grain_key");
  const [key] = readable.keys;
  if (key === undefined)
    context.log.add(factDiagnostics.report("grain-without-key", { origin: place }, { name: draft.name, source: readable.id, help: grainHelp(draft) }));
  else
    context.log.add(
      factDiagnostics.report(
        "grain-not-unique",
        { origin: place },
        { source: readable.id, key: key.join(", "), grain: spec.grain_key.join(", ") },
      ),
    );
}
