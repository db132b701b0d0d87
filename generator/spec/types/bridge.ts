import type { Origin } from "../../diagnostics/origin.ts";
import type { JoinSpec, SqlSpec } from "./parts.ts";

/** One side of a many-to-many relation; a bare string is `{dimension}`. `on` names columns of the source in the order of the natural key. */
export interface BridgeSideSpec {
  readonly dimension: string;
  readonly on: readonly string[];
}

/** A bridge: `group` and `member` for a many-to-many relation, or `hierarchy` and `parent` for a hierarchy of any depth. */
export interface BridgeSpec {
  readonly origin: Origin;
  readonly name: string;
  readonly group: BridgeSideSpec | null;
  readonly member: BridgeSideSpec | null;
  readonly source: string | null;
  readonly joins: readonly JoinSpec[];
  readonly where: SqlSpec | null;
  readonly weight: SqlSpec | null;
  readonly hierarchy: string | null;
  readonly parent: readonly string[];
  readonly over_time: boolean | null;
  readonly description: string | null;
  readonly domain: string | null;
  readonly owner: string | null;
  readonly renamed_from: string | null;
}
