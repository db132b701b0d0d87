import type { Origin } from "../diagnostics/origin.ts";
import type { ChangeClass, RuleId } from "./rules.ts";

/** What kind of object changed. */
export type ObjectKind = "project" | "brief" | "contract" | "model" | "dimension" | "bridge" | "fact" | "mart" | "pipeline";

/** The object that a change belongs to. */
export interface Subject {
  readonly kind: ObjectKind;
  /** Its name in the new model, or in the old one where it is gone. */
  readonly name: string;
}

/** One difference of meaning between two models. */
export interface ModelChange {
  readonly rule: RuleId;
  readonly classes: readonly ChangeClass[];
  readonly subject: Subject;
  /** The column or the property that changed; null for the object itself. */
  readonly part: string | null;
  readonly message: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Where it stands in the new specs, and in the old ones; null where it stands nowhere. */
  readonly origin: Origin | null;
  readonly originBefore: Origin | null;
  /** Where its effects start: columns of dbt models, `*` for all rows of one. */
  readonly touches: readonly Touch[];
  /** Whether versions stay cut as they were, whatever is touched. */
  readonly keepsVersions: boolean;
  /** Whether what it touches holds the values that it held, and others come only of what is made of them. */
  readonly keepsValues: boolean;
}

/** A column of a dbt model or source table (`source:shop.orders`); `*` is all of it. */
export interface Touch {
  readonly model: string;
  readonly column: string;
}

/** A finding before it is put in its place. */
export interface Finding extends Pick<ModelChange, "rule" | "message"> {
  readonly part?: string | null;
  readonly before?: string | null;
  readonly after?: string | null;
  readonly origin?: Origin | null;
  readonly originBefore?: Origin | null;
  /** Classes besides those of the rule. */
  readonly also?: readonly ChangeClass[];
  /** Column that it touches, or several; `*` (the default) for all, null for none. */
  readonly column?: string | readonly string[] | null;
  /** Whether it shows in the table itself alone, and not in the models below it: no version is cut otherwise. */
  readonly shownOnly?: boolean;
  /** Whether the column keeps its values: it says how others are made of them. */
  readonly keepsValues?: boolean;
}
