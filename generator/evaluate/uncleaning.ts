import { monthNames } from "../model/calendar.ts";
import { epochDecimals, type CleanStep, type EpochUnit, type SourceColumn } from "../model/source.ts";
import { evaluateText } from "./cast.ts";
import { cleanedValue } from "./cleaning.ts";
import { sameValue } from "./compare.ts";
import { exactFromText, exactText, rescaled } from "./number.ts";
import { civilDay, dayOf, instantOf } from "./time.ts";

/** Decides where several raw texts mean the same. */
export interface Choice {
  /** Whether to take the way that happens with a probability. */
  readonly chance: (probability: number) => boolean;
  /** One of a list, which is not empty. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
}

/**
 * A raw text that staging's cleaning turns into the wanted value; null where none was found. The steps are undone in reverse order, and what
 * comes out is cleaned again to see that it is right.
 */
export function rawText(column: SourceColumn, wanted: string | null, choice: Choice): { readonly raw: string | null } | null {
  const raw = wanted === null ? absent(column, choice) : beforeSteps(column.clean, wanted, column, choice);
  if (raw === null && wanted !== null) return null;
  const [cleaned, meant] = [cleanedValue(column, raw), evaluateText(wanted, column.type)];
  return "value" in cleaned && "value" in meant && sameValue(cleaned.value, meant.value) ? { raw } : null;
}

/** A text that the steps turn into `text`, as far as they can be undone one by one; null where one cannot. */
export function beforeSteps(steps: readonly CleanStep[], text: string, column: SourceColumn, choice: Choice): string | null {
  return [...steps].reverse().reduce<string | null>((later, step) => (later === null ? null : undone(step, later, column, choice)), text);
}

/** NULL itself, or now and then one of the texts that mean it. */
function absent(column: SourceColumn, choice: Choice): string | null {
  const [first] = column.clean;
  return first?.kind === "nullif" && first.values.length > 0 && choice.chance(0.3) ? choice.pick(first.values) : null;
}

function undone(step: CleanStep, text: string, column: SourceColumn, choice: Choice): string | null {
  switch (step.kind) {
    case "trim": return choice.chance(0.2) && text === text.trim() ? ` ${text} ` : text;
    case "lower": return choice.chance(0.3) && text === text.toUpperCase().toLowerCase() ? text.toUpperCase() : text;
    case "upper": return choice.chance(0.3) && text === text.toLowerCase().toUpperCase() ? text.toLowerCase() : text;
    case "map": return mappedFrom(step, text, choice);
    case "scale": return unscaled(text, step.factor);
    case "parse": return formatted(text, step.format, column);
    case "epoch": return count(text, step.unit, column);
    case "json": return nested(step.path, text);
    case "squeeze":
    case "nullif":
    case "replace":
    case "default": return text;
  }
}

function mappedFrom({ values, otherwise }: Extract<CleanStep, { kind: "map" }>, text: string, choice: Choice): string | null {
  const sources = values.filter(({ to }) => to === text).map(({ from }) => from);
  if (sources.length > 0) return choice.pick(sources);
  return otherwise === "keep" && !values.some(({ from }) => from === text) ? text : null;
}

/** 12.50 by a factor of 0.01 was 1250; a factor that divides nothing evenly has no such text. */
function unscaled(text: string, factor: string): string | null {
  const [value, by] = [exactFromText(text), exactFromText(factor)];
  if (value === null || by === null || by.digits === 0n) return null;
  const scale = Math.max(value.scale, by.scale);
  const [one, other] = [rescaled(value, scale).digits, rescaled(by, scale).digits];
  return one % other === 0n ? exactText({ kind: "exact", digits: one / other, scale: 0 }) : null;
}

/** The number of units since 1970, with all its decimals. */
function count(text: string, unit: EpochUnit, column: SourceColumn): string | null {
  const meant = evaluateText(text, column.type);
  if (!("value" in meant) || meant.value === null) return null;
  if (unit === "days") return String(dayOf(meant.value).day);
  const { micros } = instantOf(meant.value);
  const decimals = epochDecimals[unit];
  return decimals < 0 ? String(micros * 10n ** BigInt(-decimals)) : exactText({ kind: "exact", digits: micros, scale: decimals });
}

/** A date or time in a strptime format. */
function formatted(text: string, format: string, column: SourceColumn): string | null {
  const meant = evaluateText(text, column.type);
  if (!("value" in meant) || meant.value === null) return null;
  const { value } = meant;
  const { year, month, day } = civilDay(dayOf(value).day);
  const seconds = Number((instantOf(value).micros - instantOf(dayOf(value)).micros) / 1_000_000n);
  const hour = Math.floor(seconds / 3600);
  const two = (number: number): string => String(number).padStart(2, "0");
  const name = monthNames[month - 1] ?? "";
  const parts: Readonly<Record<string, string>> = {
    Y: String(year).padStart(4, "0"), y: two(year % 100), m: two(month), d: two(day), b: name.slice(0, 3), B: name, H: two(hour), I: two(hour % 12 === 0 ? 12 : hour % 12),
    p: hour < 12 ? "AM" : "PM", M: two(Math.floor(seconds / 60) % 60), S: two(seconds % 60), f: "000000", z: "+00:00", "%": "%",
  };
  return format.replace(/%(.)/g, (_, letter: string) => parts[letter] ?? "");
}

function nested(path: string, text: string): string | null {
  const keys = /^\$((?:\.[A-Za-z_][A-Za-z0-9_]*)+)$/.exec(path)?.[1]?.slice(1).split(".");
  if (keys === undefined) return null;
  return JSON.stringify(keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), text));
}
