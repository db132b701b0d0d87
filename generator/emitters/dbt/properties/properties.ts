import type { Artifact } from "../../../artifact.ts";
import { validName } from "../../../model/names.ts";
import type { Design } from "../../../rules/types.ts";
import { bridgeProperties } from "../bridge/properties.ts";
import { builtInProperties, dimensionProperties, joinedProperties, referencedProperties, versionedProperties } from "../dimension/properties.ts";
import { factProperties } from "../fact/properties.ts";
import { intermediateFolder, martsFolder, reportsFolder, stagingFolder } from "../project/folders.ts";
import { martProperties } from "../mart/properties.ts";
import type { ModelProperties } from "./model-properties.ts";
import { modelEntries } from "./versions.ts";
import { currentStateProperties, stagingProperties } from "../staging/staging-properties.ts";

/** A model's properties, the file they stand in, and the spec object they come from. */
interface Placed {
  readonly path: string;
  readonly from: string;
  readonly properties: ModelProperties;
}

/** One property file per folder of models, beside them: what dbt knows about every model and column. */
export function propertyArtifacts(design: Design): readonly Artifact[] {
  const files = new Map<string, Placed[]>();
  for (const one of [...sourceModels(design), ...dimensionModels(design), ...bridgeModels(design), ...factModels(design), ...martModels(design)]) {
    const file = files.get(one.path);
    if (file === undefined) files.set(one.path, [one]);
    else file.push(one);
  }
  return [...files].map(([path, placed]): Artifact => ({
    kind: "data",
    format: "yaml",
    path,
    mode: "generated",
    from: [...new Set(placed.map((one) => one.from))],
    origin: null,
    value: { version: 2, models: modelEntries(placed.map((one) => one.properties), design) },
  }));
}

function sourceModels(design: Design): readonly Placed[] {
  return design.model.sources.flatMap((table): readonly Placed[] => {
    const { current } = table.models;
    return [
      {
        path: `${stagingFolder(table.source)}/_stg_${table.source}__models.yml`,
        from: table.name,
        properties: stagingProperties(table, design),
      },
      ...(current === null
        ? []
        : [{ path: intermediateFile(table.source), from: table.name, properties: currentStateProperties(table, current, design) }]),
    ];
  });
}

function dimensionModels(design: Design): readonly Placed[] {
  return design.model.dimensions.flatMap((one): readonly Placed[] => {
    const path = `${martsFolder(one.domain)}/_${one.domain}__models.yml`;
    if (one.kind !== "table") return [{ path, from: one.name, properties: builtInProperties(one, design) }];
    const { joined, versioned, referenced } = one.models;
    const below = intermediateFile(one.domain);
    return [
      ...one.joinedHistories.map(({ versions }) => ({ path: below, from: one.name, properties: versionedProperties(versions, versions.name, design) })),
      ...(joined === null ? [] : [{ path: below, from: one.name, properties: joinedProperties(one, joined, design) }]),
      ...(versioned === null ? [] : [{ path: below, from: one.name, properties: versionedProperties(one, versioned, design) }]),
      ...(referenced === null ? [] : [{ path: below, from: one.name, properties: referencedProperties(one, referenced, design) }]),
      { path, from: one.name, properties: dimensionProperties(one, design) },
    ];
  });
}

function bridgeModels(design: Design): readonly Placed[] {
  return design.model.bridges.map((one) => ({
    path: `${martsFolder(one.domain)}/_${one.domain}__models.yml`,
    from: one.name,
    properties: bridgeProperties(one, design),
  }));
}

function factModels(design: Design): readonly Placed[] {
  return design.model.facts.map((one) => ({
    path: `${martsFolder(one.domain)}/_${one.domain}__models.yml`,
    from: one.name,
    properties: factProperties(one, design),
  }));
}

function martModels(design: Design): readonly Placed[] {
  return design.model.marts.map((one) => ({
    path: `${reportsFolder(one.domain)}/_${one.domain}__reports.yml`,
    from: one.name,
    properties: martProperties(one),
  }));
}

function intermediateFile(area: string): string {
  return `${intermediateFolder(area)}/_int_${validName(area)}__models.yml`;
}
