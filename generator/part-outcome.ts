import { objectsBehind, type Artifact } from "./artifact.ts";
import { artifactMark } from "./cache/artifact-mark.ts";
import type { PartMarks } from "./cache/part-marks.ts";
import { isSettledAmongAll } from "./cache/parts.ts";
import { compile, type Compilation, type CompileOptions } from "./compile.ts";
import { createLog } from "./diagnostics/log.ts";
import { planArtifacts } from "./emitters/plan.ts";
import { digest } from "./output/digest.ts";
import { generatedNames } from "./rules/naming/generated-names.ts";
import type { Design } from "./rules/types.ts";

/** What a part of the specs comes to when it is compiled alone. */
export interface PartOutcome {
  readonly compilation: Compilation;
  readonly design: Design;
  readonly artifacts: readonly Artifact[];
  /** What an earlier or later state of the part is compared by. No text is printed yet. */
  readonly marks: PartMarks;
}

/** Compiles a part of the specs. Null where it does not compile alone, or says something that only the whole project can tell. */
export async function partOutcome(options: CompileOptions, part: NonNullable<CompileOptions["part"]>): Promise<PartOutcome | null> {
  const compilation = await compile({ ...options, until: "decide", part });
  const { design } = compilation;
  if (design === null || isSettledAmongAll(design.model)) return null;
  options.onStage?.("render");
  const log = createLog();
  const artifacts = [...planArtifacts(design, log)];
  if (log.all().length > 0 || artifacts.some(({ formerly }) => formerly !== undefined)) return null;
  return { compilation, design, artifacts, marks: marksOf(compilation, design, artifacts) };
}

function marksOf({ diagnostics }: Compilation, { model }: Design, artifacts: readonly Artifact[]): PartMarks {
  const names = generatedNames(model).map(({ place, name }) => [place, name]);
  return {
    names: digest(JSON.stringify([names, formerNames(model)])),
    said: digest(JSON.stringify(diagnostics)),
    files: artifacts.map((one) => ({ path: one.path, from: digest(JSON.stringify([one.mode, objectsBehind(one)])), artifact: artifactMark(one), text: null })),
  };
}

/** Former names that objects state, which nothing else may bear. */
function formerNames({ sources, dimensions, bridges, facts, marts, pipelines }: Design["model"]): unknown {
  return [...sources, ...dimensions.filter((one) => one.kind === "table"), ...bridges, ...facts, ...marts, ...pipelines].map(({ renamedFrom }) => renamedFrom);
}
