import type { Emitter } from "../types.ts";
import { architecture } from "./architecture.ts";
import { busMatrix } from "./bus-matrix.ts";
import { dataDictionary } from "./data-dictionary.ts";
import { lineageDocs } from "./lineage.ts";

/** Documentation for people, in Markdown with Mermaid pictures: architecture, data dictionary, bus matrix, lineage. */
export const docsEmitter: Emitter = {
  name: "docs",
  description: "architecture with its decisions, data dictionary, bus matrix and lineage, in Markdown",
  emit: (design) => {
    const { model } = design;
    return [architecture(design), ...dataDictionary(design), ...(model.facts.length === 0 ? [] : [busMatrix(design)]), ...lineageDocs(design)];
  },
};
