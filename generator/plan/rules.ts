/** What a change means for those who use the warehouse; a change may be of several classes. */
export type ChangeClass = "cosmetic" | "additive" | "data_dependent" | "restating" | "breaking" | "destructive";

/** All classes, the mildest first. */
export const changeClasses: readonly ChangeClass[] = ["cosmetic", "additive", "data_dependent", "restating", "breaking", "destructive"];

/** What is said about a kind of change. */
export interface ChangeRule {
  readonly title: string;
  readonly classes: readonly ChangeClass[];
  readonly docs: string;
}

/** Every kind of change. Ids stay as they are: CC contract, SC schema, GR grain and meaning, HS history, XX unknown. */
export const changeRules = {
  CC101: { title: "wording or ownership", classes: ["cosmetic"], docs: "A description, an owner, a label of the documentation: no value and no column changes." },
  CC102: { title: "operation", classes: ["additive"], docs: "When and how pipelines run and load, service levels. The same rows mean the same." },
  SC201: { title: "something new", classes: ["additive"], docs: "A new object, or a new column that may be empty." },
  SC202: { title: "wider values", classes: ["additive"], docs: "More values are allowed than before. Consumers that list all values (a CASE without ELSE) miss the new ones." },
  SC301: { title: "removed", classes: ["breaking"], docs: "A column or object that consumers may read is gone." },
  SC302: { title: "renamed", classes: ["breaking"], docs: "A column or relation has another name. The old name is gone." },
  SC303: { title: "type narrowed or changed", classes: ["breaking"], docs: "The new type does not hold every value of the old one, or consumers must read it another way." },
  SC304: { title: "guarantee lost", classes: ["breaking"], docs: "What was promised (never empty, unique, an enforced contract) is promised no more." },
  CC401: { title: "tightened", classes: ["data_dependent"], docs: "Rows that are there already may fail: something became required, unique or narrower." },
  SC501: { title: "type widened", classes: ["additive"], docs: "The new type holds every value of the old one." },
  GR601: { title: "grain or key", classes: ["breaking", "restating"], docs: "What one row stands for changed. Keys are new, stored versions no longer fit theirs." },
  HS701: { title: "history", classes: ["restating"], docs: "How the past is kept changed: SCD type, tracked columns, deletes, the source of history." },
  GR801: { title: "meaning", classes: ["restating"], docs: "The same column or table says something else: filter, join, expression, unit, aggregation, zone." },
  HS901: { title: "stored history", classes: ["breaking", "destructive"], docs: "A table that holds what cannot be computed again is removed, renamed or left behind." },
  CC951: { title: "governance", classes: ["breaking"], docs: "Personal data is less protected, kept longer, or a policy was taken back." },
  XX999: { title: "unknown", classes: ["breaking"], docs: "A difference that no rule knows. It is taken for the worst until a person has looked at it." },
} as const satisfies { readonly [id: string]: ChangeRule };

/** Id of a kind of change. */
export type RuleId = keyof typeof changeRules;

/** The worst of some classes. */
export function worstClass(classes: readonly ChangeClass[]): ChangeClass {
  return changeClasses.toReversed().find((one) => classes.includes(one)) ?? "cosmetic";
}

/** Whether somebody must agree before a change of these classes is merged: consumers break, data is lost or past numbers change. */
export function needsApproval(classes: readonly ChangeClass[]): boolean {
  return classes.some((one) => one === "breaking" || one === "destructive" || one === "restating");
}
