import type { Expression } from "../expression.ts";
import type { LogicalType } from "../types.ts";

/** What a name means where an expression stands; `instead` says how an unknown one may be had. */
export type Lookup =
  | { readonly kind: "found"; readonly expression: Expression }
  | { readonly kind: "unknown"; readonly candidates: readonly string[]; readonly instead?: string }
  /** Several inputs have it; the candidates are the qualified names to choose from. */
  | { readonly kind: "ambiguous"; readonly candidates: readonly string[] }
  /** A source name where a staging name is due, or the reverse. */
  | { readonly kind: "other_name_space"; readonly correct: string }
  /** It stands for something that was refused and reported there. */
  | { readonly kind: "refused" };

/** The names an expression may use. A qualifier may hold a dot (`shop.customers`). */
export interface Scope {
  readonly lookup: (name: string, qualifier: string | null) => Lookup;
}

/** One input of a scope. `otherName` is the column's name in the other name space, where that differs. */
export interface ScopeInput {
  /** Alias of the input in the row source; null for the select under construction. */
  readonly input: string | null;
  /** All qualifiers that mean it: its alias, `shop.orders`, `orders`. The first is the one to suggest. */
  readonly qualifiers: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: LogicalType; readonly otherName?: string | null }[];
  /** Names of columns that hold what the columns of the same name of an earlier input hold, because it is joined by them. */
  readonly shared?: ReadonlySet<string>;
  /** True for a table in a role: its columns are never meant by their bare names. */
  readonly isRole?: boolean;
  /** Tells names that the input has but that were refused; none where it is left out. */
  readonly refuses?: (name: string) => boolean;
}

/** The scope of joined inputs: a name that two of them share must be qualified, unless they are joined by it; so must one of a table in a role. */
export function columnScope(inputs: readonly ScopeInput[]): Scope {
  const columns = inputs.map((one) => new Map(one.columns.map((column) => [column.name, column])));
  return {
    lookup(name, qualifier) {
      const meant = inputs.flatMap((one, index) => ((qualifier === null ? one.isRole !== true : one.qualifiers.includes(qualifier)) ? [index] : []));
      if (meant.length === 0) return { kind: "unknown", candidates: elsewhere(name, inputs) };
      const found = meant.flatMap((index) => {
        const column = columns[index]?.get(name);
        const input = inputs[index];
        return column === undefined || input === undefined ? [] : [{ input, column }];
      });
      const [first] = found;
      if (first === undefined) return missing(name, qualifier === null ? inputs : meant.flatMap((index) => inputs[index] ?? []));
      const others = found.slice(1).filter((one) => one.input.shared?.has(name) !== true);
      if (others.length > 0) return { kind: "ambiguous", candidates: found.map((one) => `${one.input.qualifiers[0] ?? ""}.${name}`) };
      return { kind: "found", expression: { kind: "column", input: first.input.input, name, type: first.column.type } };
    },
  };
}

/** Where a column of the name is, else all columns. */
function elsewhere(name: string, inputs: readonly ScopeInput[]): readonly string[] {
  const having = inputs.filter((one) => one.columns.some((column) => column.name === name));
  const qualified = having.flatMap((one) => one.qualifiers.map((each) => `${each}.${name}`));
  return qualified.length > 0 ? qualified : inputs.flatMap((one) => one.columns.map((column) => column.name));
}

function missing(name: string, inputs: readonly ScopeInput[]): Lookup {
  if (inputs.some((one) => one.refuses?.(name) === true)) return { kind: "refused" };
  for (const input of inputs) {
    const other = input.columns.find((column) => column.otherName === name);
    if (other !== undefined) return { kind: "other_name_space", correct: other.name };
  }
  const shown = (input: ScopeInput, column: string): string => (input.isRole === true && inputs.length > 1 ? `${input.qualifiers[0] ?? ""}.${column}` : column);
  return { kind: "unknown", candidates: inputs.flatMap((one) => one.columns.map((column) => shown(one, column.name))) };
}
