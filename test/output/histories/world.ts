import { diff3Merge } from "node-diff3";
import { memoryHost, type MemoryHost } from "../../../generator/memory-host.ts";
import { blobId } from "../../../generator/output/digest.ts";
import { finish } from "../../../generator/output/journal.ts";
import type { File } from "../../../generator/output/render.ts";
import { applyWrite, isStillTrue, planWrite, type WritePlan } from "../../../generator/output/write.ts";

/** What stands for the specs: objects with their columns, and what each was called before. */
export interface Specs {
  readonly objects: ReadonlyMap<string, { readonly columns: readonly string[]; readonly formerly: string | null }>;
}

/** A repository: its specs, its files, and the lines that its user put into files, by path. */
export interface World {
  specs: Specs;
  host: MemoryHost;
  edits: Map<string, Set<string>>;
  /** Files that the user took over, with their texts: no run writes them. */
  ejected: Map<string, string>;
  /** Whether a run wrote conflicts out: where the user's side of one stands, a file is neither what was generated nor that with lines added. */
  loose: boolean;
  /** Texts that were committed, by git's name; null outside of git. */
  readonly blobs: Map<string, string> | null;
}

/** The files that the specs ask for: one for each object, one that lists all, one that is shared, one that is written once. */
export function wanted({ objects }: Specs): readonly File[] {
  const names = [...objects.keys()].sort();
  const list = names.map((name) => `\n  - ${name}\n`).join("");
  return [
    file("README.md", "read me\n", "scaffold"),
    file("list.yml", `all:\n${list}\nend: true\n`, "generated"),
    ...names.map((name): File => {
      const { columns, formerly } = objects.get(name) ?? { columns: [], formerly: null };
      const text = `select\n${columns.map((one) => `\n\n    ${one},\n\n`).join("")}\nfrom ${name.slice(0, 1)}\n`;
      return { ...file(`models/${name}.sql`, text, "generated"), ...(formerly === null ? {} : { formerly: `models/${formerly}.sql` }) };
    }),
    file("project.yml", `name: shop\n\nmodels:\n${names.map((name) => `  ${name}: view\n`).join("")}  end: true\n\nflags:\n  count: ${names.length}\n`, "shared"),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One run; with `stopAt` the file system refuses everything from that call on, as after a kill. Null where it was stopped. */
export function run(world: World, { stopAt = null, restore = false, conflict = "stop" }: { readonly stopAt?: number | null; readonly restore?: boolean; readonly conflict?: "stop" | "inline" | "rej" } = {}): WritePlan | null {
  const host = stopAt === null ? world.host : dying(world.host, stopAt);
  const { blobs } = world;
  try {
    if (finish(host, "/repo") !== null) throw new Error("the journal is damaged");
    const read = blobs === null ? null : (id: string): Uint8Array | null => (blobs.has(id) ? Buffer.from(blobs.get(id) ?? "") : null);
    const plan = planWrite(host, "/repo", wanted(world.specs), { blobs: read, conflict, restore });
    if (!isStillTrue(host, "/repo", plan)) throw new Error("nobody else writes");
    if (!plan.diagnostics.some(({ severity }) => severity === "error")) applyWrite(host, "/repo", plan);
    // Whoever works in git commits what was generated.
    for (const { text } of wanted(world.specs)) blobs?.set(blobId(text), text);
    return plan;
  } catch (error) {
    if (error instanceof Error && error.message === "killed") return null;
    throw error;
  }
}

/** All files but our own notes, by path below the repository, with line feeds only. */
export function filesOf({ host }: World): ReadonlyMap<string, string> {
  return new Map(Object.entries(host.files()).flatMap(([path, text]) => (path.startsWith("/repo/.dps-gen/") ? [] : [[path.slice("/repo/".length), text.replaceAll("\r\n", "\n")] as const])));
}

/** Checks everything that is committed out with these line ends. */
export function checkOut({ host }: World, lineEnd: "\n" | "\r\n"): void {
  for (const [path, text] of Object.entries(host.files())) if (!/\.dps-gen\/(?:journal|tmp)/.test(path)) host.write(path, text.replace(/\r?\n/g, lineEnd));
}

/** A copy that goes on by itself, like a branch. */
export function branch(world: World): World {
  const host = memoryHost({});
  for (const [path, text] of Object.entries(world.host.files())) host.write(path, text);
  return { ...world, host, ejected: new Map(world.ejected), edits: new Map([...world.edits].map(([path, lines]) => [path, new Set(lines)])) };
}

/** Brings a branch back, as git does: line by line, markers where both changed the same lines, the manifest by union. */
export function mergeInto(world: World, other: World, ancestor: World): void {
  // Git's store has line feeds only.
  for (const one of [world, other, ancestor]) checkOut(one, "\n");
  const [base, ours, theirs] = [ancestor, world, other].map((one) => one.host.files());
  if (base === undefined || ours === undefined || theirs === undefined) return;
  for (const path of new Set([...Object.keys(ours), ...Object.keys(theirs), ...Object.keys(base)])) {
    const [was, mine, yours] = [base[path], ours[path], theirs[path]];
    const merged = mine === yours || yours === was ? mine : mine === was ? yours : mine === undefined ? yours : yours === undefined ? mine : lines(was ?? "", mine, yours, path.endsWith("manifest.json"));
    if (merged === undefined && mine !== undefined) world.host.remove(path);
    if (merged !== undefined && merged !== mine) world.host.write(path, merged);
  }
  const edited = new Set([...world.edits.keys(), ...other.edits.keys()]);
  // A line that one side took out stays out.
  const kept = (path: string, line: string): boolean => ancestor.edits.get(path)?.has(line) !== true || (world.edits.get(path)?.has(line) === true && other.edits.get(path)?.has(line) === true);
  world.edits = new Map([...edited].map((path) => [path, new Set([...(world.edits.get(path) ?? []), ...(other.edits.get(path) ?? [])].filter((line) => kept(path, line)))]));
  const objects = new Map([...ancestor.specs.objects].filter(([name]) => world.specs.objects.has(name) && other.specs.objects.has(name)));
  for (const [name, one] of [...other.specs.objects, ...world.specs.objects]) if (objects.has(name) || !ancestor.specs.objects.has(name)) objects.set(name, together(one, other.specs.objects.get(name), ancestor.specs.objects.get(name)));
  world.specs = { objects };
}

type Described = Specs["objects"] extends ReadonlyMap<string, infer One> ? One : never;

function together(one: Described, other: Described | undefined, ancestor: Described | undefined): Described {
  const gone = (ancestor?.columns ?? []).filter((column) => !one.columns.includes(column) || other?.columns.includes(column) === false);
  return { ...one, columns: [...new Set([...one.columns, ...(other?.columns ?? [])])].filter((column) => !gone.includes(column)) };
}

function lines(base: string, ours: string, theirs: string, union: boolean): string {
  const regions = diff3Merge(ours.split("\n"), base.split("\n"), theirs.split("\n"), { excludeFalseConflicts: true });
  return regions.flatMap(({ ok, conflict }) => ok ?? (union ? [...(conflict?.a ?? []), ...(conflict?.b ?? [])] : ["<<<<<<< HEAD", ...(conflict?.a ?? []), "=======", ...(conflict?.b ?? []), ">>>>>>> branch"])).join("\n");
}

function dying(host: MemoryHost, after: number): MemoryHost {
  let left = after;
  const alive = <Arguments extends readonly unknown[], Result>(act: (...args: Arguments) => Result) => (...args: Arguments): Result => {
    if (left-- <= 0) throw new Error("killed");
    return act(...args);
  };
  return { ...host, create: alive(host.create), write: alive(host.write), move: alive(host.move), remove: alive(host.remove), removeEmptyFolder: alive(host.removeEmptyFolder) };
}

function file(path: string, text: string, mode: File["mode"]): File {
  return { path, text, mode, from: [path] };
}
