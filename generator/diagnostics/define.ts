import type { Origin } from "./origin.ts";

/** How bad a reported problem is: an `error` stops the run before anything is written, a `warning` does not. */
export type Severity = "error" | "warning";

/** Values that are put into a message: `{name}` in the text is replaced by the parameter `name`. */
export type Parameters = Readonly<Record<string, string | number>>;

/** One entry of a diagnostic table. `message` and `help` hold `{parameter}` places; `docs` is the page `explain` prints. */
export interface DiagnosticEntry {
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  readonly docs: string;
}

/** The parameter names that stand in braces in a text. Braces around more than a word, as in `{kind: x}`, are YAML to be shown. */
type Places<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? (Name extends `${string}${" " | ":" | ","}${string}` ? never : Name) | Places<Rest> : never;

/** The parameters a diagnostic needs: all that occur in its message and its help. */
export type ParametersOf<Entry extends DiagnosticEntry> = Readonly<
  Record<Places<Entry["message"]> | Places<Entry["help"]>, string | number>
>;

/** What in the YAML is underlined: the key of the last step, or its value. */
export type Pointer = "key" | "value";

/** A reported problem, ready to be printed once its position is looked up. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  readonly origin: Origin | null;
  readonly pointer: Pointer;
  /** Exact 0-based character range in the document, where the reader already knows it (syntax errors). */
  readonly range: readonly [number, number] | null;
  /** Other places that matter, such as the first of two definitions. */
  readonly related: readonly { readonly origin: Origin; readonly message: string }[];
}

/** Where a problem is and what goes with it; `pointer` defaults to "value". */
export interface Place {
  readonly origin: Origin | null;
  readonly pointer?: Pointer;
  readonly range?: readonly [number, number];
  readonly related?: Diagnostic["related"];
}

/** A table of diagnostic codes owned by one folder of the compiler. */
export interface DiagnosticTable<Entries extends Readonly<Record<string, DiagnosticEntry>>> {
  readonly owner: string;
  readonly entries: Entries;
  /** Makes a diagnostic of this table; a wrong code or parameter does not compile. */
  readonly report: <Code extends keyof Entries & string>(
    code: Code,
    place: Place,
    parameters: ParametersOf<Entries[Code]>,
  ) => Diagnostic;
}

/** Defines the diagnostic codes of one folder; full codes read `<owner>/<code>`. */
export function defineDiagnostics<const Entries extends Readonly<Record<string, DiagnosticEntry>>>(
  owner: string,
  entries: Entries,
): DiagnosticTable<Entries> {
  return {
    owner,
    entries,
    report(code, place, parameters) {
      const entry: DiagnosticEntry | undefined = entries[code];
      if (entry === undefined) throw new Error(`no diagnostic ${owner}/${code}`);
      return {
        code: `${owner}/${code}`,
        severity: entry.severity,
        message: fill(entry.message, parameters, IN_MESSAGE),
        help: fill(entry.help, parameters, IN_HELP),
        origin: place.origin,
        pointer: place.pointer ?? "value",
        range: place.range ?? null,
        related: place.related ?? [],
      };
    },
  };
}

/** How many characters of a parameter are printed: a spec may hold a text of a megabyte. A help lists candidates. */
const [IN_MESSAGE, IN_HELP] = [400, 1000];

function fill(text: string, parameters: Parameters, limit: number): string {
  return text.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => shortened(String(parameters[name] ?? `{${name}}`), limit));
}

/** A text up to a limit, of a list as many entries as fit; half a surrogate pair is none. */
function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit).replace(/[\ud800-\udbff]$/, "");
  const comma = head.lastIndexOf(", ");
  return `${comma > limit / 2 ? head.slice(0, comma + 2) : head}…`;
}

/** Whether one of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
