import type { Origin } from "../../diagnostics/origin.ts";

/** A column that a hand-written model promises. */
export interface HandWrittenColumnSpec {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean | null;
  readonly description: string | null;
  readonly unit: string | null;
  readonly pii: boolean;
}

/** A dbt model that somebody writes by hand. `reads` names contracts (`shop.orders`) and hand-written models (`ref.int_rates`). */
export interface HandWrittenSpec {
  readonly origin: Origin;
  readonly name: string;
  readonly columns: readonly HandWrittenColumnSpec[];
  readonly primary_key: readonly string[];
  readonly reads: readonly string[];
  readonly contract: { readonly enforced: boolean };
  readonly description: string | null;
  readonly domain: string | null;
  readonly owner: string | null;
}
