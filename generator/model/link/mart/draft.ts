import type { MartSpec } from "../../../spec/types.ts";
import type { Fact, Mart } from "../../fact.ts";
import type { LinkContext } from "../context.ts";

/** A mart on its way: its spec and the facts it reads. */
export interface MartDraft {
  readonly spec: MartSpec;
  /** Model name, `mrt_sales_monthly`. */
  readonly name: string;
  readonly facts: readonly Fact[];
  /** The bridges of each fact, whose keys it has beside its own. */
  readonly bridges: readonly Mart["facts"][number]["bridges"][];
  readonly context: LinkContext;
}
