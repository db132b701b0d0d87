import type { FactSpec } from "../../../spec/types.ts";
import type { Fact } from "../../fact.ts";
import type { LinkContext } from "../context.ts";
import type { LinkedRows } from "../rows/row-source.ts";

/** A fact on its way: its spec, its rows, and what its parts are checked against. */
export interface FactDraft {
  readonly spec: FactSpec;
  /** Model name, `fct_orders`. */
  readonly name: string;
  readonly linked: LinkedRows;
  /** How its rows are made of events, or null. */
  readonly events: Fact["events"];
  /** The fact it is rolled up from, or null. */
  readonly source: Fact | null;
  /** Dimensions that specs declare; one that is missing in the context was refused, and that is reported already. */
  readonly declared: ReadonlySet<string>;
  readonly context: LinkContext;
}
