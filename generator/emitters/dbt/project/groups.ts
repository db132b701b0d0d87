import { modelsBelow } from "../../../model/dimension-models.ts";
import type { Artifact, Data } from "../../../artifact.ts";
import type { Design } from "../../../rules/types.ts";
import { groupName, ownerOf } from "../properties/model-properties.ts";

/** One dbt group per team that owns a model. dbt needs a name or an address of the owner. */
export function groupArtifacts(design: Design): readonly Artifact[] {
  const owners = new Map(owningTeams(design).map((one) => [groupName(one), one]));
  const groups = [...owners]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, owner]): Data => {
      const email = design.model.owners.find((one) => one.name === owner)?.email ?? null;
      return { name, description: `Models that ${owner} answers for.`, owner: email === null ? { name: owner } : { name: owner, email } };
    });
  if (groups.length === 0) return [];
  return [
    {
      kind: "data",
      format: "yaml",
      path: "dbt/models/_groups.yml",
      mode: "generated",
      from: [],
      origin: null,
      value: { version: 2, groups },
    },
  ];
}

function owningTeams({ model }: Design): readonly string[] {
  return [
    ...model.sources.flatMap((one) => [
      ownerOf(one.owner, one.models.staging, model),
      ...(one.models.current === null ? [] : [ownerOf(one.owner, one.models.current, model)]),
    ]),
    ...model.dimensions.flatMap((one) =>
      one.kind !== "table"
        ? [ownerOf(model.facts[0]?.owner ?? null, one.name, model)]
        : [one.name, ...modelsBelow(one).map(({ name }) => name)].map((name) => ownerOf(one.owner, name, model)),
    ),
    ...[...model.handWritten, ...model.bridges, ...model.facts, ...model.marts].map((one) => ownerOf(one.owner, one.name, model)),
  ];
}
