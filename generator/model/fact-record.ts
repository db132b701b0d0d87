import type { Fact } from "./fact.ts";
import { scalar } from "./logical-type.ts";
import { durableKeyColumn } from "./names.ts";
import type { LogicalType } from "./types.ts";

/** A column that a load keeps beside what the rows of the source hold. */
export interface RecordColumn {
  readonly name: string;
  readonly type: LogicalType;
  readonly description: string;
}

type Loaded = Pick<Fact, "load" | "process">;

/** The columns that the load of a fact adds: when its source lost a row, or what a correction took back and wrote anew. */
export function recordColumns(fact: Loaded): readonly RecordColumn[] {
  if (keepsDeleted(fact)) {
    return [
      { name: DELETED, type: scalar("boolean"), description: "True where the source no longer has the row." },
      { name: "deleted_at", type: scalar("timestamp"), description: "When a run first missed the row, UTC; empty while the source has it." },
    ];
  }
  if (!keepsEntries(fact)) return [];
  return [
    { name: entriesKeyColumn(fact), type: scalar("string"), description: "Key that all entries of one row share." },
    { name: "entry_number", type: scalar("integer"), description: "Place of the entry among those of its row, from 1." },
    { name: "entry_type", type: scalar("string"), description: "original, reversal (takes the entry before it back) or correction." },
    { name: "recorded_at", type: scalar("timestamp"), description: "When a run wrote the entry, UTC." },
  ];
}

/** Every column that a fact has for its load: its load time and what is recorded. */
export function loadColumns(fact: Loaded): readonly RecordColumn[] {
  const time = loadTimeColumn(fact);
  return [...(time === null ? [] : [time]), ...recordColumns(fact)];
}

/** The column that holds when the source row of a fact was loaded, which dates its window; null where increments have none. */
export function loadTimeColumn({ load }: Pick<Fact, "load">): RecordColumn | null {
  if (load.lookback === null) return null;
  return { name: LOADED_AT, type: scalar("timestamp"), description: "When the row of the source was loaded, UTC; the latest is the watermark of the next run." };
}

/** Column that holds when the row of the source was loaded. */
export const LOADED_AT = "source_loaded_at";

/** Column that is true where the source no longer has a row. */
export const DELETED = "is_deleted";

/** Whether rows that the source lost stay in the fact, marked. */
export function keepsDeleted({ load }: Pick<Fact, "load">): boolean {
  return load.strategy === "soft_delete";
}

/** Whether a correction or deletion is written as entries that take the former ones back. */
export function keepsEntries({ load }: Pick<Fact, "load">): boolean {
  return load.corrections === "reversal";
}

/** Key that the entries of one row share, `order_lines_durable_key`. */
export function entriesKeyColumn({ process }: Pick<Fact, "process">): string {
  return durableKeyColumn(process);
}

/** Whether a run writes every row of its window as it came out, instead of those that differ from what is stored. */
export function rewritesWindow({ load }: Pick<Fact, "load">): boolean {
  return load.lookback !== null && load.strategy !== "append";
}
