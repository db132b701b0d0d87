import type { Host } from "../host.ts";
import { digest } from "../output/digest.ts";
import { diskReader } from "../output/disk.ts";
import { cached, keepCached, parsed, seal } from "./place.ts";

const NAME = "parts";

/** So many parts may be edited by turns. */
const KEPT = 8;

/** What a part of the specs came to, by digests: what a later state of it is compared with. */
export interface PartMarks {
  /** Of all names that come of it. */
  readonly names: string;
  /** Of all that was reported about it. */
  readonly said: string;
  /** Of its files, in the order in which emitters make them. */
  readonly files: readonly FileMark[];
}

/** One file that a part makes, by digests. */
export interface FileMark {
  readonly path: string;
  /** Of its mode, and of the objects behind it. */
  readonly from: string;
  /** Of all that its text is printed from. */
  readonly artifact: string;
  /** Of its text; null where nobody has printed it. */
  readonly text: string | null;
}

/** The marks of parts that were compiled lately. */
export interface KnownParts {
  /** The marks of the part with this key; null where they are not kept. */
  readonly at: (key: string) => PartMarks | null;
  /** Takes note of a part in its new state, which takes the place of the one it had. */
  readonly keep: (key: string, marks: PartMarks, before: string) => void;
  /** Writes what was noted; the parts that were compiled longest ago are forgotten. */
  readonly save: () => void;
}

/** What decides how a part compiles. */
export interface PartInput {
  /** Digests of its files, by path. */
  readonly files: readonly (readonly [path: string, digest: string])[];
  /** The domains of the whole project. */
  readonly domains: readonly string[];
  readonly warehouse: string | null;
}

/** The key of a part in one state: another file, content, domain or warehouse gives another. */
export function partKey({ files, domains, warehouse }: PartInput): string {
  return digest(JSON.stringify([files, domains, warehouse]));
}

/** Opens the cache of an output folder; `build` is that of the tool: what another one kept is not believed. */
export function knownParts(host: Host, out: string, build: string): KnownParts {
  const noted: { readonly key: string; readonly before: string; readonly line: string }[] = [];
  const lines = (): readonly string[] => (cached(diskReader(host, out), NAME) ?? "").split("\n").filter((line) => line !== "");
  return {
    at(key) {
      const line = lines().find((one) => keyOf(one) === key);
      return line === undefined ? null : marksIn(line, build);
    },
    keep(key, marks, before) {
      const text = `${key}\t${JSON.stringify(marks)}`;
      noted.push({ key, before, line: `${seal(build, text)}\t${text}` });
    },
    save() {
      if (noted.length === 0) return;
      const replaced = new Set(noted.flatMap(({ key, before }) => [key, before]));
      const others = lines().filter((line) => !replaced.has(keyOf(line)));
      keepCached(host, out, NAME, [...noted.map(({ line }) => line), ...others].slice(0, KEPT).map((line) => `${line}\n`).join(""));
      noted.length = 0;
    },
  };
}

function keyOf(line: string): string {
  return line.split("\t", 2)[1] ?? "";
}

function marksIn(line: string, build: string): PartMarks | null {
  const [mark, key, json = ""] = line.split("\t");
  const value = mark === seal(build, `${key}\t${json}`) ? parsed(json) : null;
  return isMarks(value) ? value : null;
}

/** What stands behind a seal of ours was written by `keep`. */
function isMarks(value: unknown): value is PartMarks {
  return typeof value === "object" && value !== null && "names" in value && "said" in value && "files" in value && Array.isArray(value.files);
}
