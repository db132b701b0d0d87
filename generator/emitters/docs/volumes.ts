import type { Brief } from "../../model/project.ts";
import { projectVolume, volumeText } from "../../model/volume.ts";
import type { Table } from "../markdown.ts";

/** What the docs say about volumes: a sentence, the formula, and the growth year by year. */
export interface VolumeView {
  readonly summary: string;
  readonly formula: string;
  readonly growth: Table;
}

/** The volumes of a brief, or null where they are not stated. */
export function volumesOf(brief: Brief | null): VolumeView | null {
  const projection = brief === null ? null : projectVolume(brief.volume);
  if (brief === null || projection === null) return null;
  const { gbPerDay, growthPercent, retentionMonths, storedGb } = projection;
  const rate = growthPercent === 0 ? "without growth" : `growing ${growthPercent} % a year`;
  const held = `${volumeText(storedGb)} are held once the first data leaves`;
  const rows = marksOf(retentionMonths).map((months) => row(brief, months));
  return {
    summary: `${volumeText(gbPerDay)} arrive per day, ${rate}, and are kept for ${retentionMonths} months: ${held}.`,
    formula: `held = sum over m = 0 … months - 1 of 30.4 × ${gbPerDay} GB × (1 + ${growthPercent} / 100)^(m / 12)`,
    growth: { header: ["After", "Per day", "Held"], rows },
  };
}

/** Every year of the retention, and its end; at most ten years one by one. */
function marksOf(retentionMonths: number): readonly number[] {
  const years = Array.from({ length: Math.min(10, Math.floor(retentionMonths / 12)) }, (_, index) => (index + 1) * 12);
  return years.at(-1) === retentionMonths ? years : [...years, retentionMonths];
}

function row(brief: Brief, months: number): readonly string[] {
  const then = projectVolume({ ...brief.volume, retentionMonths: months });
  const after = months % 12 === 0 ? `${months / 12} ${months === 12 ? "year" : "years"}` : `${months} months`;
  return [after, then === null ? "" : volumeText(then.gbPerDayAtEnd), then === null ? "" : volumeText(then.storedGb)];
}
