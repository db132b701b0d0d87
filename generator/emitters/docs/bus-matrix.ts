import { isBuiltIn } from "../../model/names.ts";
import type { TemplateArtifact } from "../../artifact.ts";
import type { Fact } from "../../model/fact.ts";
import type { Model } from "../../model/types.ts";
import type { Design } from "../../rules/types.ts";
import { domainsOf, type Domain } from "./domains.ts";
import { anchor, code, codes, prose, type Table } from "../markdown.ts";
import { domainPath, page } from "./page.ts";

/** More columns than this nobody reads: the dimensions are then listed per fact. */
const WIDEST = 20;

/** `docs/bus-matrix.md`: which business process uses which dimension, in which roles (Kimball, enterprise bus matrix). */
export function busMatrix(design: Design): TemplateArtifact {
  const { model } = design;
  const domains = domainsOf(design);
  const sections = domains
    .filter(({ facts }) => facts.length > 0)
    .map((domain) => {
      const dictionary = domainPath("data-dictionary", domain, design).replace(/^docs\//, "");
      return { title: domain.name, table: matrix(domain, model.bridges, (name) => `[${code(name)}](${dictionary}${anchor(name)})`) };
    });
  const shared = sharedDimensions(model.facts);
  const from = [...model.facts.map((one) => one.name), ...shared];
  return page("docs/bus-matrix.md", "docs/bus-matrix.md", from, { sections, shared: codes(shared) });
}

function matrix({ facts }: Domain, bridges: Model["bridges"], link: (name: string) => string): Table {
  const dimensions = [...new Set(facts.flatMap((fact) => [...fact.foreignKeys.map((one) => one.dimension), ...reached(fact, bridges).map((one) => one.member.dimension)]))].sort();
  if (dimensions.length > WIDEST)
    return { header: ["Fact", "Grain", "Dimensions"], rows: facts.map((one) => [link(one.name), grain(one), listed(one, bridges)]) };
  return {
    header: ["Fact", "Grain", ...dimensions.map(code)],
    rows: facts.map((fact) => [link(fact.name), grain(fact), ...dimensions.map((dimension) => cell(fact, dimension, bridges))]),
  };
}

/** The many-to-many bridges by which a fact reaches a dimension. */
function reached({ foreignKeys }: Fact, bridges: Model["bridges"]): Model["bridges"] {
  return bridges.filter((one) => one.kind === "memberships" && foreignKeys.some(({ dimension }) => dimension === one.group.dimension));
}

/** A cross, the roles in which the fact uses the dimension, or the bridges by which it reaches it. */
function cell(fact: Fact, dimension: string, bridges: Model["bridges"]): string {
  const over = reached(fact, bridges).flatMap((one) => (one.member.dimension === dimension ? [`through ${prose(one.alias.replaceAll("_", " "))}`] : []));
  return [direct(fact, dimension), ...over].filter((one) => one !== "").join(", ");
}

function direct(fact: Fact, dimension: string): string {
  const keys = fact.foreignKeys.filter((one) => one.dimension === dimension);
  const roles = keys.flatMap((one) => (one.role === null ? [] : [one.role]));
  if (keys.length === 0) return "";
  return roles.length === 0
    ? "×"
    : [...(roles.length < keys.length ? ["×"] : []), ...roles.map((role) => prose(role.replaceAll("_", " ")))].join(", ");
}

function listed(fact: Fact, bridges: Model["bridges"]): string {
  return [...new Set([...fact.foreignKeys.map((one) => one.dimension), ...reached(fact, bridges).map((one) => one.member.dimension)])]
    .sort()
    .map((dimension) => `${code(dimension)} ${cell(fact, dimension, bridges)}`)
    .join("; ");
}

function grain(fact: Fact): string {
  return prose(fact.grainStatement) || codes(fact.grain.map((one) => one.name));
}

/** Dimensions that several facts use, the calendar apart. */
function sharedDimensions(facts: readonly Fact[]): readonly string[] {
  const uses = new Map<string, number>();
  for (const fact of facts)
    for (const name of new Set(fact.foreignKeys.map((one) => one.dimension))) uses.set(name, (uses.get(name) ?? 0) + 1);
  return [...uses]
    .filter(([name, count]) => count > 1 && !isBuiltIn(name))
    .map(([name]) => name)
    .sort();
}
