import type { ColumnReference, Expression } from "../../expression.ts";
import { scalar } from "../../logical-type.ts";
import type { RowInput } from "../../rows.ts";
import { columnScope, type Lookup, type Scope, type ScopeInput } from "../scope.ts";
import type { Readable, ReadableColumn } from "./readable.ts";

/** A readable under the alias it has in a row source. */
export interface NamedInput {
  readonly alias: string;
  readonly readable: Readable;
}

/** Gives every readable a short word of its own; `taken` are words that mean something else in the same query. */
export function nameInputs(readables: readonly Readable[], taken: ReadonlySet<string>): readonly NamedInput[] {
  const used = new Set(taken);
  const shared = new Set(readables.map((one) => one.words[0] ?? "").filter((word, index, all) => all.indexOf(word) !== index));
  return readables.map((readable) => {
    const free = readable.words.find((word) => !used.has(word) && !shared.has(word)) ?? freeWord(readable.words.at(-1) ?? "rows", used);
    used.add(free);
    return { alias: free, readable };
  });
}

function freeWord(word: string, used: ReadonlySet<string>): string {
  let count = 2;
  while (used.has(`${word}_${count}`)) count += 1;
  return `${word}_${count}`;
}

/** The input as the model keeps it. */
export function rowInput(input: NamedInput): RowInput {
  return { alias: input.alias, reference: input.readable.reference };
}

/**
 * The columns of all inputs by name; a column of a hand-written model is read as text until its type is stated. What
 * `refused` joins would have brought is passed over. `shared` names the columns by which an input is joined to one of the same name.
 */
export function inputScope(inputs: readonly NamedInput[], refused: readonly ScopeInput[] = [], shared: (readable: Readable) => ReadonlySet<string> | undefined = () => undefined): Scope {
  const known = columnScope([
    ...inputs.flatMap(({ alias, readable }) => {
      const { columns, qualifiers, refuses } = readable;
      const joinedBy = shared(readable);
      return columns === null ? [] : [{ input: alias, qualifiers: [...qualifiers, alias], columns, refuses, ...(joinedBy === undefined ? {} : { shared: joinedBy }) }];
    }),
    ...refused,
  ]);
  const open = inputs.find((one) => one.readable.columns === null);
  if (open === undefined) return known;
  return {
    lookup(name, qualifier): Lookup {
      const found = known.lookup(name, qualifier);
      const mayBeOpen = qualifier === null || qualifier === open.alias || open.readable.qualifiers.includes(qualifier);
      return found.kind === "unknown" && mayBeOpen ? { kind: "found", expression: openColumn(open.alias, name) } : found;
    },
  };
}

function openColumn(input: string, name: string): Expression {
  return { kind: "cast", operand: { kind: "column", input, name, type: scalar("string") }, type: scalar("string") };
}

/** What the contract says about a column, or null where it is a column of a hand-written model. */
export function columnFacts(column: ColumnReference, inputs: readonly NamedInput[]): ReadableColumn | null {
  const input = inputs.find((one) => one.alias === column.input);
  return input?.readable.columns?.find((one) => one.name === column.name) ?? null;
}
