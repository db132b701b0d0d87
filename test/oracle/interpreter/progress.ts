import type { Instant } from "./types.ts";

/** The hours from one instant to a later one in whole seconds, with two decimals; NULL until both are reached. */
export function hoursBetween(from: Instant | null, to: Instant | null): string | null {
  if (from === null || to === null) return null;
  return (Math.round((seconds(to) - seconds(from)) / 36) / 100).toFixed(2);
}

/** The days of the calendar from one day to another; NULL until both are reached. */
export function daysBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

function seconds(at: Instant): number {
  return Date.parse(`${at.slice(0, 10)}T${at.slice(11, 19)}Z`) / 1000;
}
