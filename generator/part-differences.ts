import type { FileMark, PartMarks } from "./cache/part-marks.ts";
import { digest } from "./output/digest.ts";
import type { IntactOutput } from "./output/intact.ts";
import { renderArtifacts, type File } from "./output/render.ts";
import type { PartOutcome } from "./part-outcome.ts";

/** What a part makes otherwise than before. */
export interface PartDifferences {
  /** The files whose text is another, with the digest of the one that they had. */
  readonly files: readonly { readonly file: File; readonly was: string }[];
  /** The marks of the part, with the texts that are known now. */
  readonly marks: PartMarks;
}

/**
 * Compares a part with the marks that it had. `textOf` gives the digest of the text that a file had then, or null. Null where there
 * are no marks, where a text is not known, or where more than texts changed: a name or a file came or went that may stand elsewhere, a
 * file has other objects behind it, or something else is reported.
 */
export function differences(was: PartMarks | null, { artifacts, marks }: PartOutcome, textOf: (mark: FileMark) => string | null): PartDifferences | null {
  if (was === null || was.names !== marks.names || was.said !== marks.said || !isSameFiles(was.files, marks.files)) return null;
  const changed = marks.files.flatMap(({ artifact }, index) => (artifact === was.files[index]?.artifact ? [] : [index]));
  const printed = new Map(renderArtifacts(changed.flatMap((index) => artifacts[index] ?? [])).map((file) => [file.path, { file, text: digest(file.text) }]));
  const old = new Map(was.files.flatMap((mark) => (printed.has(mark.path) ? [[mark.path, textOf(mark)] as const] : [])));
  const files: { readonly file: File; readonly was: string }[] = [];
  for (const [path, { file, text }] of printed) {
    const before = old.get(path) ?? null;
    if (before === null) return null;
    if (before !== text) files.push({ file, was: before });
  }
  const known = marks.files.map((mark, index) => ({ ...mark, text: printed.get(mark.path)?.text ?? was.files[index]?.text ?? null }));
  return { files, marks: { ...marks, files: known } };
}

/** As `differences`, with a part that was compiled as it was then. */
export function differencesFrom(was: PartOutcome | null, is: PartOutcome): PartDifferences | null {
  return differences(was?.marks ?? null, is, ({ path }) => {
    const [file] = renderArtifacts(was?.artifacts.filter((one) => one.path === path) ?? []);
    return file === undefined ? null : digest(file.text);
  });
}

/** Whether every file that changes stands in the output as the part made it before; else others have a share in it. */
export function stood({ files }: Pick<PartDifferences, "files">, { entry: entryOf }: Pick<IntactOutput, "entry">): boolean {
  return files.every(({ file, was }) => {
    const entry = entryOf(file.path);
    return entry?.mode === "generated" && entry.hash === was && entry.from.join("\n") === file.from.join("\n");
  });
}

function isSameFiles(some: readonly FileMark[], others: readonly FileMark[]): boolean {
  return some.length === others.length && some.every(({ path, from }, index) => path === others[index]?.path && from === others[index]?.from);
}
