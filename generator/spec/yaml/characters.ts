const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\r(?!\n)|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** A character that must not stand in a spec: where it is and how to name it (`U+202E`). */
export interface HiddenCharacter {
  readonly index: number;
  readonly name: string;
}

/**
 * The first control character (but tab and line feed), direction mark, line separator or lone surrogate of a text, or
 * null. They change what a reader sees (CVE-2021-42574) or where an SQL comment ends.
 */
export function forbiddenCharacter(text: string): HiddenCharacter | null {
  const index = text.search(FORBIDDEN);
  if (index < 0) return null;
  return { index, name: `U+${text.charCodeAt(index).toString(16).toUpperCase().padStart(4, "0")}` };
}
