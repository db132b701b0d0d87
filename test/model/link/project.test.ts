import { describe, expect, it } from "vitest";
import { linked } from "../../support/spec.ts";

const contract = "contract:\n  name: shop.orders\n  schema: [{column: id, type: integer, primary_key: true}]\n";
const projectOf = (settings: string, brief = "", warehouse: string | null = null) =>
  linked({ "contract.yaml": contract, ...(settings === "" ? {} : { "settings.yaml": `settings: {${settings}}\n` }), ...(brief === "" ? {} : { "brief.yaml": brief }) }, warehouse);

describe("the project", () => {
  it("has defaults for all that settings leave open", () => {
    expect(projectOf("").model?.project).toMatchObject({
      name: "warehouse", warehouse: "duckdb", schemas: { staging: "staging", intermediate: "intermediate", history: "history", marts: "marts" }, timezone: "UTC", timezoneDeclared: false,
      dates: { from: "1970-01-01", to: "2050-12-31", fiscalYearStart: 1 }, openEnd: "9999-12-31", asOfRun: "wall_clock", emitters: {},
    });
  });

  it("takes its name from settings, else from the brief", () => {
    expect(projectOf("", "project_name: My Book Shop\n").model?.project).toMatchObject({ name: "my_book_shop", title: "My Book Shop" });
    expect(projectOf("project: books", "project_name: My Book Shop\n").model?.project).toMatchObject({ name: "books", title: "My Book Shop" });
  });

  it("runs on the warehouse of the command line before that of the settings", () => {
    expect(projectOf("warehouse: postgres").model?.project.warehouse).toBe("postgres");
    expect(projectOf("warehouse: postgres", "", "duckdb").model?.project.warehouse).toBe("duckdb");
  });

  it("takes what settings state", () => {
    expect(projectOf("timezone: Europe/Oslo, dates: {from: 2020-01-01, to: 2020-12-31, fiscal_year_start: 7}, open_end: null, as_of_run: logical_date, schemas: {marts: gold}, emitters: {airflow: false, dbt: true}").model?.project).toMatchObject({
      timezone: "Europe/Oslo", timezoneDeclared: true, dates: { from: "2020-01-01", to: "2020-12-31", fiscalYearStart: 7 }, openEnd: null, asOfRun: "logical_date", schemas: { staging: "staging", marts: "gold" }, emitters: { airflow: { enabled: false }, dbt: {} },
    });
  });

  it("leaves the names of dbt's own projects to dbt", () => {
    expect(projectOf("project: dbt_duckdb").codes).toEqual(["invalid-name settings.project"]);
    expect(projectOf("project: dbt_shop").codes).toEqual([]);
    expect(projectOf("", "project_name: dbt\n").model?.project.name).toBe("dbt_project");
  });

  it("refuses dates that do not serve", () => {
    expect(projectOf("dates: {from: 2020-02-01, to: 2020-01-01}").codes).toEqual(["invalid-dates settings.dates.to"]);
    expect(projectOf("timezone: CET+1").codes).toEqual(["invalid-timezone settings.timezone"]);
  });
});

describe("the brief", () => {
  it("is kept in the model's words, with null for what was not filled in", () => {
    const { model } = projectOf("", "project_name: shop\ndata_consumers:\n  - {team: Finance, use_case: analytics, latency_requirement: batch (hourly+), query_pattern: ad-hoc}\ncurrent_state:\n  sources: [till]\n  data_volume: {current_gb_per_day: 0.5}\nconstraints: {team_size: 3, cloud_provider: on-prem}\n");
    expect(model?.brief).toMatchObject({ consumers: [{ team: "Finance", useCase: "analytics", latency: "batch", queryPattern: "ad_hoc" }], sources: ["till"], volume: { gbPerDay: 0.5, growthPercent: null }, constraints: { teamSize: 3, skillLevel: null, cloudProvider: "on_prem" } });
  });
});
