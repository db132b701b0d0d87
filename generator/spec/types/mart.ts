import type { Origin } from "../../diagnostics/origin.ts";
import type { MeasureSpec } from "./fact.ts";
import type { ExposureSpec, SqlSpec } from "./parts.ts";

/** A mart: an aggregate on facts. */
export interface MartSpec {
  readonly origin: Origin;
  readonly name: string;
  readonly from: readonly string[];
  /** A bare string is `{column}`; `as` renames. */
  readonly by: readonly { readonly column: string; readonly as: string | null; readonly renamed_from: string | null }[];
  /** A bare string is `{name}`: the fact's measure of that name, under that name. */
  /** Bridges by which the facts reach what they have several of; a bare string is `{bridge}`. */
  readonly through: readonly { readonly bridge: string; readonly level: number | null; readonly role: string | null }[];
  readonly measures: readonly {
    readonly name: string;
    readonly source: string | null;
    /** SQL over other measures of the mart, after they are aggregated. */
    readonly expression: SqlSpec | null;
    /** Type of the expression, where it must be stated (raw SQL). */
    readonly type: string | null;
    readonly aggregation: MeasureSpec["aggregation"];
    readonly where: SqlSpec | null;
    readonly weighted: boolean | null;
    readonly description: string | null;
    readonly renamed_from: string | null;
  }[];
  readonly where: SqlSpec | null;
  readonly rolling: {
    readonly over: string;
    readonly periods: number;
    readonly unit: "day" | "week" | "month";
    readonly measures: readonly string[];
  } | null;
  readonly include_deleted: boolean | null;
  readonly include: string | null;
  readonly top: { readonly by: string; readonly n: number; readonly within: readonly string[] } | null;
  readonly description: string | null;
  readonly domain: string | null;
  readonly owner: string | null;
  readonly exposures: readonly ExposureSpec[];
  readonly version: number | null;
  readonly earlier_versions: readonly EarlierMartSpec[];
  readonly renamed_from: string | null;
}

/** An earlier version of a mart that is still built; without `from` it is made from the same facts. */
export interface EarlierMartSpec extends Pick<MartSpec, "from" | "by" | "through" | "measures" | "where" | "rolling" | "include_deleted" | "include" | "top"> {
  readonly version: number;
  /** ISO date. */
  readonly deprecation_date: string;
}
