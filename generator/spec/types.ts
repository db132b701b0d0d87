import type { ApprovalSpec } from "./types/approval.ts";
import type { BridgeSpec } from "./types/bridge.ts";
import type { BriefSpec } from "./types/brief.ts";
import type { ContractSpec } from "./types/contract.ts";
import type { DimensionSpec } from "./types/dimension.ts";
import type { FactSpec } from "./types/fact.ts";
import type { HandWrittenSpec } from "./types/hand-written.ts";
import type { MartSpec } from "./types/mart.ts";
import type { PipelineSpec } from "./types/pipeline.ts";
import type { SettingsSpec } from "./types/settings.ts";

export type { ApprovalSpec } from "./types/approval.ts";
export type { BridgeSideSpec, BridgeSpec } from "./types/bridge.ts";
export type { BriefSpec } from "./types/brief.ts";
export type { CheckSpec, CleanStepSpec, ColumnSpec, ContractSpec } from "./types/contract.ts";
export type { AttributeSpec, DimensionSpec, MiniDimensionSpec, OutriggerSpec, ScdTypeSpec } from "./types/dimension.ts";
export type { FactSpec, ForeignKeySpec, MeasureSpec } from "./types/fact.ts";
export type { HandWrittenSpec } from "./types/hand-written.ts";
export type { MartSpec } from "./types/mart.ts";
export type { ExposureSpec, HistorySpec, JoinSpec, SqlSpec } from "./types/parts.ts";
export type { PipelineSpec } from "./types/pipeline.ts";
export type { SettingsSpec } from "./types/settings.ts";

/**
 * The spec as written, in canonical keys and spellings; nothing is resolved yet. What was "not filled in"
 * (`""`, `[]`, `{}`, null, 0 where 0 means nothing) is null or an empty list. Only top-level objects carry an
 * `origin`: a part's origin is `within(origin, "schema", 3, "type")`, with canonical keys and source indices.
 */
export interface Spec {
  readonly brief: BriefSpec | null;
  readonly contracts: readonly ContractSpec[];
  readonly models: readonly HandWrittenSpec[];
  readonly dimensions: readonly DimensionSpec[];
  readonly bridges: readonly BridgeSpec[];
  readonly facts: readonly FactSpec[];
  readonly marts: readonly MartSpec[];
  readonly pipelines: readonly PipelineSpec[];
  readonly settings: SettingsSpec | null;
  readonly approvals: readonly ApprovalSpec[];
}
