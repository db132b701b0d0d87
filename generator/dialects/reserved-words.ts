/** Words that DuckDB and PostgreSQL both reserve. */
const shared =
  "all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc " +
  "distinct do else end except false fetch for foreign from group having in initially intersect into lateral leading limit not null " +
  "offset on only or order placing primary references returning select some symmetric table then to trailing true union unique using " +
  "variadic when where window with";

/** Reserved words of DuckDB 1.5 (`duckdb_keywords()`), and `user`, which is a function where no such column is in sight. */
export const duckdbWords: ReadonlySet<string> = new Set(`${shared} describe lambda pivot pivot_longer pivot_wider qualify show summarize unpivot user`.split(" "));

/** Reserved words of PostgreSQL 18 (`pg_get_keywords()`). */
export const postgresWords: ReadonlySet<string> = new Set(
  `${shared} current_catalog current_date current_role current_time current_timestamp current_user grant localtime localtimestamp session_user system_user user`.split(" "),
);
