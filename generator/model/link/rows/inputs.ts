import type { ColumnReference } from "../../expression.ts";
import type { RowInput } from "../../rows.ts";
import { columnScope, type Scope, type ScopeInput } from "../scope.ts";
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
 * The columns of all inputs by name. What `refused` joins would have brought is passed over; `shared` names the columns by which an input is
 * joined to one of the same name.
 */
export function inputScope(inputs: readonly NamedInput[], refused: readonly ScopeInput[] = [], shared: (readable: Readable) => ReadonlySet<string> | undefined = () => undefined): Scope {
  return columnScope([
    ...inputs.map(({ alias, readable }): ScopeInput => {
      const { columns, qualifiers, isRole = false, refuses } = readable;
      const joinedBy = shared(readable);
      return { input: alias, qualifiers: [...qualifiers, alias], columns, isRole, refuses, ...(joinedBy === undefined ? {} : { shared: joinedBy }) };
    }),
    ...refused,
  ]);
}

/** What the contract says about a column, or null where no input has it. */
export function columnFacts(column: ColumnReference, inputs: readonly NamedInput[]): ReadableColumn | null {
  const input = inputs.find((one) => one.alias === column.input);
  return input?.readable.columns.find((one) => one.name === column.name) ?? null;
}
