/**
 * What is wrong with a schedule, or null. Airflow's presets and cron of five fields; a checker of our own, since
 * libraries also accept seconds, `L`, `W` and `?`, which mean nothing or something else in Airflow.
 */
export function scheduleProblem(schedule: string): string | null {
  if (schedule.startsWith("@")) return presets.has(schedule) ? null : "Airflow has no such preset";
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5) return `it has ${fields.length} field${fields.length === 1 ? "" : "s"}, not five`;
  for (const [index, text] of fields.entries()) {
    const field = cronFields[index];
    const wrong = field === undefined ? undefined : text.split(",").find((part) => !isPart(part, field));
    if (field !== undefined && wrong !== undefined) return `'${wrong}' is no ${field.name} (${field.from} to ${field.to})`;
  }
  return null;
}

/** Airflow's presets for schedules. */
const presets: ReadonlySet<string> = new Set(["@once", "@continuous", "@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@quarterly", "@yearly", "@annually"]);

interface CronField {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const cronFields: readonly CronField[] = [
  { name: "minute", from: 0, to: 59, names: [] },
  { name: "hour", from: 0, to: 23, names: [] },
  { name: "day", from: 1, to: 31, names: [] },
  { name: "month", from: 1, to: 12, names: months },
  { name: "weekday", from: 0, to: 7, names: weekdays },
];

/** `*`, `5`, `1-5`, each with a step such as `/15`; months and weekdays may be named. */
function isPart(text: string, field: CronField): boolean {
  const [range = "", step, ...more] = text.split("/");
  if (more.length > 0 || (step !== undefined && !(/^[0-9]+$/.test(step) && Number(step) > 0 && Number(step) <= field.to))) return false;
  if (range === "*") return true;
  const ends = range.split("-").map((one) => numberOf(one, field));
  const [first, last] = ends;
  if (ends.length > 2 || first == null || last === null) return false;
  return last === undefined ? step === undefined : first <= last;
}

function numberOf(text: string, field: CronField): number | null {
  const named = field.names.indexOf(text.toLowerCase());
  if (named >= 0) return named + (field.name === "month" ? 1 : 0);
  if (!/^[0-9]{1,2}$/.test(text)) return null;
  const value = Number(text);
  return value >= field.from && value <= field.to ? value : null;
}
