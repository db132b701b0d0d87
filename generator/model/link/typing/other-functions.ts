/** What to write in place of a function that is not the same on every warehouse, or is stated elsewhere; null where nothing is known of it. */
export function insteadOf(name: string): string | null {
  return instead.get(name) ?? null;
}

/** True for the words that tell the time of the run without being called. */
export function isClockWord(name: string): boolean {
  return ["current_timestamp", "localtimestamp", "current_time", "sysdate", "systimestamp"].includes(name);
}

const RAW = "else write raw_sql, with one text per warehouse.";
const PATTERN = `cut with split_part, left, right or substring, compare with like or ilike; ${RAW}`;
const CLOCK = "it would differ from run to run: name a column that tells the time, such as updated_at, or write current_date for the day of the run.";
const CAST = "write cast(x as integer), cast(x as decimal(12,2)) or cast(x as string).";
const PARSE = "write cast(x as timestamp) for texts in ISO form; other texts are read by the cleaning step parse: \"%d/%m/%Y %H:%M\" of the contract, counts since 1970 by epoch: seconds.";
const JSON_PATH = "take the value out in the contract: a column with from: and the cleaning step json: $.path.";
const KEY = "keys are made by the compiler, from natural_key and grain; personal data are hashed by protect: hash of a column.";
const TRUNCATED = "write date_trunc('month', x).";
const COUNTED = "write date_diff('day', from, to).";
const WEEKDAY_NAME = "write case date_part('day_of_week', x) when 1 then 'Monday' … end; in a mart, group by order_date.day_name of dim_date.";
const WEEKDAY = "write date_part('day_of_week', x), which counts from 1 for Monday to 7 for Sunday: warehouses begin elsewhere.";
const ZONE = "instants are UTC, and their days, months and hours those of settings.timezone; zone: of a column of the contract says where its times were written.";
const ANY = "write x in ('a', 'b'), or x like 'a%' or x like 'b%'.";
const TRY = "let the contract type the column; what its cast cannot take goes to the column's on_failure.";

const instead: ReadonlyMap<string, string> = new Map([
  ...of(PATTERN, "regexp_replace", "regexp_extract", "regexp_extract_all", "regexp_substr", "regexp_like", "regexp_matches", "regexp_contains", "regexp_match", "regexp_count", "regexp_instr", "rlike", "parse_url", "translate"),
  ...of("write split_part(x, '@', 2), which counts from 1.", "split", "string_split", "str_split", "split_to_array", "string_to_array"),
  ...of(`write upper(left(x, 1)) || lower(substring(x, 2)) for the first letter of a text: warehouses disagree where a word begins (o'neil, 2nd, blåbær); ${RAW}`, "initcap", "proper"),
  ...of("write strpos(x, '@') or position('@' in x).", "position"),
  ...of("write strpos(lower(x), 'a') > 0.", "contains_substr"),
  ...of("write concat(x, y) or x || y.", "format", "printf", "format_string"),
  ...of("write ln(x) for the natural logarithm, log10(x) for that of 10, ln(x) / ln(2) for another: warehouses mean different ones by log.", "log", "log2"),
  ...of("write power(x, 1.0 / 3).", "cbrt"),
  ...of("write case when y = 0 then 0 else x / nullif(y, 0) end.", "div0", "div0null"),
  ...of("write trunc(x / nullif(y, 0)).", "div"),
  ...of("write case x when 'a' then 1 when 'b' then 2 else 0 end.", "decode"),
  ...of("write case when … then … end, or bands: [10, 20] of an attribute.", "width_bucket"),
  ...of(ANY, "any", "all", "some", "array", "array_contains", "list_contains"),
  ...of(CLOCK, "now", "getdate", "sysdate", "systimestamp", "current_timestamp", "current_datetime", "localtimestamp", "sysdatetime", "getutcdate", "current_time", "clock_timestamp"),
  ...of(`it would differ from run to run; ${KEY}`, "random", "rand", "uuid", "gen_random_uuid", "uuid_string", "uuid_generate_v4", "generate_uuid", "newid"),
  ...of(CAST, "to_number", "to_numeric", "to_decimal", "to_double", "to_string", "string", "int", "integer", "float", "double", "decimal", "numeric", "bigint", "char", "varchar", "int64", "float64", "convert", "to_boolean"),
  ...of(TRY, "try_to_number", "try_to_date", "try_to_timestamp", "try_to_decimal", "try_to_numeric", "try_to_boolean", "try_parse_json", "try_strptime", "isnumeric", "isdate", "is_date"),
  ...of(PARSE, "to_timestamp", "to_timestamp_ntz", "to_timestamp_tz", "to_timestamp_ltz", "timestamp", "datetime", "parse_timestamp", "parse_datetime", "strptime", "from_unixtime", "timestamp_seconds", "timestamp_millis", "timestamp_micros", "epoch_ms", "make_timestamp"),
  ...of("write date_diff('second', from, to), from timestamp '1970-01-01 00:00:00Z' for a count since 1970.", "unix_timestamp", "unix_seconds", "unix_millis", "unix_micros", "unix_date", "epoch", "to_unixtime"),
  ...of("write to_char(x, '%Y-%m-%d').", "date_format", "to_iso8601"),
  ...of(TRUNCATED, "timestamp_trunc", "datetime_trunc", "time_slice", "date_bin", "time_bucket", "truncate"),
  ...of(COUNTED, "timestamp_diff", "datetime_diff", "timestampdiff", "age", "days_between", "timediff"),
  ...of("write date_diff('month', from, to), which counts the months that begin between the two.", "months_between"),
  ...of("write date_add('hour', 1, x).", "timestamp_add", "datetime_add", "timestampadd", "timestamp_sub", "datetime_sub", "date_sub", "adddate", "subdate"),
  ...of("write date_add('month', 1, x): the day stays, or becomes the last one that the month has; last_day(x) is the last of a month.", "add_months"),
  ...of("write cast(cast(year as string) || '-' || lpad(cast(month as string), 2, '0') || '-' || lpad(cast(day as string), 2, '0') as date).", "make_date", "date_from_parts", "datefromparts"),
  ...of(WEEKDAY, "dayofweek", "dow", "weekday", "day_of_week", "dayofweekiso", "dayofweek_iso"),
  ...of(WEEKDAY_NAME, "dayname", "day_name"),
  ...of("write to_char(x, '%B'), or '%b' for its first three letters.", "monthname", "month_name"),
  ...of(ZONE, "convert_timezone", "timezone", "from_utc_timestamp", "to_utc_timestamp", "at_timezone"),
  ...of(JSON_PATH, "json_extract", "json_extract_scalar", "json_extract_string", "json_extract_path_text", "json_extract_path", "json_value", "json_query", "get_json_object", "get_path", "parse_json", "to_json", "json_object", "object_construct", "get", "flatten", "unnest", "explode"),
  ...of(KEY, "md5", "sha1", "sha2", "sha256", "sha512", "hash", "farm_fingerprint", "md5_hex", "generate_surrogate_key", "fnv_hash", "xxhash64"),
]);

function of(text: string, ...names: readonly string[]): readonly (readonly [string, string])[] {
  return names.map((name) => [name, text]);
}
