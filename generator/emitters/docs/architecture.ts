import type { TemplateArtifact } from "../../artifact.ts";
import type { Brief } from "../../model/project.ts";
import type { Design } from "../../rules/types.ts";
import { dataFlow } from "./data-flow.ts";
import { decisionViews } from "./decisions.ts";
import { prose, sentence, type Table } from "../markdown.ts";
import { page } from "./page.ts";
import { risksOf } from "./risks.ts";
import { volumesOf } from "./volumes.ts";

/** `docs/architecture.md`: what the warehouse is for, how data flows through it, what was decided and why, volumes and risks. */
export function architecture(design: Design): TemplateArtifact {
  const { model } = design;
  const from = [model.project.name, ...model.pipelines.map((one) => one.name)];
  return page("docs/architecture.md", "docs/architecture.md", from, {
    title: prose(model.project.title),
    purpose: model.brief === null ? "" : sentence(model.brief.businessContext),
    consumers: model.brief === null ? null : consumers(model.brief),
    flow: dataFlow(design),
    built: builtAs(design),
    decisions: decisionViews(design),
    volumes: volumesOf(model.brief),
    risks: risksOf(design),
  });
}

function consumers({ consumers: all }: Brief): Table | null {
  if (all.length === 0) return null;
  return {
    header: ["Team", "Use", "May be as old as", "Asks by"],
    rows: all.map((one) => [prose(one.team), shown(one.useCase), latencies[one.latency ?? "none"], shown(one.queryPattern)]),
  };
}

const latencies = { real_time: "a second", near_real_time: "five minutes", batch: "an hour and more", none: "" } as const;

function shown(value: string | null): string {
  return value === "ml" ? "ML" : value === "api" ? "API" : (value ?? "").replaceAll("_", "-");
}

/** What this repository is built with, where the tables of the guide would have chosen something else. */
function builtAs({ model, dialect, choice }: Design): readonly string[] {
  const about = model.project.name;
  const orchestration = choice("orchestration", about);
  const processing = choice("processing", about);
  const storage = choice("storage", about);
  const method = choice("modelling method", about);
  const pattern = choice("architecture pattern", about);
  return [
    ...(pattern === undefined || pattern === "Batch ETL"
      ? []
      : [`The pipelines in this repository are batches; ${pattern} is what the brief calls for.`]),
    ...(orchestration === undefined || orchestration === "Airflow"
      ? []
      : [`The pipelines in this repository are Airflow DAGs that call dbt; ${orchestration} would do for what the brief describes.`]),
    ...(processing === undefined || processing === "DuckDB" || processing === "SQL (warehouse)"
      ? []
      : [`All transformations in this repository are SQL that dbt runs in ${dialect.title}, not ${processing}.`]),
    ...(storage === undefined || storage === dialect.title
      ? []
      : [`The warehouse of this repository is ${dialect.title} (settings.warehouse); ${storage} is what the brief calls for.`]),
    ...(method === undefined || method === "Kimball"
      ? []
      : [`The models in this repository follow Kimball: dimensions and facts; ${method} fits the brief more closely.`]),
  ];
}
