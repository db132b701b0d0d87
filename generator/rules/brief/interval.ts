const presets: Readonly<Record<string, number>> = {
  "@continuous": 0,
  "@hourly": 60,
  "@daily": 1440,
  "@weekly": 10_080,
  "@monthly": 43_200,
  "@quarterly": 129_600,
  "@yearly": 525_600,
};

/** The shortest time between two starts of a schedule, in minutes, as far as minutes and hours tell; null by hand or once. */
export function shortestInterval(schedule: string | null): number | null {
  if (schedule === null) return null;
  const text = schedule.trim().toLowerCase();
  if (text.startsWith("@")) return presets[text] ?? null;
  const [minutes = "*", hours = "*"] = text.split(/\s+/);
  const within = shortestGap(minutes, 60);
  if (within < 60) return within;
  return shortestGap(hours, 24) * 60;
}

/** The shortest gap between the values of a cron field, the way round included. */
function shortestGap(field: string, size: number): number {
  const values = [...new Set(field.split(",").flatMap((part) => valuesOf(part, size)))].sort((a, b) => a - b);
  const gaps = values.map((value, index) =>
    index + 1 < values.length ? (values[index + 1] ?? value) - value : (values[0] ?? value) + size - value,
  );
  return Math.min(size, ...gaps);
}

function valuesOf(part: string, size: number): readonly number[] {
  const found = /^(?:\*|([0-9]+)(?:-([0-9]+))?)(?:\/([0-9]+))?$/.exec(part);
  if (found === null) return [];
  const from = Number(found[1] ?? 0);
  const to = found[1] === undefined || (found[2] === undefined && found[3] !== undefined) ? size - 1 : Number(found[2] ?? from);
  const step = Math.max(1, Number(found[3] ?? 1));
  const values: number[] = [];
  for (let value = from; value <= Math.min(to, size - 1); value += step) values.push(value);
  return values;
}
