import { within } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { martDiagnostics } from "../../diagnostics/marts.ts";
import type { MartSpec } from "../../../spec/types.ts";
import type { Fact, Mart } from "../../fact.ts";
import { keepsDeleted } from "../../fact-record.ts";
import { factModel, martModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { linkExposures } from "../fact/fact.ts";
import { checkNames } from "../rows/names.ts";
import { withoutDeleted } from "../rows/deleted.ts";
import { filterText } from "../rows/row-source.ts";
import { linkCalculations } from "./calculations.ts";
import type { MartDraft } from "./draft.ts";
import { keysRead, linkFilters } from "./filters.ts";
import { linkGroups } from "./groups.ts";
import { linkMartMeasures } from "./mart-measures.ts";
import { linkThrough } from "./through.ts";
import { linkInclude, linkRolling, linkTop } from "./windows.ts";

/** A mart with its groups and measures worked out, without what was refused; null where a fact was (all of it reported). */
export function linkMart(spec: MartSpec, declared: ReadonlySet<string>, context: LinkContext): Mart | null {
  const facts = factsOf(spec, declared, context);
  const bridged = facts === null ? null : linkThrough(spec, facts, context);
  if (bridged === null) return null;
  return assemble({ spec, name: martModel(spec.name), facts: bridged.map((one) => one.fact), bridges: bridged.map((one) => one.bridges), context });
}

function assemble(draft: MartDraft): Mart {
  const { spec, name, facts, bridges, context } = draft;
  checkDeleted(draft);
  const groups = linkGroups(draft);
  const measures = linkMartMeasures(draft, groups);
  const calculations = linkCalculations(draft, groups, measures);
  const filters = linkFilters(draft);
  checkNames(
    name,
    [...groups.map((one) => ({ ...one, what: "a group" })), ...[...measures, ...calculations].map((one) => ({ ...one, what: "a measure" }))],
    context,
  );
  return {
    name,
    origin: spec.origin,
    domain: spec.domain ?? facts[0]?.domain ?? "core",
    owner: spec.owner,
    description: spec.description ?? "",
    facts: facts.map((fact, index) => {
      const where = withoutDeleted(fact, filters[index] ?? null, spec.include_deleted === true);
      const measured = measures.flatMap((one) => (one.fact === index ? [one.value.where] : []));
      return { fact: fact.name, where, keys: keysRead(fact, index, groups, [where, ...measured]), bridges: bridges[index] ?? [] };
    }),
    filter: filterText(spec.where),
    groups,
    measures,
    calculations,
    rolling: linkRolling(draft, groups, measures, calculations),
    include: linkInclude(draft, groups, filters),
    top: linkTop(draft, groups, [...measures, ...calculations]),
    exposures: linkExposures(spec),
    version: spec.version === null ? null : { of: name, number: spec.version, latest: true, deprecated: null },
    renamedFrom: spec.renamed_from === null ? null : martModel(spec.renamed_from),
  };
}

/** Asking for deleted rows where no fact keeps any would have no effect. */
function checkDeleted({ spec, name, facts, context }: MartDraft): void {
  if (spec.include_deleted !== true || facts.some(keepsDeleted)) return;
  context.log.add(martDiagnostics.report("no-deleted-rows", { origin: within(spec.origin, "include_deleted"), pointer: "key" }, { name, facts: facts.map((one) => one.name).join(", ") }));
}

/** The facts a mart names; null where one is missing. One that was refused is reported already. */
function factsOf(spec: MartSpec, declared: ReadonlySet<string>, context: LinkContext): readonly Fact[] | null {
  const facts = spec.from.flatMap((one, index) => {
    const found = context.facts.get(factModel(one));
    if (found === undefined && !declared.has(factModel(one))) {
      const known = [...declared].sort();
      const parameters = { name: one, suggestion: one.startsWith("ref.") ? "make a fact of the hand-written model, which says what a row is and what may be summed. " : didYouMean(factModel(one), known), known: known.join(", ") || "none" };
      context.log.add(martDiagnostics.report("unknown-fact", { origin: within(spec.origin, "from", index) }, parameters));
    }
    return found ?? [];
  });
  return facts.length < spec.from.length ? null : facts;
}
