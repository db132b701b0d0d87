import type { Diagnostic } from "../../diagnostics/define.ts";
import type { Model } from "../../model/types.ts";
import { rulesDiagnostics } from "../diagnostics.ts";
import type { Rule } from "../types.ts";
import { generatedNames, type GeneratedName } from "./generated-names.ts";

/** Refuses two objects of one name in one place, upper and lower case being one. */
export const nameCollision: Rule = { name: "name-collision", apply: ({ model }) => ({ diagnostics: problems(model) }) };

function problems(model: Model): readonly Diagnostic[] {
  const taken = new Map<string, GeneratedName>();
  const found: Diagnostic[] = [];
  for (const one of generatedNames(model)) {
    const id = `${one.place}\n${one.name.toLowerCase()}`;
    const first = taken.get(id);
    if (first === undefined) {
      taken.set(id, one);
      continue;
    }
    const place = { origin: one.origin, related: [{ origin: first.origin, message: `the first '${first.name}'` }] };
    found.push(rulesDiagnostics.report("name-collision", place, { name: one.name, place: one.place }));
  }
  return found;
}
