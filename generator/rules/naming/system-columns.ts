import { rulesDiagnostics } from "../diagnostics.ts";
import type { Rule } from "../types.ts";
import { generatedNames } from "./generated-names.ts";

/** Refuses columns named as one that every table of the warehouse has anyway, once for each place in the specs. */
export const systemColumns: Rule = {
  name: "system-columns",
  apply({ model, dialect }) {
    const found = generatedNames(model).filter(({ kind, name }) => kind === "column" && dialect.systemColumns.has(name));
    const places = new Map(found.map((one) => [JSON.stringify(one.origin), one]));
    return { diagnostics: [...places.values()].map(({ name, origin }) => rulesDiagnostics.report("system-column", { origin }, { name, dialect: dialect.title })) };
  },
};
