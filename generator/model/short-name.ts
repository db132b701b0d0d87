/**
 * A name that fits into `bytes` (ASCII names: one byte a character): a longer one is cut and ends in an 8-digit hash of
 * the whole, so that it is stable and two long names stay apart.
 */
export function shortName(name: string, bytes: number): string {
  if (name.length <= bytes) return name;
  return `${name.slice(0, bytes - 9).replace(/_+$/, "")}_${hash(name)}`;
}

/** FNV-1a, 32 bits, as 8 hexadecimal digits. */
export function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value.toString(16).padStart(8, "0");
}
