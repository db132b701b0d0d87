import nunjucks from "nunjucks/browser/nunjucks-slim.js";
import { blueprints } from "dps-gen:blueprints";
import { objectsBehind, type Artifact, type TemplateArtifact } from "../artifact.ts";
import { filters } from "./filters.ts";
import { toJson, toYaml } from "./serialise.ts";

/** A file to be written: its text, and what the manifest says about it. */
export interface File {
  /** Relative to the output folder, `/` as separator. */
  readonly path: string;
  readonly text: string;
  readonly mode: Artifact["mode"];
  /** Spec objects that it was made from, in code-point order. */
  readonly from: readonly string[];
  /** Where it stood before the object behind it was renamed. */
  readonly formerly?: string;
}

/** Whether the text of an artifact stands in the output already, so that nobody needs to print it. */
export type IsPrinted = (artifact: Artifact) => boolean;

/**
 * The texts of all artifacts but those that are printed already, in code-point order of their paths. Every text ends with one line feed.
 * @throws where a blueprint does not exist or prints an undefined name: both are bugs of ours
 */
export function renderArtifacts(artifacts: Iterable<Artifact>, isPrinted: IsPrinted = () => false): File[] {
  const print = blueprintPrinter();
  const files: File[] = [];
  for (const artifact of artifacts) {
    if (isPrinted(artifact)) continue;
    const formerly = artifact.formerly === undefined ? {} : { formerly: artifact.formerly };
    files.push({ path: artifact.path, text: flat(text(artifact, print)), mode: artifact.mode, from: objectsBehind(artifact), ...formerly });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** V8 keeps a text as the tree of its parts until somebody looks inside: thousands of files in one piece each take less memory. */
function flat(text: string): string {
  text.charCodeAt(0);
  return text;
}

function text(artifact: Artifact, print: (artifact: TemplateArtifact) => string): string {
  switch (artifact.kind) {
    case "data":
      return artifact.format === "json" ? toJson(artifact.value) : toYaml(artifact.value, artifact.header);
    case "template":
      return `${print(artifact).trimEnd()}\n`;
  }
}

type Environment = InstanceType<typeof nunjucks.Environment>;

/** A printer that starts nunjucks with the first artifact that needs it. */
function blueprintPrinter(): (artifact: TemplateArtifact) => string {
  let environment: Environment | null = null;
  return ({ blueprint, view, path }) => {
    environment ??= blueprintEnvironment();
    try {
      return environment.getTemplate(blueprint, true).render(view);
    } catch (error) {
      throw new Error(`blueprint ${blueprint} cannot print ${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  };
}

function blueprintEnvironment(): Environment {
  const environment = new nunjucks.Environment(new nunjucks.PrecompiledLoader(blueprints), { autoescape: false, throwOnUndefined: true });
  for (const [name, filter] of Object.entries(filters)) environment.addFilter(name, filter);
  return environment;
}
