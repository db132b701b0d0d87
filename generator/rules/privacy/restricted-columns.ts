import type { Diagnostic } from "../../diagnostics/define.ts";
import { within } from "../../diagnostics/origin.ts";
import { columnsOf } from "../../model/expression-columns.ts";
import type { Expression } from "../../model/expression.ts";
import type { RowSource } from "../../model/rows.ts";
import type { SourceColumn } from "../../model/source.ts";
import type { Model } from "../../model/types.ts";
import { rulesDiagnostics } from "../diagnostics.ts";
import type { Rule } from "../types.ts";

/** Warns of restricted columns that reach a dimension or fact as they are (guide, phase 6, Data Classification). */
export const restrictedColumns: Rule = {
  name: "restricted-columns",
  apply({ model }) {
    const open = restricted(model);
    return { diagnostics: open.size === 0 ? [] : uses(model).flatMap((use) => leaks(use, open)) };
  },
};

interface Use {
  readonly object: string;
  readonly rows: RowSource;
  readonly values: readonly Expression[];
}

function restricted(model: Model): ReadonlyMap<string, SourceColumn> {
  const found = new Map<string, SourceColumn>();
  for (const table of model.sources) {
    for (const column of table.columns)
      if (column.classification === "restricted" && column.protect === "none") found.set(`${table.name}.${column.name}`, column);
  }
  return found;
}

function uses(model: Model): readonly Use[] {
  const dimensions = model.dimensions.flatMap((one) =>
    one.kind !== "table"
      ? []
      : [{ object: one.name, rows: one.rows, values: [...one.naturalKey, ...one.attributes].map((column) => column.value) }],
  );
  const facts = model.facts.map((one) => ({
    object: one.name,
    rows: one.rows,
    values: [
      ...one.grain.map((part) => part.value),
      ...one.degenerates.map((part) => part.value),
      ...one.measures.map((part) => part.value.expression),
    ],
  }));
  const bridges = model.bridges.flatMap((one) =>
    one.kind === "hierarchy" ? [] : [{ object: one.name, rows: one.rows, values: one.weight === null ? [] : [one.weight] }],
  );
  return [...dimensions, ...bridges, ...facts];
}

function leaks({ object, rows, values }: Use, open: ReadonlyMap<string, SourceColumn>): readonly Diagnostic[] {
  const tables = new Map([rows.base, ...rows.joins.map((one) => one.input)].map((input) => [input.alias, input.reference.id]));
  const read = values.flatMap(columnsOf).flatMap(({ input, name }) => (input === null ? [] : [`${tables.get(input) ?? ""}.${name}`]));
  return [...new Set(read)].flatMap((id) => {
    const column = open.get(id);
    return column === undefined
      ? []
      : [
          rulesDiagnostics.report(
            "unprotected-restricted",
            { origin: within(column.origin, "classification") },
            { column: column.physicalName, object },
          ),
        ];
  });
}
