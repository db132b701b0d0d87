import { within } from "../../diagnostics/origin.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { HandWrittenSpec } from "../../spec/types.ts";
import { expressionDiagnostics } from "../diagnostics/expressions.ts";
import { handWrittenDiagnostics } from "../diagnostics/hand-written.ts";
import { rowDiagnostics } from "../diagnostics/rows.ts";
import type { HandWrittenColumn, HandWrittenModel } from "../hand-written.ts";
import type { InputReference } from "../rows.ts";
import { rowsInput, type LinkContext } from "./context.ts";
import { reportCycles } from "./cycles.ts";
import { kinds, parts } from "./refusals.ts";
import { readType } from "./types.ts";

type Setting = Pick<LinkContext, "log" | "refused" | "sources">;

/** The dbt models that are written by hand, as the specs declare them, in code-point order of their names; what was refused is reported and left out. */
export function linkHandWritten(specs: readonly HandWrittenSpec[], setting: Setting): readonly HandWrittenModel[] {
  const { log } = setting;
  const known = new Set(specs.map(({ name }) => name));
  const nodes = specs.map((one) => ({ name: one.name, to: one.reads.flatMap((text) => (known.has(text.slice(4)) && text.startsWith("ref.") ? [text.slice(4)] : [])), origin: within(one.origin, "reads") }));
  reportCycles("hand-written models", nodes, log);
  const linked = specs.map((spec) => linkModel(spec, known, setting));
  return linked.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function linkModel(spec: HandWrittenSpec, known: ReadonlySet<string>, setting: Setting): HandWrittenModel {
  const { name, origin } = spec;
  const columns = linkColumns(spec, setting);
  return {
    name,
    origin,
    description: spec.description ?? "",
    domain: spec.domain ?? "core",
    owner: spec.owner,
    columns,
    primaryKey: linkKey(spec, columns, setting),
    reads: spec.reads.flatMap((text, index) => linkRead(text, index, spec, known, setting) ?? []),
    contractEnforced: spec.contract.enforced,
  };
}

/** The columns whose types are known; names of the others are noted as refused. */
function linkColumns(spec: HandWrittenSpec, { log, refused }: Setting): readonly HandWrittenColumn[] {
  const { name, origin, primary_key: key } = spec;
  if (spec.columns.length === 0) {
    refused.add(idOf(name), parts.all);
    log.add(handWrittenDiagnostics.report("model-without-columns", { origin: within(origin, "name") }, { name }));
  }
  const seen = new Set<string>();
  return spec.columns.flatMap((one, index) => {
    const place = within(origin, "columns", index);
    if (seen.has(one.name)) log.add(rowDiagnostics.report("column-clash", { origin: within(place, "name") }, { subject: name, name: one.name, first: "a column", second: "another one" }));
    if (seen.has(one.name)) return [];
    seen.add(one.name);
    const type = readType(one.type, log, within(place, "type"));
    if (type === null) refused.add(idOf(name), one.name);
    if (type === null) return [];
    return [{ name: one.name, origin: place, type, nullable: one.nullable ?? !key.includes(one.name), description: one.description ?? "", unit: one.unit, pii: one.pii }];
  });
}

function linkKey(spec: HandWrittenSpec, columns: readonly HandWrittenColumn[], { log, refused }: Setting): readonly string[] {
  const names = columns.map(({ name }) => name);
  const id = idOf(spec.name);
  const found = spec.primary_key.filter((one, index) => {
    if (names.includes(one)) return true;
    if (!refused.has(id, one)) log.add(expressionDiagnostics.report("unknown-column", { origin: within(spec.origin, "primary_key", index) }, { name: one, suggestion: didYouMean(one, names), known: `Known here: ${names.join(", ")}.` }));
    return false;
  });
  if (found.length === spec.primary_key.length) return found;
  refused.add(id, parts.key);
  return [];
}

function linkRead(text: string, index: number, spec: HandWrittenSpec, models: ReadonlySet<string>, { log, refused, sources }: Setting): InputReference | null {
  const table = sources.get(text);
  if (table !== undefined) return rowsInput(table);
  const model = text.startsWith("ref.") ? text.slice(4) : null;
  if (model !== null && models.has(model)) return { kind: "model", id: model, model };
  if (refused.has(kinds.contract, text)) return null;
  const known = [...sources.keys(), ...[...models].filter((one) => one !== spec.name).map(idOf)].sort();
  const place = { origin: within(spec.origin, "reads", index) };
  log.add(handWrittenDiagnostics.report("model-reads", place, { name: text, suggestion: didYouMean(text, known), known: known.join(", ") || "none" }));
  return null;
}

/** How specs write a hand-written model, `ref.int_rates`. */
function idOf(name: string): string {
  return `ref.${name}`;
}
