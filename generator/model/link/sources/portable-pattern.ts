/** Constructs of regular expressions that RE2 and POSIX engines do not read alike, and what they are called. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/^\(\?<?[=!]/, "a look-around (?= or (?!"],
  [/^\(\?P?<[A-Za-z]/, "a named group"],
  [/^\\[1-9]/, "a reference to a group"],
  [/^\\[bB]/, "a word boundary \\b"],
  [/^\\[pP]/, "a character class \\p"],
  [/^\\[zZ]/, "an end of text \\z (write $)"],
];

/** The first construct in a pattern that does not mean the same on every warehouse, in words; null where there is none. */
export function foreignConstruct(pattern: string): string | null {
  for (let at = 0; at < pattern.length; at += pattern[at] === "\\" ? 2 : 1) {
    const found = foreign.find(([construct]) => construct.test(pattern.slice(at)));
    if (found !== undefined) return found[1];
  }
  return null;
}
