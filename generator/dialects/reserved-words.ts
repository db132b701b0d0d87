/** Words that DuckDB and PostgreSQL both reserve. */
const shared =
  "all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc " +
  "distinct do else end except false fetch for foreign from group having in initially intersect into lateral leading limit not null " +
  "offset on only or order placing primary references returning select some symmetric table then to trailing true union unique using " +
  "variadic when where window with";

/** Words that both take for joins, operators and types: they cannot stand alone as a column (`cast(left as …)`). */
const sharedOperators =
  "authorization binary collation concurrently cross freeze full ilike inner is isnull join left like natural notnull outer overlaps " +
  "right similar tablesample verbose";

/** Reserved words of DuckDB 1.5 (`duckdb_keywords()`), and `user`, which is a function where no such column is in sight. */
export const duckdbWords: ReadonlySet<string> = new Set(
  `${shared} ${sharedOperators} anti asof at by describe glob lambda pivot pivot_longer pivot_wider positional qualify semi show summarize unpack unpivot user`.split(" "),
);

/** Reserved words of PostgreSQL 18 (`pg_get_keywords()`). */
export const postgresWords: ReadonlySet<string> = new Set(
  `${shared} ${sharedOperators} current_catalog current_date current_role current_schema current_time current_timestamp current_user grant localtime localtimestamp session_user system_user user`.split(" "),
);
