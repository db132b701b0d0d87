import type { Diagnostic } from "../diagnostics/define.ts";
import type { Origin } from "../diagnostics/origin.ts";
import type { Dialect } from "../dialects/types.ts";
import type { Model } from "../model/types.ts";
import type { ChoiceOf, Topic } from "./topics.ts";

export type { ChoiceOf, Topic } from "./topics.ts";

/** A recorded choice of the compiler, with its reason and the alternatives that lost. */
export interface Decision {
  readonly rule: string;
  /** Name of the object decided about, or the project. */
  readonly subject: string;
  /** What was decided: a `Topic`, or what the linker inferred (`join`, `foreign key`). */
  readonly topic: string;
  readonly choice: string;
  readonly because: string;
  readonly alternatives: readonly { readonly choice: string; readonly because: string }[];
  readonly origin: Origin | null;
}

/** What a rule may look at. */
export interface RuleContext {
  readonly model: Model;
  readonly dialect: Dialect;
}

/** What a rule has to say; what it leaves out is nothing. */
export interface Findings {
  readonly decisions?: readonly Decision[];
  readonly diagnostics?: readonly Diagnostic[];
}

/** A rule that chooses or refuses, or both. Pure: the same model gives the same findings. */
export interface Rule {
  readonly name: string;
  readonly apply: (context: RuleContext) => Findings;
}

/** The model with all that was decided about it. */
export interface Design {
  readonly model: Model;
  readonly dialect: Dialect;
  readonly decisions: readonly Decision[];
  /** Every domain that an object of the project states, once, in code-point order; of a part of a project, those of all of it. */
  readonly domains: readonly string[];
  /** The choice of a topic about a subject, or undefined where none was made. */
  readonly choice: <T extends Topic>(topic: T, subject: string) => ChoiceOf<T> | undefined;
}
