import type { Dialect } from "../dialects/types.ts";
import type { Model } from "../model/types.ts";

/** Where the built tables stand, as the project's own target names them. */
export interface Relations {
  readonly mart: (name: string) => string;
  readonly staging: (name: string) => string;
  readonly intermediate: (name: string) => string;
  readonly column: (name: string) => string;
}

/** Names of relations and columns as SQL. */
export function relationsOf({ project }: Model, dialect: Dialect): Relations {
  const inSchema = (schema: string) => (name: string): string => `${dialect.quote(schema)}.${dialect.quote(name)}`;
  return { mart: inSchema(project.schemas.marts), staging: inSchema(project.schemas.staging), intermediate: inSchema(project.schemas.intermediate), column: dialect.quote };
}
