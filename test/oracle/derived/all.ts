import { BRIDGES } from "./bridges.ts";
import type { Derived } from "./derived.ts";
import { MARTS } from "./marts.ts";
import { RECORDS } from "./records.ts";
import { WEEKS } from "./weeks.ts";
import { WINDOWS } from "./windows.ts";

/** All tables of the tested warehouse that are made of others, or remember what others were. */
export const DERIVED: readonly Derived[] = [...BRIDGES, ...RECORDS, ...WINDOWS, ...WEEKS, ...MARTS];
