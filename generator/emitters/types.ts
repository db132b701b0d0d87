import type { Artifact } from "../artifact.ts";
import type { Design } from "../rules/types.ts";

/** A family of artifacts. Pure: the same design gives the same artifacts; emitters never import each other. */
export interface Emitter {
  readonly name: string;
  readonly description: string;
  readonly emit: (design: Design) => Iterable<Artifact>;
}
