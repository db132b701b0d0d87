import type { Brief } from "./project.ts";

/** How the data of a brief grows. Volumes are gigabytes; growth is per year and compounds monthly. */
export interface VolumeProjection {
  readonly gbPerDay: number;
  readonly growthPercent: number;
  readonly retentionMonths: number;
  /** Gigabytes per day at the end of the retention. */
  readonly gbPerDayAtEnd: number;
  /** Gigabytes held when the first data leaves: the sum of all months kept. */
  readonly storedGb: number;
}

/** Days of an average month. */
const DAYS_PER_MONTH = 30.4;

/**
 * The volumes of a brief over its retention: month `m` brings `30.4 × gbPerDay × (1 + growth / 100)^(m / 12)` gigabytes, and what
 * is held is the sum over the months kept. Null where the volume or the retention is not stated; no growth stated counts as none.
 */
export function projectVolume({ gbPerDay, growthPercent, retentionMonths }: Brief["volume"]): VolumeProjection | null {
  if (gbPerDay === null || retentionMonths === null) return null;
  const growth = growthPercent ?? 0;
  const daily = (month: number): number => gbPerDay * Math.max(0, 1 + growth / 100) ** (month / 12);
  let storedGb = 0;
  for (let month = 0; month < retentionMonths; month++) storedGb += DAYS_PER_MONTH * Math.min(1, retentionMonths - month) * daily(month);
  return { gbPerDay, growthPercent: growth, retentionMonths, gbPerDayAtEnd: daily(retentionMonths), storedGb };
}

/** A volume for people: three significant digits in GB, TB or PB. */
export function volumeText(gb: number): string {
  if (gb >= 1e6) return `${significant(gb / 1e6)} PB`;
  return gb >= 1000 ? `${significant(gb / 1000)} TB` : `${significant(gb)} GB`;
}

function significant(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : "more than any";
}
