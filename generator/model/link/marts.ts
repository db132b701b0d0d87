import type { Spec } from "../../spec/types.ts";
import type { Mart } from "../fact.ts";
import type { LinkContext } from "./context.ts";

/** The marts of the specs, linked. */
export function linkMarts(_spec: Spec, _context: LinkContext): readonly Mart[] {
  return [];
}
