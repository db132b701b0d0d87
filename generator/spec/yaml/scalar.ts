import { AMBIGUOUS, type Value } from "../document.ts";

const SUSPICIOUS = /^[-+.~0-9tTfFnNyYoO]/;
const NULL = /^(?:~|null|Null|NULL)$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const OLD_BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;
const NUMBER =
  /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0b[01_]+|(?:[0-9][0-9_]*)?\.?[0-9][0-9_]*\.?(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))$|^\.(?:nan|NaN|NAN)$/;
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const DATE = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}.*)?$/;

/**
 * Reads a plain (unquoted) scalar: text, null, a boolean, a number that is written the one usual way, or an ambiguous
 * scalar where YAML 1.1, YAML 1.2 and a person may read three different things.
 */
export function plainScalar(text: string): Value {
  if (!SUSPICIOUS.test(text)) return text;
  if (NULL.test(text)) return null;
  if (BOOLEAN.test(text)) return text.startsWith("t") || text.startsWith("T");
  if (NUMBER.test(text)) return String(Number(text)) === text && text !== "NaN" ? Number(text) : { [AMBIGUOUS]: text };
  if (OLD_BOOLEAN.test(text) || SEXAGESIMAL.test(text) || DATE.test(text)) return { [AMBIGUOUS]: text };
  return text;
}
