import type { TemplateArtifact } from "../../artifact.ts";
import type { Bridge } from "../../model/bridge.ts";
import type { Dimension, EntityDimension } from "../../model/dimension.ts";
import type { Fact, Mart } from "../../model/fact.ts";
import type { HandWrittenModel } from "../../model/hand-written.ts";
import { historyModel } from "../../model/names.ts";
import type { Model } from "../../model/types.ts";
import type { Design } from "../../rules/types.ts";
import { shownBridgeColumns } from "./bridge-columns.ts";
import { dimensionColumns } from "./dimension-columns.ts";
import { namesIn, type Domain } from "./domains.ts";
import { factColumns } from "./fact-columns.ts";
import { code, codes, prose, sentence, type Table } from "../markdown.ts";
import { martColumns } from "./mart-columns.ts";
import { page, pagesPerDomain } from "./page.ts";
import { shownType, type ShownColumn } from "./shown.ts";

/** `docs/data-dictionary…`: every column of every dimension, fact and mart, with its type, meaning, origin and personal data. */
export function dataDictionary(design: Design): readonly TemplateArtifact[] {
  return pagesPerDomain("data-dictionary", "Data dictionary", design, (domain, path, title) =>
    page(path, "docs/data-dictionary.md", namesIn(domain), { title, sections: sections(domain, design.model) }),
  );
}

interface Entry {
  readonly name: string;
  readonly lines: readonly string[];
  readonly columns: Table;
}

function sections(
  { handWritten, dimensions, bridges, facts, marts }: Domain,
  model: Model,
): readonly { readonly title: string; readonly entries: readonly Entry[] }[] {
  const all = [
    {
      title: "Hand-written models",
      entries: handWritten.map((one) => ({ name: one.name, lines: handWrittenLines(one), columns: columnTable(one.columns.map(shownColumn)) })),
    },
    {
      title: "Dimensions",
      entries: dimensions.map((one) => ({
        name: one.name,
        lines: dimensionLines(one),
        columns: columnTable(dimensionColumns(one, model)),
      })),
    },
    {
      title: "Bridges",
      entries: bridges.map((one) => ({ name: one.name, lines: bridgeLines(one), columns: columnTable(shownBridgeColumns(one, model)) })),
    },
    {
      title: "Facts",
      entries: facts.map((one) => ({ name: one.name, lines: factLines(one), columns: columnTable(factColumns(one, model)) })),
    },
    {
      title: "Marts",
      entries: marts.map((one) => ({ name: one.name, lines: martLines(one), columns: columnTable(martColumns(one, model)) })),
    },
  ];
  return all.filter(({ entries }) => entries.length > 0);
}

function columnTable(columns: readonly ShownColumn[]): Table {
  const personal = columns.some((one) => one.pii !== "");
  return {
    header: ["Column", "Type", "Meaning", "From", ...(personal ? ["Personal data"] : [])],
    rows: columns.map((one) => [code(one.name), code(shownType(one)), prose(one.meaning), codes(one.from), ...(personal ? [one.pii] : [])]),
  };
}

function handWrittenLines({ name, description, domain, primaryKey, reads, owner }: HandWrittenModel): readonly string[] {
  const key = primaryKey.length === 0 ? "" : `One row per ${primaryKey.map(code).join(" and ")}.`;
  const from = reads.length === 0 ? "" : `From ${codes(reads.map((one) => one.model))}.`;
  return present([sentence(description), key, from, `Written by hand in ${code(`dbt/models/intermediate/${domain}/${name}.sql`)}.`, owned(owner)]);
}

/** What people declared is all that is known: where values come from stands in the SQL. */
function shownColumn({ name, type, description, pii }: HandWrittenModel["columns"][number]): ShownColumn {
  return { name, type, meaning: description, from: [], pii: pii ? "plain" : "" };
}

function dimensionLines(one: Dimension): readonly string[] {
  if (one.kind === "time") return [`The times of day: one row per ${one.grain}.`];
  if (one.kind === "date") return [`The calendar: one row per day from ${one.from} to ${one.to}.`];
  if (one.junk) return present([sentence(one.description), "One row per combination of flags that occurs.", owned(one.owner)]);
  const row = one.profileOf !== null ? `One row per combination of values; who had which from when to when: ${code(one.profileOf)}.` : `${one.scdType === 2 ? "One row per version of a member" : "One row per member"} (${scdTypes(one)}).`;
  const versions = one.attributes.some(({ scdType }) => scdType === 4) ? `Its versions: ${code(historyModel(one.name))}.` : "";
  return present([sentence(one.description), row, versions, hierarchy(one.hierarchy), owned(one.owner)]);
}

/** "Type 2", "Types 1 and 2". */
function scdTypes({ attributes, scdType }: EntityDimension): string {
  const types = [...new Set<number>([...attributes.map((one) => one.scdType), ...(attributes.length === 0 ? [scdType] : [])])].sort((a, b) => a - b);
  return types.length === 1 ? `Type ${types.join()}` : `Types ${types.slice(0, -1).join(", ")} and ${types.at(-1)}`;
}

function bridgeLines(one: Bridge): readonly string[] {
  const { group, member } = one;
  const atTheTime = one.kind === "memberships" ? "It tells who belonged when: facts are shared out among those who belonged at the time of the event." : "It tells who lay above whom when: facts count for those who lay above at the time of the event.";
  const asOf = one.timed ? atTheTime : "It tells of today, whatever version of a member a fact points to.";
  const row = one.kind === "memberships"
    ? `One row per member of a group: each ${code(group.dimension)} has several of ${code(member.dimension)}, ${one.weight === null ? "with equal shares" : "with a share of each"}.`
    : `One row per member of ${code(group.dimension)} and each one above it, itself included.`;
  return present([sentence(one.description), row, asOf, owned(one.owner)]);
}

function factLines(one: Fact): readonly string[] {
  const ratios = one.measures.flatMap(({ name, ratio }) =>
    ratio === null ? [] : [`${code(name)} = ${code(ratio.numerator)} / ${code(ratio.denominator)}`],
  );
  const parts = ratios.length === 0 ? "" : `Ratios, computed from sums and not stored: ${ratios.join(", ")}.`;
  return present([sentence(one.description), sentence(one.grainStatement), filtered(one), parts, loaded(one), versioned(one), uses(one.exposures), owned(one.owner)]);
}

function versioned({ contractVersion }: Fact): string {
  return contractVersion === null ? "" : `Version ${contractVersion} of its contract.`;
}

/** Facts are rebuilt unless something else is stated. */
function loaded({ load }: Fact): string {
  if (load.corrections === "reversal") return "A run only adds rows: what its source corrected or deleted is taken back by a row with the measures negated, and the corrected row follows.";
  switch (load.strategy) {
    case "partition_swap":
      return `A run replaces the partitions (by ${code(load.partitionBy ?? "")}) in which a row is new, gone or came out otherwise; what it holds is what a rebuild would hold.`;
    case "soft_delete":
      return "A run writes the rows that are new or came out otherwise, and marks those that its source lost.";
    case "append":
      return "A run adds the rows that are missing; rows never change.";
    case "merge":
    case "delete_insert":
      return load.lookback === null
        ? "A run writes only the rows that are new or came out otherwise; what it holds is what a rebuild would hold."
        : `A run writes anew the rows that were loaded within ${load.lookback.days} days of the latest; of these it holds what a rebuild would hold.`;
    default:
      return "";
  }
}

function martLines(one: Mart): readonly string[] {
  const from = `From ${codes(one.facts.map(({ fact }) => fact))}.`;
  const through = [...new Set(one.facts.flatMap(({ bridges }) => bridges.map(({ bridge, level }) => `${code(bridge)}${level === null ? "" : ` at level ${level}`}`)))];
  const bridged = through.length === 0 ? "" : `Through ${through.join(", ")}.`;
  return present([sentence(one.description), from, bridged, filtered(one), included(one), uses(one.exposures), owned(one.owner)]);
}

function filtered({ filter }: Fact | Mart): string {
  return filter === null ? "" : `Only rows where ${code(filter)}.`;
}

function included({ include }: Mart): string {
  if (include === null) return "";
  return `Members of ${code(include.dimension)} stay without facts${include.where === null ? "" : ", where they meet the filter as they are now"}.`;
}

function hierarchy(levels: readonly string[]): string {
  return levels.length === 0 ? "" : `Hierarchy: ${levels.map(code).join(" > ")}.`;
}

function uses(exposures: Fact["exposures"]): string {
  return exposures.length === 0 ? "" : `Used by ${codes(exposures.map((one) => one.name))}.`;
}

function owned(owner: string | null): string {
  return owner === null ? "" : `Owner: ${prose(owner)}.`;
}

function present(lines: readonly string[]): readonly string[] {
  return lines.filter((one) => one !== "");
}
