import type { Artifact } from "../../../artifact.ts";
import { validName } from "../../../model/names.ts";
import type { Design } from "../../../rules/types.ts";
import { bridgeProperties } from "../bridge/properties.ts";
import { builtInProperties, dimensionProperties, joinedProperties, referencedProperties, versionedProperties } from "../dimension/properties.ts";
import { factProperties } from "../fact/properties.ts";
import { handWrittenProperties } from "./hand-written.ts";
import { intermediateFolder, martsFolder, reportsFolder, stagingFolder } from "../project/folders.ts";
import { martProperties } from "../mart/properties.ts";
import type { ModelProperties } from "./model-properties.ts";
import { propertyFiles, type Placed } from "./property-files.ts";
import { modelEntries } from "./versions.ts";
import { currentStateProperties, stagingProperties } from "../staging/staging-properties.ts";

/** A model's properties, where they stand. */
type PlacedModel = Placed<ModelProperties>;

/** One property file per folder of models, beside them: what dbt knows about every model and column. */
export function propertyArtifacts(design: Design): readonly Artifact[] {
  const placed = [...sourceModels(design), ...handWrittenModels(design), ...dimensionModels(design), ...bridgeModels(design), ...factModels(design), ...martModels(design)];
  return propertyFiles(placed, (models) => ({ models: modelEntries(models, design) }));
}

function sourceModels(design: Design): readonly PlacedModel[] {
  return design.model.sources.flatMap((table): readonly PlacedModel[] => {
    const { current } = table.models;
    return [
      {
        path: `${stagingFolder(table.source)}/_stg_${table.source}__models.yml`,
        from: table.name,
        entry: stagingProperties(table, design),
      },
      ...(current === null
        ? []
        : [{ path: intermediateFile(table.source), from: table.name, entry: currentStateProperties(table, current, design) }]),
    ];
  });
}

function handWrittenModels(design: Design): readonly PlacedModel[] {
  return design.model.handWritten.map((one) => ({ path: intermediateFile(one.domain), from: one.name, entry: handWrittenProperties(one, design) }));
}

function dimensionModels(design: Design): readonly PlacedModel[] {
  return design.model.dimensions.flatMap((one): readonly PlacedModel[] => {
    const path = `${martsFolder(one.domain)}/_${one.domain}__models.yml`;
    if (one.kind !== "table") return [{ path, from: one.name, entry: builtInProperties(one, design) }];
    const { joined, versioned, referenced } = one.models;
    const below = intermediateFile(one.domain);
    return [
      ...one.joinedHistories.map(({ versions }) => ({ path: below, from: one.name, entry: versionedProperties(versions, versions.name, design) })),
      ...(joined === null ? [] : [{ path: below, from: one.name, entry: joinedProperties(one, joined, design) }]),
      ...(versioned === null ? [] : [{ path: below, from: one.name, entry: versionedProperties(one, versioned, design) }]),
      ...(referenced === null ? [] : [{ path: below, from: one.name, entry: referencedProperties(one, referenced, design) }]),
      { path, from: one.name, entry: dimensionProperties(one, design) },
    ];
  });
}

function bridgeModels(design: Design): readonly PlacedModel[] {
  return design.model.bridges.map((one) => ({
    path: `${martsFolder(one.domain)}/_${one.domain}__models.yml`,
    from: one.name,
    entry: bridgeProperties(one, design),
  }));
}

function factModels(design: Design): readonly PlacedModel[] {
  return design.model.facts.map((one) => ({
    path: `${martsFolder(one.domain)}/_${one.domain}__models.yml`,
    from: one.name,
    entry: factProperties(one, design),
  }));
}

function martModels(design: Design): readonly PlacedModel[] {
  return design.model.marts.map((one) => ({
    path: `${reportsFolder(one.domain)}/_${one.domain}__reports.yml`,
    from: one.name,
    entry: martProperties(one),
  }));
}

function intermediateFile(area: string): string {
  return `${intermediateFolder(area)}/_int_${validName(area)}__models.yml`;
}
