import type { SampleDay } from "../../verify/sample/sample.ts";
import type { Design } from "../../rules/types.ts";
import { invariantsOf } from "../../verify/invariants.ts";
import { loadScript } from "../../verify/load-script.ts";
import { relationsOf } from "../../verify/relation.ts";
import type { Finding } from "./report.ts";
import { buildProject, runSql, type NodeProblem, type Scratch } from "./warehouse.ts";

/** What days are played, and who is told. */
export interface Play {
  readonly design: Design;
  readonly scratch: Scratch;
  /** The statements that land each day's data. */
  readonly days: readonly { readonly date: string; readonly statements: readonly string[] }[];
  readonly say: (line: string) => void;
}

/** The days of made-up data. */
export function sampleDays(days: readonly SampleDay[], { dialect }: Design): Play["days"] {
  return days.map((day) => ({ date: day.date, statements: loadScript(day, dialect) }));
}

/**
 * Plays the days: lands the data, builds as of the end of the day (with unit tests once), checks every invariant, builds again and sees that nothing changed. Each finding
 * stands once, with the first day that broke it; those that hold show the rows of the last day.
 */
export function playDays({ design, scratch, days, say }: Play): readonly Finding[] {
  const findings = new Map<string, Finding>();
  const note = (finding: Finding): void => {
    const key = `${finding.id} ${finding.subject} ${finding.statement}`;
    if (findings.get(key)?.broken === undefined) findings.set(key, finding);
  };
  for (const [index, { date, statements }] of days.entries()) {
    say(`day ${index + 1} of ${days.length} (${date}): landing, building, checking, building again`);
    runSql(scratch, statements, []);
    const asOf = `${date} 23:59:59`;
    const first = buildProject(scratch, asOf, index === 0);
    const checked = checkInvariants(design, scratch, date);
    const before = fingerprints(design, scratch);
    const second = buildProject(scratch, asOf, false);
    const repeated = unchanged(before, fingerprints(design, scratch), date);
    for (const finding of [...[...first, ...second].map((one) => dbtFinding(one, date)), ...checked, ...repeated]) note(finding);
    if (first.some((one) => one.message.startsWith("error"))) break;
  }
  return [...findings.values()];
}

function checkInvariants(design: Design, scratch: Scratch, date: string): readonly Finding[] {
  const invariants = invariantsOf(design);
  const built = new Set(runSql(scratch, [], ["select table_schema || '.' || table_name from information_schema.tables"], 100_000)[0]?.rows.map(([name]) => name));
  const relations = relationsOf(design.model, design.dialect);
  const standing = invariants.filter(({ subject }) => built.has(relations.mart(subject).replaceAll("\"", "")));
  const answers = runSql(scratch, [], standing.flatMap((one) => [one.offending, one.looked]));
  return standing.map(({ id, subject, statement }, index): Finding => {
    const [offending, looked] = answers.slice(2 * index, 2 * index + 2);
    const rows = Number(looked?.rows[0]?.[0] ?? 0);
    const broken = offending === undefined || offending.rows.length === 0 ? undefined : { date, answer: offending };
    return { id, subject, statement, rows, ...(broken === undefined ? {} : { broken }) };
  });
}

function dbtFinding({ node, message }: NodeProblem, date: string): Finding {
  return { id: "dbt", subject: node.split(".").slice(2).join("."), statement: "dbt build ends without an error or a warning", rows: 0, broken: { date, answer: { columns: ["message"], rows: [[message]] } } };
}

/** Count and checksum of every table (not view) of the project. */
function fingerprints(design: Design, scratch: Scratch): ReadonlyMap<string, string> {
  const { schemas } = design.model.project;
  const wanted = [schemas.marts, schemas.history, schemas.intermediate].map((one) => design.dialect.stringLiteral(one)).join(", ");
  const inexact = "list(column_name order by ordinal_position) filter (where data_type in ('FLOAT', 'DOUBLE'))";
  const [tables] = runSql(scratch, [], [`select table_schema, table_name, coalesce(to_json(${inexact}), '[]') from information_schema.tables join information_schema.columns using (table_schema, table_name) where table_type = 'BASE TABLE' and table_schema in (${wanted}) group by all order by 1, 2`], 100_000);
  const { quote } = design.dialect;
  const found = (tables?.rows ?? []).map(([schema, name, columns]) => ({ name: `${quote(schema ?? "")}.${quote(name ?? "")}`, columns: textsIn(columns ?? "[]") }));
  const answers = runSql(scratch, [], found.map(({ name, columns }) => `select count(*), coalesce(sum(cast(hash(row_) as hugeint)), 0) from (${rounded(name, columns.map(quote))}) as row_`));
  return new Map(found.map(({ name }, index) => [name, (answers[index]?.rows[0] ?? []).join(" ")]));
}

/** Inexact numbers to twelve digits: the last ones of a sum depend on the order in which an engine adds. */
function rounded(table: string, inexact: readonly string[]): string {
  const replaced = inexact.map((column) => `printf('%.11e', ${column}) as ${column}`);
  return `select *${replaced.length === 0 ? "" : ` replace (${replaced.join(", ")})`} from ${table}`;
}

function textsIn(json: string): readonly string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function unchanged(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>, date: string): readonly Finding[] {
  return [...after].map(([name, print]): Finding => {
    const base = { id: "D13", subject: name.replace(/^.*\."|"$/g, ""), statement: "a second run without new data changes nothing", rows: Number(print.split(" ")[0]) };
    return before.get(name) === print ? base : { ...base, broken: { date, answer: { columns: ["before", "after"], rows: [[before.get(name) ?? null, print]] } } };
  });
}
