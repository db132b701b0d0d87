import * as z from "zod";

import type { Step } from "../../diagnostics/origin.ts";
import { ambiguousText, isMapping } from "../document.ts";

/** Free data, such as the parameters of a check; only what YAML readers disagree about is refused. */
export function data() {
  return z.unknown().check((context) => {
    for (const path of ambiguousPlaces(context.value)) {
      context.issues.push({ code: "custom", input: context.value, path: [...path], continue: true });
    }
  });
}

function* ambiguousPlaces(value: unknown): Iterable<readonly Step[]> {
  if (ambiguousText(value) !== null) yield [];
  const entries: Iterable<readonly [Step, unknown]> = Array.isArray(value)
    ? value.entries()
    : isMapping(value)
      ? Object.entries(value)
      : [];
  for (const [step, inner] of entries) {
    for (const path of ambiguousPlaces(inner)) yield [step, ...path];
  }
}
