import type { Artifact, Data, TemplateArtifact } from "../../../artifact.ts";
import type { Dialect } from "../../../dialects/types.ts";

/** A generic data test that the generated project brings along, since hub packages are not to be had offline. */
export interface GenericTest {
  readonly name: string;
  readonly description: string;
  /** Whether its SQL calls the macro `sql_literal`. */
  readonly usesLiterals: boolean;
  readonly view: (dialect: Dialect) => TemplateArtifact["view"];
}

/** All generic tests, in code-point order; a project gets those that it uses. */
export const genericTests: readonly GenericTest[] = [
  plain("combination_exists", "Rows whose combination of columns is no row of another model."),
  plain("expression_holds", "Rows for which a condition does not hold."),
  plain("few_departures", "More members gone than a run may close: the snapshot is not taken (variable allow_mass_deletes lets one run do it)."),
  plain("has_every", "Keys of another model that a column lacks."),
  plain("length_between", "Texts that are too short or too long."),
  {
    name: "matches_pattern",
    description: "Texts in which a regular expression does not occur.",
    usesLiterals: true,
    view: (dialect) => ({ matches: dialect.matches("{{ column_name }}", "@").replace("'@'", "{{ sql_literal(pattern) }}") }),
  },
  plain("no_overlapping_versions", "Versions of a member that begin before the one before them has ended."),
  plain("one_parent", "Values of a level that lie under more than one value of the level above."),
  plain("row_count_between", "Models with too few or too many rows."),
  plain("same_in_all_versions", "Members whose versions differ in a column that all of them share."),
  plain("same_row_count", "Models with more or fewer rows than another one."),
  plain("shares_add_up", "Groups whose shares do not add up to 1."),
  plain("single_current_version", "Members with more than one current version."),
  plain("unique_combination", "Combinations of values that occur more than once."),
  { ...plain("value_in_range", "Values below or above the limits."), usesLiterals: true },
  { ...plain("values_in", "Values that are not in the list."), usesLiterals: true },
];

/** The kinds of data tests that property files name, own and built in. */
export function testKinds(artifacts: Iterable<Artifact>): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const one of artifacts) if (one.kind === "data") collect(one.value, false, kinds);
  return kinds;
}

function collect(value: Data, isTest: boolean, kinds: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  if (isList(value)) {
    for (const one of value) collect(one, isTest, kinds);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (isTest) kinds.add(key);
    else collect(inner, key === "data_tests", kinds);
  }
}

function isList(value: Data): value is readonly Data[] {
  return Array.isArray(value);
}

function plain(name: string, description: string): GenericTest {
  return { name, description, usesLiterals: false, view: () => ({}) };
}
