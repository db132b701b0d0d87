/** Anything in a spec that is SQL: the text, or one text per dialect (`raw_sql`). */
export type SqlSpec =
  { readonly kind: "expression"; readonly sql: string } | { readonly kind: "raw"; readonly sql: { readonly [dialect: string]: string } };

/** How history can be known; used by contracts (source names) and dimensions (staging names). */
export type HistorySpec =
  | { readonly kind: "current_state" | "append_only" }
  | {
      readonly kind: "change_log";
      readonly effective_at: string | null;
      readonly sequence: readonly string[];
      readonly operation: { readonly column: string; readonly delete: readonly string[] } | null;
    }
  | { readonly kind: "periodic_extract"; readonly extract_date: string };

/** A join of a dimension or fact. `as` is the name of a table that is joined in a role; `on` is null where it follows from the contracts. */
export interface JoinSpec {
  readonly to: string;
  readonly as: string | null;
  readonly on: { readonly [here: string]: string } | null;
  readonly type: "left" | "inner";
}

/** A dashboard, notebook, analysis, model or application that uses a fact or mart. */
export interface ExposureSpec {
  readonly name: string;
  readonly type: "dashboard" | "notebook" | "analysis" | "ml" | "application" | null;
  readonly owner: string | null;
  readonly url: string | null;
  readonly description: string | null;
}
