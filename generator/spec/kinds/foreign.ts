import { ambiguousText, isMapping } from "../document.ts";

/** A file that follows another standard: what it is, and what to write instead. */
export interface ForeignFormat {
  readonly key: string;
  readonly format: string;
  readonly instead: string;
}

const CONTRACT =
  "write each table as 'contract:' for now (its properties or fields are columns, logicalType is type, required: true is nullable: false, primaryKey is primary_key); these files will be read by a later version.";
const OTHER = "write source tables as contracts and the star schema as dimensions and fact tables.";

/** Recognises files of other standards (ODCS, DCS, ODPS, Ossie, dbt, Cube) by the keys they open with, or returns null. */
export function foreignFormat(document: unknown): ForeignFormat | null {
  if (!isMapping(document)) return null;
  const kind = document["kind"];
  const has = (key: string): boolean => key in document;
  if (kind === "DataContract" || (has("apiVersion") && has("dataset")))
    return { key: "kind", format: "an Open Data Contract (ODCS)", instead: CONTRACT };
  if (has("dataContractSpecification"))
    return { key: "dataContractSpecification", format: "a Data Contract Specification (DCS)", instead: CONTRACT };
  if (kind === "DataProduct" || has("dataProduct") || (has("schema") && has("product")))
    return { key: has("kind") ? "kind" : "schema", format: "a data product (ODPS)", instead: OTHER };
  if (has("semantic_model") || has("semantic_models"))
    return {
      key: has("semantic_model") ? "semantic_model" : "semantic_models",
      format: "a semantic model (Ossie or MetricFlow)",
      instead: OTHER,
    };
  if (has("cubes")) return { key: "cubes", format: "a Cube model", instead: OTHER };
  const version = document["version"];
  if (has("version") && (has("models") || has("sources")) && (version === 2 || ambiguousText(version) !== null)) {
    return { key: has("models") ? "models" : "sources", format: "a dbt property file", instead: OTHER };
  }
  return null;
}
