import type { Artifact } from "../artifact.ts";
import { digest } from "../output/digest.ts";

/** The digest of all that the text of an artifact is printed from: equal ones give equal texts. Views are plain data, as a test says. */
export function artifactMark(artifact: Artifact): string {
  switch (artifact.kind) {
    case "data":
      return digest(JSON.stringify([artifact.format, artifact.header ?? null, artifact.value]));
    case "template":
      return digest(JSON.stringify([artifact.blueprint, artifact.view]));
  }
}
