import type { DiagnosticLog } from "../../diagnostics/log.ts";
import { within, type Origin } from "../../diagnostics/origin.ts";
import type { SettingsSpec, Spec } from "../../spec/types.ts";
import { pipelineDiagnostics } from "../diagnostics/pipelines.ts";
import { sourceDiagnostics } from "../diagnostics/sources.ts";
import { isName, validName } from "../names.ts";
import type { Project } from "../project.ts";
import { reportTimezone } from "./sources/zone.ts";
import { isIsoDate } from "./typing/literals.ts";

/** Project-wide facts with their defaults; `warehouse` is that of the command line and goes before the settings'. */
export function linkProject(spec: Spec, warehouse: string | null, log: DiagnosticLog): Project {
  const { settings } = spec;
  const origin = settings?.origin ?? spec.brief?.origin ?? firstOrigin(spec);
  const timezone = settings?.timezone ?? null;
  if (timezone !== null) reportTimezone(timezone, within(origin, "timezone"), log);
  return {
    name: projectName(spec, origin, log),
    title: spec.brief?.project_name ?? settings?.project ?? "Warehouse",
    warehouse: warehouse ?? settings?.warehouse ?? "duckdb",
    schemas: schemasOf(settings, log),
    timezone: timezone ?? "UTC",
    timezoneDeclared: timezone !== null,
    dates: datesOf(settings, log),
    deleteGuard: settings?.delete_guard === false ? null : (settings?.delete_guard ?? 0.5),
    timeGrain: settings?.time_grain ?? "minute",
    openEnd: openEndOf(settings, log),
    asOfRun: settings?.as_of_run ?? "wall_clock",
    emitters: settings === null ? {} : emittersOf(settings),
    origin,
  };
}

function firstOrigin(spec: Spec): Origin {
  const first = [...spec.contracts, ...spec.dimensions, ...spec.facts, ...spec.marts, ...spec.pipelines][0];
  return { document: first?.origin.document ?? "", path: [] };
}

function projectName(spec: Spec, origin: Origin, log: DiagnosticLog): string {
  const stated = spec.settings?.project ?? null;
  if (stated === null) return ownName(validName(spec.brief?.project_name ?? "") || "warehouse");
  if (isName(stated) && ownName(stated) === stated) return stated;
  log.add(sourceDiagnostics.report("invalid-name", { origin: within(origin, "project") }, { name: stated, what: "project", valid: ownName(validName(stated) || "warehouse") }));
  return "warehouse";
}

/** dbt and its adapters are dbt projects themselves, and two of one name do not compile. */
function ownName(name: string): string {
  return /^dbt(_(duckdb|postgres))?$/.test(name) ? `${name}_project` : name;
}

function schemasOf(settings: SettingsSpec | null, log: DiagnosticLog): Project["schemas"] {
  const schema = (name: keyof Project["schemas"]): string => {
    const stated = settings?.schemas[name] ?? null;
    if (settings !== null && stated !== null && !isName(stated)) {
      log.add(sourceDiagnostics.report("invalid-name", { origin: within(settings.origin, "schemas", name) }, { name: stated, what: "schema", valid: validName(stated) || name }));
    }
    return stated ?? name;
  };
  return { staging: schema("staging"), intermediate: schema("intermediate"), history: schema("history"), marts: schema("marts") };
}

function datesOf(settings: SettingsSpec | null, log: DiagnosticLog): Project["dates"] {
  const dates = { from: settings?.dates.from ?? "1970-01-01", to: settings?.dates.to ?? "2050-12-31", fiscalYearStart: settings?.dates.fiscal_year_start ?? 1 };
  if (settings === null) return dates;
  const refuse = (key: string, value: string | number, what: string, instead: string): void =>
    log.add(pipelineDiagnostics.report("invalid-dates", { origin: within(settings.origin, "dates", key) }, { value, what, instead }));
  if (!isIsoDate(dates.from)) refuse("from", dates.from, "the first day of dim_date", "write an ISO date such as 2000-01-01.");
  else if (!isIsoDate(dates.to)) refuse("to", dates.to, "the last day of dim_date", "write an ISO date such as 2050-12-31.");
  else if (dates.to < dates.from) refuse("to", dates.to, "the last day of dim_date", `write a day after ${dates.from}.`);
  const month = dates.fiscalYearStart;
  if (!Number.isInteger(month) || month < 1 || month > 12) refuse("fiscal_year_start", month, "the first month of the fiscal year", "write the number of a month, 1 to 12.");
  return dates;
}

function openEndOf(settings: SettingsSpec | null, log: DiagnosticLog): string | null {
  const stated = settings?.open_end;
  if (settings === null || stated === undefined) return "9999-12-31";
  if (stated !== null && !isIsoDate(stated)) {
    log.add(pipelineDiagnostics.report("invalid-dates", { origin: within(settings.origin, "open_end") }, { value: stated, what: "the open end of versions", instead: "write an ISO date such as 9999-12-31, or null." }));
  }
  return stated;
}

/** `dbt: true` is `dbt: {}`; what is switched off keeps `enabled: false`. */
function emittersOf(settings: SettingsSpec): Project["emitters"] {
  return Object.fromEntries(Object.entries(settings.emitters).map(([name, value]) => [name, typeof value === "boolean" ? (value ? {} : { enabled: false }) : value]));
}
