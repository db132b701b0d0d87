import { scalar } from "./logical-type.ts";
import type { LogicalType } from "./types.ts";

/** Column that counts the rows of the log that tell of a member. */
export const SOURCE_ROWS = "source_rows";

/** Column of the hash of what a dimension is made of. */
export const DEFINITION_HASH = "definition_hash";

/** The columns by which a dimension that is written member by member knows whom a run must work out again; NULL in reserved members. */
export const MEMBER_COLUMNS: readonly { readonly name: string; readonly type: LogicalType; readonly description: string }[] = [
  { name: SOURCE_ROWS, type: scalar("bigint"), description: "Rows of the change log that tell of the member; a run works out the members that have more." },
  { name: DEFINITION_HASH, type: scalar("string"), description: "Hash of what the dimension is made of; where it changes, a run works out every member." },
];
