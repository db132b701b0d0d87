import type { ApprovalSpec, BridgeSpec, BriefSpec, ContractSpec, DimensionSpec, FactSpec, HandWrittenSpec, MartSpec, PipelineSpec, SettingsSpec } from "./types.ts";

/** What an object of each kind says, in canonical form. */
interface Kinds {
  readonly brief: BriefSpec;
  readonly settings: SettingsSpec;
  readonly contract: ContractSpec;
  readonly model: HandWrittenSpec;
  readonly dimension: DimensionSpec;
  readonly bridge: BridgeSpec;
  readonly fact: FactSpec;
  readonly mart: MartSpec;
  readonly pipeline: PipelineSpec;
  readonly approval: ApprovalSpec;
}

/** An object of a spec file that was found valid, in canonical form; plain data. */
export type CheckedObject = { readonly [Kind in keyof Kinds]: { readonly kind: Kind; readonly value: Kinds[Kind] } }[keyof Kinds];

/** Files that were read and checked by earlier runs. */
export interface CheckedFiles {
  /** What a file with these bytes says, where an earlier run found nothing to report about it; null where none did. */
  readonly recall: (path: string, bytes: Uint8Array) => readonly CheckedObject[] | null;
  /** Told once all files of a compilation were recalled: what thousands of them say takes room that the rest of it needs. */
  readonly letGo: () => void;
  /** Takes note of a file that was recalled in vain and is checked now. */
  readonly keep: (path: string, objects: readonly CheckedObject[]) => void;
}

/** Whether a value that was kept as JSON is an object of a spec: whoever kept it answers for what stands in it. */
export function isCheckedObject(value: unknown): value is CheckedObject {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string" && "value" in value && typeof value.value === "object" && value.value !== null;
}
