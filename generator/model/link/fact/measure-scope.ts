import { builtInColumns } from "../../calendar.ts";
import type { Expression } from "../../expression.ts";
import { entityOf } from "../../names.ts";
import { parts } from "../refusals.ts";
import { columnScope, type Lookup, type Scope, type ScopeInput } from "../scope.ts";
import { isSame } from "../typing/guards.ts";
import type { ForeignKey } from "../../fact.ts";
import type { LinkContext } from "../context.ts";
import type { ValueContext } from "./measure-value.ts";

/**
 * The names a measure of rows may use: columns of the joined rows, earlier measures (their expression is put in place), and
 * attributes of the member that a foreign key points to, which are always qualified (`dim_item.price`, `ship_date.is_weekend`).
 */
export function measureScope({ draft, foreignKeys, earlier }: ValueContext): Scope {
  const rows = draft.linked.scope;
  const { refused } = draft.context;
  const dimensions = dimensionInputs(foreignKeys, draft.context);
  const members = columnScope(dimensions);
  const ownNames = [draft.name, draft.spec.name];
  const own = (name: string): Expression | null => {
    const value = earlier.find((one) => one.name === name)?.value;
    return value?.kind === "row" ? value.expression : null;
  };
  return {
    lookup(name, qualifier): Lookup {
      const measure = qualifier === null || ownNames.includes(qualifier) ? own(name) : null;
      const column = rows.lookup(name, qualifier);
      if (measure !== null)
        return column.kind !== "found" || isSame(column.expression, measure)
          ? found(measure)
          : clash(name, draft.name, column.expression, draft.linked.inputs);
      if (column.kind !== "unknown") return column;
      if ((qualifier === null || ownNames.includes(qualifier)) && refused.has(draft.name, name)) return { kind: "refused" };
      if (qualifier === null) return { kind: "unknown", candidates: [...column.candidates, ...earlier.map((one) => one.name)] };
      const attribute = members.lookup(name, qualifier);
      const isKey = dimensions.some((one) => one.qualifiers.includes(qualifier));
      if (!isKey && refused.has(draft.name, parts.references)) return { kind: "refused" };
      return attribute.kind === "unknown"
        ? {
            kind: "unknown",
            candidates: [...attribute.candidates.map((one) => (one.includes(".") ? one : `${qualifier}.${one}`)), ...column.candidates],
          }
        : attribute;
    },
  };
}

/** The dimensions of a fact as inputs of expressions, by role, and by name where they play one role only. */
export function dimensionInputs(foreignKeys: readonly ForeignKey[], { dimensions, refused }: LinkContext): readonly ScopeInput[] {
  return foreignKeys.flatMap((key) => {
    const dimension = dimensions.get(key.dimension);
    const alone = foreignKeys.filter((one) => one.dimension === key.dimension).length === 1;
    const qualifiers = alone ? [key.alias, key.dimension, entityOf(key.dimension)] : [key.alias];
    if (dimension !== undefined && dimension.kind !== "table") return [{ input: key.alias, qualifiers, columns: builtInColumns(dimension) }];
    if (dimension === undefined) return [{ input: key.alias, qualifiers, columns: [], refuses: () => true }];
    const refuses = (name: string): boolean => refused.has(key.dimension, name);
    return [{ input: key.alias, qualifiers, columns: [...dimension.naturalKey, ...dimension.attributes], refuses }];
  });
}

/**
 * Rows of a fact, and the attributes of the members that they point to, always qualified: what a roll-up may speak of. `lacksKeys`
 * tells that a foreign key of the fact was refused.
 */
export function withMembers(rows: Scope, dimensions: readonly ScopeInput[], lacksKeys: boolean): Scope {
  const members = columnScope(dimensions);
  return {
    lookup(name, qualifier): Lookup {
      const column = rows.lookup(name, qualifier);
      if (column.kind !== "unknown" || qualifier === null) return column;
      const attribute = members.lookup(name, qualifier);
      if (attribute.kind !== "unknown") return attribute;
      const isKey = dimensions.some((one) => one.qualifiers.includes(qualifier));
      if (!isKey) return lacksKeys ? { kind: "refused" } : { kind: "unknown", candidates: [...attribute.candidates, ...column.candidates] };
      return { kind: "unknown", candidates: attribute.candidates.map((one) => `${qualifier}.${one}`) };
    },
  };
}

function found(expression: Expression): Lookup {
  return { kind: "found", expression };
}

function clash(name: string, fact: string, column: Expression, inputs: ValueContext["draft"]["linked"]["inputs"]): Lookup {
  const input = column.kind === "column" ? inputs.find((one) => one.alias === column.input) : undefined;
  return { kind: "ambiguous", candidates: [`${fact}.${name} (the measure)`, `${input?.readable.id ?? "table"}.${name} (the column)`] };
}
