import { within } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { FactSpec } from "../../../spec/types.ts";
import type { Fact } from "../../fact.ts";
import { factModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { isUsableTime } from "../sources/zone.ts";
import type { Readable, ReadableColumn } from "../rows/readable.ts";

/** The base of an accumulating snapshot whose milestones are events: what it shows once events of a process are one row, and how they become one. */
export interface EventBase {
  readonly readable: Readable;
  readonly events: NonNullable<Fact["events"]>;
}

/** Turns a table with a row per event into one with a row per process, a column per milestone; null where that cannot be (reported). */
export function eventBase(base: Readable, spec: FactSpec, context: LinkContext): EventBase | null {
  const stated = spec.milestone_events;
  if (stated === null) return null;
  const { columns, table } = base;
  if (table === null || spec.fact_type !== "accumulating_snapshot") return wrongSource(base, spec, context);
  const find = (name: string, ...at: readonly (string | number)[]): ReadableColumn | null => columnOf(name, base, spec, context, at);
  const type = find(stated.type, "type");
  const time = find(stated.time, "time");
  const by = stated.by.map((one, index) => find(one, "by", index));
  const process = spec.grain_key.map((one, index) => columnOf(one, base, spec, context, [index], "grain_key"));
  if (process.length === 0 || by.length === 0) return incomplete(spec, process.length === 0, context);
  if (type === null || time === null || by.includes(null) || process.includes(null)) return null;
  const origin = within(spec.origin, "milestone_events");
  if (!isUsableTime({ name: time.name, type: time.type, zone: null }, "a milestone", within(origin, "time"), context.log)) return null;
  if (type.type.kind !== "string") {
    context.log.add(factDiagnostics.report("milestone-events", { origin: within(origin, "type") }, { name: factModel(spec.name), reason: `'${type.name}' is no text`, help: "name the column that says in words what happened." }));
    return null;
  }
  const milestones = spec.milestones.map(({ name, event }) => ({ column: `${name}_${time.type.kind === "date" ? "on" : "at"}`, event: event ?? name }));
  const own = new Set([type.name, time.name, ...stated.by]);
  const known = process.flatMap((one) => one ?? []);
  const shown = milestones.map(({ column, event }): ReadableColumn => ({ ...time, name: column, otherName: null, description: `When ${event} happened.` }));
  const order = [...by.flatMap((one) => one ?? []), ...table.primaryKey.flatMap((name) => columns.find((one) => one.name === name) ?? [])];
  const events = { process: known.map(named), type: type.name, time: named(time), order: [...new Map(order.map((one) => [one.name, named(one)])).values()], milestones };
  const rest = columns.filter((one) => !own.has(one.name) || known.includes(one));
  return { readable: { ...base, columns: [...rest, ...shown], keys: [known.map((one) => one.name)] }, events };
}

function named({ name, type }: ReadableColumn): { readonly name: string; readonly type: ReadableColumn["type"] } {
  return { name, type };
}

function columnOf(name: string, base: Readable, spec: FactSpec, context: LinkContext, at: readonly (string | number)[], key = "milestone_events"): ReadableColumn | null {
  const { columns } = base;
  const bare = name.startsWith(`${base.id}.`) ? name.slice(base.id.length + 1) : name;
  const found = columns.find((one) => one.name === bare);
  if (found !== undefined) return found;
  if (base.refuses(bare)) return null;
  const known = columns.map((one) => one.name);
  const help = `${didYouMean(bare, known)}${base.id} has ${known.join(", ")}.`;
  context.log.add(factDiagnostics.report("milestone-events", { origin: within(spec.origin, key, ...at) }, { name: factModel(spec.name), reason: `${base.id} has no column '${name}'`, help }));
  return null;
}

function incomplete(spec: FactSpec, process: boolean, context: LinkContext): null {
  const name = factModel(spec.name);
  const missing = process
    ? { reason: "nothing says which events belong together", help: "state grain_key: [columns] that are the same in all events of a process." }
    : { reason: "nothing says which of two events of a type counts", help: "add by: [columns] that grow with every event or correction, such as its number." };
  context.log.add(factDiagnostics.report("milestone-events", { origin: within(spec.origin, "milestone_events"), pointer: "key" }, { name, ...missing }));
  return null;
}

function wrongSource(base: Readable, spec: FactSpec, context: LinkContext): null {
  const reason = spec.fact_type === "accumulating_snapshot" ? `${base.id} is no contract` : "it is no accumulating snapshot";
  const help = spec.fact_type === "accumulating_snapshot" ? "name the contract with a row for each event as its source." : "add fact_type: accumulating_snapshot, or remove milestone_events.";
  context.log.add(factDiagnostics.report("milestone-events", { origin: within(spec.origin, "milestone_events"), pointer: "key" }, { name: factModel(spec.name), reason, help }));
  return null;
}
