import type * as z from "zod";

import type { DiagnosticLog } from "../diagnostics/log.ts";
import { within, type Origin } from "../diagnostics/origin.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { specDiagnostics } from "./diagnostics.ts";
import type { CheckedFiles, CheckedObject } from "./checked.ts";
import { isMapping, type SpecDocument } from "./document.ts";
import { foreignFormat } from "./kinds/foreign.ts";
import { kindNames, kindOf, kinds, laterKeys, type KindName } from "./kinds/registry.ts";
import { canonicalForm } from "./shape/canonical.ts";
import { issueDiagnostics } from "./shape/issues.ts";
import { describe, show } from "./shape/words.ts";
import type { BriefSpec, SettingsSpec, Spec } from "./types.ts";

/** From how many documents on zod's compiled parsers earn what compiling them costs. */
const WORTH_COMPILING = 100;

/** A file that is being checked. */
interface Checking {
  /** How zod parses: without compiling its parsers, where there is little to parse. */
  readonly jitless: boolean;
  /** What was found valid so far. */
  readonly objects: CheckedObject[];
}

/**
 * Checks the documents against the kinds of spec and brings them into canonical form. Reports all problems (`spec/*`) in
 * one go; null where nothing can be compiled, because an object is wrong or none was found. Where nothing was reported at
 * all, `keep` is told what the documents say that were checked now.
 */
export function validateSpecs(documents: readonly SpecDocument[], log: DiagnosticLog, keep: CheckedFiles["keep"] = () => undefined): Spec | null {
  const jitless = documents.filter(({ checked }) => checked === undefined).length < WORTH_COMPILING;
  const checked = documents.map((document) => document.checked ?? checkDocument(document, jitless, log));
  const spec = gathered(checked.flat(), log);
  if (log.failed()) return null;
  const [first] = documents;
  if (first !== undefined && isEmpty(spec)) log.add(specDiagnostics.report("nothing-to-compile", { origin: { document: first.path, path: [] } }, {}));
  if (log.failed()) return null;
  if (log.all().length === 0) for (const [index, { path, checked: before }] of documents.entries()) if (before === undefined) keep(path, checked[index] ?? []);
  return spec;
}

/** All objects by kind. Of the brief and the settings a folder may hold one. */
function gathered(objects: readonly CheckedObject[], log: DiagnosticLog): Spec {
  const found: { readonly [List in "contracts" | "models" | "dimensions" | "bridges" | "facts" | "marts" | "pipelines" | "approvals"]: Spec[List][number][] } = { contracts: [], models: [], dimensions: [], bridges: [], facts: [], marts: [], pipelines: [], approvals: [] };
  const [briefs, settings]: [BriefSpec[], SettingsSpec[]] = [[], []];
  for (const { kind, value } of objects) {
    switch (kind) {
      case "brief": briefs.push(value); break;
      case "settings": settings.push(value); break;
      case "contract": found.contracts.push(value); break;
      case "model": found.models.push(value); break;
      case "dimension": found.dimensions.push(value); break;
      case "bridge": found.bridges.push(value); break;
      case "fact": found.facts.push(value); break;
      case "mart": found.marts.push(value); break;
      case "pipeline": found.pipelines.push(value); break;
      case "approval": found.approvals.push(value); break;
      default: throw new Error(`no kind ${String(kind satisfies never)}`);
    }
  }
  return { ...found, brief: only("the architecture brief", briefs, log), settings: only("settings", settings, log) };
}

/** The first of the objects of which a folder may hold one. */
function only<Value extends { readonly origin: Origin }>(kind: string, [first, ...others]: readonly Value[], log: DiagnosticLog): Value | null {
  for (const { origin } of others) {
    const related = first === undefined ? [] : [{ origin: first.origin, message: "the first one is here." }];
    log.add(specDiagnostics.report("defined-twice", { origin, pointer: "key", related }, { kind }));
  }
  return first ?? null;
}

function isEmpty(spec: Spec): boolean {
  const lists = [spec.contracts, spec.models, spec.dimensions, spec.bridges, spec.facts, spec.marts, spec.pipelines];
  return spec.brief === null && spec.settings === null && lists.every((list) => list.length === 0);
}

function checkDocument(document: SpecDocument, jitless: boolean, log: DiagnosticLog): readonly CheckedObject[] {
  const found: Checking = { jitless, objects: [] };
  validateDocument(document, found, log);
  return found.objects;
}

function validateDocument(document: SpecDocument, found: Checking, log: DiagnosticLog): void {
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

function validateKind(kind: KindName, content: unknown, origin: Origin, found: Checking, log: DiagnosticLog): void {
  if (content === null || content === "") return;
  if (Array.isArray(content) && kind !== "settings") {
    for (const [index, one] of content.entries()) {
      validateObject(kind, one, within(origin, index), found, log);
    }
    return;
  }
  if (isMapping(content) && Object.keys(content).length === 0) return;
  validateObject(kind, content, origin, found, log);
}

function validateObject(kind: KindName, written: unknown, origin: Origin, found: Checking, log: DiagnosticLog): void {
  const object = checkedObject(kind, written, { origin, jitless: found.jitless, log });
  if (object !== null) found.objects.push(object);
}

/** Where an object stands, and how it is checked. */
interface Place {
  readonly origin: Origin;
  readonly jitless: boolean;
  readonly log: DiagnosticLog;
}

function checkedObject(kind: KindName, written: unknown, place: Place): CheckedObject | null {
  switch (kind) {
    case "brief":
      return parsed(kinds.brief, written, place, (value) => ({ kind, value }));
    case "settings":
      return parsed(kinds.settings, withoutLater(written, place.origin, place.log), place, (value) => ({ kind, value: { ...value, open_end: value.open_end } }));
    case "contract":
      return parsed(kinds.contract, written, place, (value) => ({ kind, value }));
    case "model":
      return parsed(kinds.model, written, place, (value) => ({ kind, value }));
    case "dimension":
      return parsed(kinds.dimension, written, place, (value) => ({ kind, value }));
    case "bridge":
      return parsed(kinds.bridge, written, place, (value) => ({ kind, value }));
    case "fact":
      return parsed(kinds.fact, written, place, (value) => ({ kind, value }));
    case "mart":
      return parsed(kinds.mart, written, place, (value) => ({ kind, value }));
    case "pipeline":
      return parsed(kinds.pipeline, written, place, (value) => ({ kind, value }));
    case "approval":
      return parsed(kinds.approval, written, place, (value) => ({ kind, value }));
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

function parsed<Value extends object>(
  kind: { readonly schema: () => z.ZodType<Value>; readonly noun: string },
  written: unknown,
  { origin, jitless, log }: Place,
  wrap: (value: Value & { readonly origin: Origin }) => CheckedObject,
): CheckedObject | null {
  const schema = kind.schema();
  const value = canonicalForm(schema)(written);
  const result = schema.safeParse(value, { jitless });
  if (result.success) return wrap({ ...result.data, origin });
  const subject = { origin, schema, value, noun: kind.noun };
  for (const issue of result.error.issues) for (const one of issueDiagnostics(subject, issue)) log.add(one);
  return null;
}

function kindList(): string {
  return "contracts, models, dimensions, bridges, fact_tables, marts, pipelines, settings, and the keys of the architecture brief (project_name, …)";
}
