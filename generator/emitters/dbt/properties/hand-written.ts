import type { HandWrittenColumn, HandWrittenModel } from "../../../model/hand-written.ts";
import type { Design } from "../../../rules/types.ts";
import { identifier } from "../sql/expression.ts";
import { notNull, unique, uniqueCombination, type DataTest } from "./data-tests.ts";
import { columnProse } from "./describe.ts";
import type { ModelProperties } from "./model-properties.ts";
import { sentence } from "./prose.ts";

/** What a hand-written model promises: dbt holds its file to the columns and types, tests hold its rows to key and required values. */
export function handWrittenProperties(model: HandWrittenModel, { dialect }: Design): ModelProperties {
  const { name, owner, columns, primaryKey } = model;
  const [only, ...more] = primaryKey;
  const single = more.length === 0 ? only : undefined;
  return {
    name,
    description: [sentence(model.description), "Written by hand."].filter((one) => one !== "").join(" "),
    owner,
    access: "protected",
    contract: model.contractEnforced,
    tests: more.length === 0 ? [] : [uniqueCombination(primaryKey.map((one) => identifier(one, dialect)), "key")],
    columns: columns.map((one) => ({
      name: one.name,
      type: one.type,
      description: columnProse(one.name, one.description, one.unit),
      tests: testsOf(one, single),
      ...(one.pii ? { meta: { pii: true } } : {}),
    })),
  };
}

function testsOf({ name, nullable }: HandWrittenColumn, key: string | undefined): readonly DataTest[] {
  return [...(nullable ? [] : [notNull]), ...(name === key ? [unique] : [])];
}
