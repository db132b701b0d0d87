import type { Origin } from "../../diagnostics/origin.ts";

/** How to compile. */
export interface SettingsSpec {
  readonly origin: Origin;
  readonly project: string | null;
  readonly warehouse: string | null;
  readonly schemas: {
    readonly staging: string | null;
    readonly intermediate: string | null;
    readonly history: string | null;
    readonly marts: string | null;
  };
  readonly timezone: string | null;
  readonly dates: { readonly from: string | null; readonly to: string | null; readonly fiscal_year_start: number | null };
  readonly time_grain: "minute" | "second" | null;
  /** Undefined where not stated; null for `open_end: null`. */
  readonly open_end: string | null | undefined;
  readonly as_of_run: "wall_clock" | "logical_date" | null;
  readonly delete_guard: number | false | null;
  readonly emitters: { readonly [name: string]: boolean | { readonly [option: string]: unknown } };
}
