import { md5 } from "../output/digest.ts";
import { canonicalText } from "./cast.ts";
import type { Value } from "./value.ts";

/** The key of some values (recipe version 1): the hash of their canonical texts, each with its length before it; NULL is told apart from any text. */
export function surrogateKey(parts: readonly Value[]): string {
  const texts = parts.map((one) => (one === null ? null : canonicalText(one)));
  return md5(texts.map((one) => (one === null ? "~" : `${[...one].length}:${one}`)).join(""));
}
