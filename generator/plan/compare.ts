import { modelsBelow } from "../model/dimension-models.ts";
import type { Dimension } from "../model/dimension.ts";
import type { Model, ModelNode } from "../model/types.ts";
import { bridgeChanges } from "./bridges.ts";
import { contractChanges } from "./contracts.ts";
import { dimensionChanges, isStored } from "./dimensions.ts";
import { factChanges, keepsRows, martChanges } from "./facts.ts";
import { matched } from "./fields.ts";
import { handWrittenChanges } from "./hand-written.ts";
import { briefChanges, pipelineChanges, projectChanges } from "./project.ts";
import { renamesOf, underNewNames, type ColumnRename } from "./renames.ts";
import { changeClasses, changeRules, worstClass } from "./rules.ts";
import type { Finding, ModelChange, ObjectKind } from "./types.ts";

/** Every difference of meaning between two models, the gravest first. A model compared with itself has none. */
export function compareModels(earlier: Model, after: Model): readonly ModelChange[] {
  const renames = renamesOf(earlier, after);
  const before = underNewNames(earlier, after, renames);
  const changes = [
    ...renames.found.flatMap(columnRename),
    ...placed("project", after.project.name, projectChanges(before, after), []),
    ...placed("brief", "brief", briefChanges(before.brief, after.brief), []),
    ...objects("contract", [earlier.sources, before.sources], after.sources, contractChanges, () => "SC301", ({ name }) => [`source:${name}`]),
    ...objects("model", [earlier.handWritten, before.handWritten], after.handWritten, handWrittenChanges, () => "SC301"),
    ...objects("dimension", [earlier.dimensions, before.dimensions], after.dimensions, dimensionChanges, lostDimension, (one) => [...modelsBelow(one).map(({ name }) => name), one.name]),
    ...objects("bridge", [earlier.bridges, before.bridges], after.bridges, bridgeChanges, () => "SC301"),
    ...objects("fact", [earlier.facts, before.facts], after.facts, factChanges, (one, heir) => (keepsRows(one) && (heir === null || !keepsRows(heir)) ? "HS901" : "SC301")),
    ...objects("mart", [earlier.marts, before.marts], after.marts, martChanges, () => "SC301"),
    ...objects("pipeline", [earlier.pipelines, before.pipelines], after.pipelines, pipelineChanges, () => "SC301"),
  ];
  return changes.sort(byGravity);
}

/** The objects of one kind, paired by name or by the name that one had before; `before` is the earlier state under new names. `lost` is the rule for one that is gone, or whose heir has another name. */
function objects<Node extends ModelNode & { readonly renamedFrom?: string | null }>(
  kind: ObjectKind,
  [earlier, before]: readonly [earlier: readonly Node[], before: readonly Node[]],
  after: readonly Node[],
  compare: (was: Node, is: Node) => readonly Finding[],
  lost: (was: Node, heir: Node | null) => "SC301" | "HS901",
  models: (one: Node) => readonly string[] = ({ name }) => [name],
): readonly ModelChange[] {
  const { both, added, removed } = matched(before, after);
  const renamed = added.flatMap((is) => removed.filter((was) => was.name === is.renamedFrom).map((was) => [was, is] as const));
  const [old, fresh] = [new Set(renamed.map(([was]) => was)), new Set(renamed.map(([, is]) => is))];
  return [
    ...both.flatMap(([was, is]) => placed(kind, is.name, compare(was, is), [...new Set([...models(is), ...models(was)])])),
    ...renamed.flatMap(([was, is]) => [
      ...placed(kind, is.name, [{ rule: lost(was, is) === "HS901" ? "HS901" : "SC302", message: "renamed", before: was.name, after: is.name, origin: is.origin, originBefore: was.origin }], [...models(is), ...earlier.filter(({ name }) => name === was.name).flatMap(models)]),
      ...placed(kind, is.name, compare(was, is).filter(({ part }) => part !== "columns" && part !== "keyColumn"), models(is)),
    ]),
    ...added.filter((one) => !fresh.has(one)).flatMap((one) => placed(kind, one.name, [{ rule: "SC201", message: `${kind} added`, origin: one.origin }], models(one))),
    ...removed.filter((one) => !old.has(one)).flatMap((one) => placed(kind, one.name, [{ rule: lost(one, null), message: `${kind} removed`, originBefore: one.origin }], models(one))),
  ];
}

/**
 * A dimension of versions is taken for stored history even where it is computed: facts point to its versions by key. What is stored under
 * a former name the next run takes along.
 */
function lostDimension(one: Dimension, heir: Dimension | null): "SC301" | "HS901" {
  if (heir !== null) return isStored(one) && !isStored(heir) ? "HS901" : "SC301";
  return isStored(one) || (one.kind === "table" && one.scdType === 2) ? "HS901" : "SC301";
}

/** A column that bears another name: the old one is touched in the old model, the new one in the new model. */
function columnRename({ subject, was, is, models }: ColumnRename): readonly ModelChange[] {
  const finding: Finding = { rule: "SC302", part: is.name, message: "column renamed", before: was.name, after: is.name, column: is.name, origin: is.origin, originBefore: was.origin };
  const olds = models.before.map((model) => ({ model, column: was.name }));
  return placed(subject.kind, subject.name, [finding], models.after).map((one) => ({ ...one, touches: [...one.touches, ...olds] }));
}

function placed(kind: ObjectKind, name: string, findings: readonly Finding[], models: readonly string[]): readonly ModelChange[] {
  return findings.map((one) => {
    const classes = new Set([...changeRules[one.rule].classes, ...(one.also ?? [])]);
    const columns = one.column === null ? [] : [one.column ?? "*"].flat();
    const touched = one.shownOnly === true ? models.slice(-1) : models;
    return {
      rule: one.rule,
      classes: changeClasses.filter((each) => classes.has(each)),
      subject: { kind, name },
      part: one.part ?? null,
      message: one.message,
      before: one.before ?? null,
      after: one.after ?? null,
      origin: one.origin ?? null,
      originBefore: one.originBefore ?? null,
      touches: touched.flatMap((model) => columns.map((column) => ({ model, column }))),
      keepsVersions: one.shownOnly === true,
      keepsValues: one.keepsValues === true,
    };
  });
}

const KINDS: readonly ObjectKind[] = ["project", "brief", "contract", "model", "dimension", "bridge", "fact", "mart", "pipeline"];

function byGravity(a: ModelChange, b: ModelChange): number {
  const rank = (one: ModelChange): number => changeClasses.length - changeClasses.indexOf(worstClass(one.classes));
  const id = (one: ModelChange): string => [rank(one), KINDS.indexOf(one.subject.kind), one.subject.name, one.part ?? "", one.rule, one.message, one.before ?? "", one.after ?? ""].join("\u0000");
  return id(a) < id(b) ? -1 : 1;
}
