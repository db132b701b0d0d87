/** Folder of the dimensions and facts of a domain. */
export function martsFolder(domain: string): string {
  return `dbt/models/marts/${domain}`;
}

/** Folder of the aggregates of a domain: apart from marts/, where outside checks expect only dimensions and facts. */
export function reportsFolder(domain: string): string {
  return `dbt/models/reports/${domain}`;
}

/** Folder of a source's staging models. */
export function stagingFolder(source: string): string {
  return `dbt/models/staging/${source}`;
}

/** Folder of intermediate models of an area: a source or a domain. */
export function intermediateFolder(area: string): string {
  return `dbt/models/intermediate/${area}`;
}
