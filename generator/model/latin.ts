/**
 * A text in lower case, its letters and digits in ASCII where they have a Latin form: accents go whatever the language (`ü` is `u`, as in
 * `unidecode`), `ß` is `ss`, `ø` is `o`. Letters of other scripts and everything that is no letter stay.
 */
export function latin(text: string): string {
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase();
  const bare = text.replace(/[\p{L}\p{N}]/gu, (one) => one.normalize("NFKD")).replace(/\p{M}/gu, "");
  return bare.toLowerCase().replace(/[^\u0000-\u007f]/gu, (one) => whole.get(one) ?? one);
}

/** The letters and digits of a text that have no Latin form, in their order; "" where all have one. */
export function beyondLatin(text: string): string {
  return (latin(text).match(/[\p{L}\p{N}]/gu) ?? []).filter((one) => one > "\u007f").join("");
}

/** Letters that Unicode does not take apart into a Latin letter and an accent. */
const whole: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"], ["æ", "ae"], ["œ", "oe"], ["ø", "o"], ["ł", "l"], ["đ", "d"], ["ð", "d"], ["þ", "th"], ["ħ", "h"], ["ŧ", "t"], ["ŋ", "ng"], ["ı", "i"], ["ĸ", "k"], ["ə", "e"],
]);
