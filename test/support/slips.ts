import { isMap, isScalar, isSeq, parseDocument, type Node, type Scalar } from "yaml";
import { thorough } from "./thorough.ts";

/** One slip of the pen in a folder of specs: the file with it, and the characters of the place where it was made. */
export interface Slip {
  /** `file:path`, and what was done there. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly range: readonly [number, number];
  /** What stood there before and what stands there now; null where it was taken away. */
  readonly before: string;
  readonly after: string | null;
}

/** An entry of a mapping or sequence: where its value stands, and its key, if it has one. */
interface Entry {
  readonly path: readonly (string | number)[];
  readonly key: Scalar | null;
  readonly value: Node | null;
}

/** Of how many slips one is made. */
export const oneIn = thorough ? 1 : 24;

/** Keys whose values are for people: nothing can be wrong with their words. */
const prose: ReadonlySet<string> = new Set(["description", "business_definition", "grain_statement", "owner", "url", "unit"]);

/** Every text misspelled, every key (once in each kind of mapping), and every entry of a mapping taken away: one at a time. */
export function slips(file: string, text: string): readonly Slip[] {
  const keys = new Set<string>();
  const entries = entriesOf(parseDocument(text).contents).filter((one, index) => index % oneIn === 0 && !prose.has(String(one.path.at(-1))));
  return entries.flatMap((entry) => {
    const kind = entry.path.filter((step) => typeof step === "string").join(".");
    const seen = keys.has(kind);
    keys.add(kind);
    const at = `${file}:${entry.path.join(".")}`;
    const [start, end] = [startOf(entry.key ?? entry.value), endOf(entry.value ?? entry.key)];
    const misspelt = [isText(entry.value) ? entry.value : null, seen ? null : entry.key].flatMap((one): Slip[] => {
      if (one === null) return [];
      const [from, to] = [startOf(one), endOf(one)];
      const after = misspelled(text.slice(from, to));
      const changed = `${text.slice(0, from)}${after}${text.slice(to)}`;
      const before = String(one.value);
      return [{ name: `${at}${one === entry.key ? " key" : ""} ${before} → ${after}`, file, text: changed, range: [start, end + changed.length - text.length], before, after: misspelled(before) }];
    });
    return [...misspelt, ...(entry.key === null || entry.path.length < 2 ? [] : [without(entry, at, file, text)])];
  });
}

function entriesOf(node: unknown, path: Entry["path"] = []): readonly Entry[] {
  if (isMap<Scalar, Node>(node)) {
    return node.items.flatMap(({ key, value }) => {
      const here = [...path, String(key.value)];
      return [{ path: here, key, value }, ...entriesOf(value, here)];
    });
  }
  return isSeq<Node>(node) ? node.items.flatMap((value, index) => [{ path: [...path, index], key: null, value }, ...entriesOf(value, [...path, index])]) : [];
}

/** Takes an entry away; the place of the slip is the mapping that it is missed in. */
function without({ path, value }: Entry, at: string, file: string, text: string): Slip {
  const document = parseDocument(text);
  document.deleteIn(path);
  return { name: `${at} taken away`, file, text: document.toString({ lineWidth: 0 }), range: [0, 0], before: value === null ? "" : text.slice(startOf(value), endOf(value)), after: null };
}

/** Doubles the last letter: the right word stays the nearest one. */
function misspelled(text: string): string {
  return text.replace(/([A-Za-z])([^A-Za-z]*)$/, "$1$1$2");
}

function isText(node: Node | null): node is Scalar<string> {
  return isScalar(node) && typeof node.value === "string";
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function endOf(node: Node | null): number {
  return node?.range?.[1] ?? 0;
}
