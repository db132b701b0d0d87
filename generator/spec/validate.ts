import type * as z from "zod";

import type { DiagnosticLog } from "../diagnostics/log.ts";
import { within, type Origin } from "../diagnostics/origin.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { specDiagnostics } from "./diagnostics.ts";
import { isMapping, type SpecDocument } from "./document.ts";
import { foreignFormat } from "./kinds/foreign.ts";
import { kindNames, kindOf, kinds, laterKeys, type KindName } from "./kinds/registry.ts";
import { canonicalForm } from "./shape/canonical.ts";
import { issueDiagnostics } from "./shape/issues.ts";
import { describe, show } from "./shape/words.ts";
import type { ApprovalSpec, BridgeSpec, BriefSpec, ContractSpec, DimensionSpec, FactSpec, MartSpec, PipelineSpec, SettingsSpec, Spec } from "./types.ts";

/** From how many documents on zod's compiled parsers earn what compiling them costs. */
const WORTH_COMPILING = 100;

/** Everything valid that was found so far; at the end it becomes the spec. */
interface Found {
  /** How zod parses: without compiling its parsers, where there is little to parse. */
  readonly jitless: boolean;
  brief: BriefSpec | null;
  settings: SettingsSpec | null;
  readonly contracts: ContractSpec[];
  readonly dimensions: DimensionSpec[];
  readonly bridges: BridgeSpec[];
  readonly facts: FactSpec[];
  readonly marts: MartSpec[];
  readonly pipelines: PipelineSpec[];
  readonly approvals: ApprovalSpec[];
}

/**
 * Checks the documents against the kinds of spec and brings them into canonical form. Reports all problems (`spec/*`) in
 * one go; null where nothing can be compiled, because an object is wrong or none was found.
 */
export function validateSpecs(documents: readonly SpecDocument[], log: DiagnosticLog): Spec | null {
  const found: Found = { jitless: documents.length < WORTH_COMPILING, brief: null, settings: null, contracts: [], dimensions: [], bridges: [], facts: [], marts: [], pipelines: [], approvals: [] };
  for (const document of documents) validateDocument(document, found, log);
  if (log.failed()) return null;
  const [first] = documents;
  if (first !== undefined && isEmpty(found)) log.add(specDiagnostics.report("nothing-to-compile", { origin: { document: first.path, path: [] } }, {}));
  if (log.failed()) return null;
  const { jitless: _, ...spec } = found;
  return spec;
}

function isEmpty(found: Found): boolean {
  const lists = [found.contracts, found.dimensions, found.bridges, found.facts, found.marts, found.pipelines];
  return found.brief === null && found.settings === null && lists.every((list) => list.length === 0);
}

function validateDocument(document: SpecDocument, found: Found, log: DiagnosticLog): void {
  const { value, path } = document;
  if (value === null || value === "") return;
  if (!isMapping(value)) {
    log.add(
      specDiagnostics.report("not-a-mapping", { origin: { document: path, path: [] } }, { found: describe(value), kinds: kindList() }),
    );
    return;
  }
  const foreign = foreignFormat(value);
  if (foreign !== null) {
    const place = { origin: { document: path, path: [foreign.key] }, pointer: "key" } as const;
    log.add(specDiagnostics.report("foreign-format", place, { format: foreign.format, instead: foreign.instead }));
    return;
  }
  const brief: { [key: string]: unknown } = {};
  for (const [key, content] of Object.entries(value)) {
    const origin: Origin = { document: path, path: [key] };
    const kind = kindOf(key);
    if (kind === null) reportUnknown(key, origin, log);
    else if (kind === "brief") brief[key] = content;
    else validateKind(kind, content, origin, found, log);
  }
  if (Object.keys(brief).length > 0) validateObject("brief", brief, { document: path, path: [] }, found, log);
}

function reportUnknown(key: string, origin: Origin, log: DiagnosticLog): void {
  const later = Object.hasOwn(laterKeys, key) ? laterKeys[key] : undefined;
  const place = { origin, pointer: "key" } as const;
  if (later !== undefined) {
    log.add(specDiagnostics.report("not-yet", place, { key, instead: later }));
    return;
  }
  const candidates = [...kindNames.flatMap((kind) => [...kinds[kind].keys]), ...Object.keys(laterKeys)];
  log.add(specDiagnostics.report("unknown-kind", place, { key: show(key), near: didYouMean(key, candidates), kinds: kindList() }));
}

function validateKind(kind: KindName, content: unknown, origin: Origin, found: Found, log: DiagnosticLog): void {
  if (content === null || content === "") return;
  if (Array.isArray(content) && kind !== "settings") {
    for (const [index, one] of content.entries()) {
      validateObject(kind, one, { document: origin.document, path: [...origin.path, index] }, found, log);
    }
    return;
  }
  if (isMapping(content) && Object.keys(content).length === 0) return;
  validateObject(kind, content, origin, found, log);
}

function validateObject(kind: KindName, written: unknown, origin: Origin, found: Found, log: DiagnosticLog): void {
  switch (kind) {
    case "brief": {
      const brief = parse(kinds.brief, written, origin, found, log);
      if (brief !== null) found.brief = only("the architecture brief", found.brief, brief, log);
      return;
    }
    case "settings": {
      const settings = parse(kinds.settings, withoutLater(written, origin, log), origin, found, log);
      if (settings !== null) found.settings = only("settings", found.settings, { ...settings, open_end: settings.open_end }, log);
      return;
    }
    case "contract":
      return collect(found.contracts, parse(kinds.contract, written, origin, found, log));
    case "dimension":
      return collect(found.dimensions, parse(kinds.dimension, written, origin, found, log));
    case "bridge":
      return collect(found.bridges, parse(kinds.bridge, written, origin, found, log));
    case "fact":
      return collect(found.facts, parse(kinds.fact, written, origin, found, log));
    case "mart":
      return collect(found.marts, parse(kinds.mart, written, origin, found, log));
    case "pipeline":
      return collect(found.pipelines, parse(kinds.pipeline, written, origin, found, log));
    case "approval":
      return collect(found.approvals, parse(kinds.approval, written, origin, found, log));
    default:
      throw new Error(`no kind ${String(kind satisfies never)}`);
  }
}

/** Reports settings that a later version will read, and leaves them out. */
function withoutLater(settings: unknown, origin: Origin, log: DiagnosticLog): unknown {
  if (!isMapping(settings) || !("naming" in settings)) return settings;
  const place = { origin: within(origin, "naming"), pointer: "key" } as const;
  log.add(specDiagnostics.report("not-yet", place, { key: "settings.naming", instead: "Names follow the conventions of the guide." }));
  const { naming: _later, ...rest } = settings;
  return rest;
}

function collect<Value>(into: Value[], value: Value | null): void {
  if (value !== null) into.push(value);
}

/** Keeps the first of two objects of which a folder may hold one. */
function only<Value extends { readonly origin: Origin }>(kind: string, first: Value | null, value: Value, log: DiagnosticLog): Value {
  if (first === null) return value;
  const related = [{ origin: first.origin, message: "the first one is here." }];
  log.add(specDiagnostics.report("defined-twice", { origin: value.origin, pointer: "key", related }, { kind }));
  return first;
}

function parse<Value extends object>(
  kind: { readonly schema: z.ZodType<Value>; readonly noun: string },
  written: unknown,
  origin: Origin,
  { jitless }: Found,
  log: DiagnosticLog,
): (Value & { readonly origin: Origin }) | null {
  const value = canonicalForm(kind.schema)(written);
  const result = kind.schema.safeParse(value, { jitless });
  if (result.success) return { ...result.data, origin };
  const subject = { origin, schema: kind.schema, value, noun: kind.noun };
  for (const issue of result.error.issues) for (const one of issueDiagnostics(subject, issue)) log.add(one);
  return null;
}

function kindList(): string {
  return "contracts, dimensions, bridges, fact_tables, marts, pipelines, settings, and the keys of the architecture brief (project_name, …)";
}
