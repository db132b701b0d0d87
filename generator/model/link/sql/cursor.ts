import type { SyntaxProblem, Token } from "./tokens.ts";

/** A position in the tokens of an expression. The first problem is kept and ends the reading: all that follows sees the end. */
export interface Cursor {
  readonly sql: string;
  readonly peek: (ahead?: number) => Token;
  /** Takes the next token. */
  readonly next: () => Token;
  /** True where the next token is this keyword (any case) or symbol. */
  readonly at: (text: string, ahead?: number) => boolean;
  /** Takes the next token if it is this keyword or symbol. */
  readonly take: (text: string) => boolean;
  /** Takes this keyword or symbol, or reports that it is missing. */
  readonly expect: (text: string) => void;
  readonly fail: (problem: SyntaxProblem) => void;
  readonly problem: () => SyntaxProblem | null;
}

/** A cursor at the first of some tokens, the last of which is of kind "end". */
export function createCursor(sql: string, tokens: readonly Token[]): Cursor {
  const end: Token = { kind: "end", text: "", start: sql.length, end: sql.length };
  let position = 0;
  let problem: SyntaxProblem | null = null;
  const peek = (ahead = 0): Token => tokens[position + ahead] ?? end;
  const at = (text: string, ahead = 0): boolean => is(peek(ahead), text);
  const fail = (found: SyntaxProblem): void => {
    problem ??= found;
    position = tokens.length;
  };
  const next = (): Token => {
    const token = peek();
    position++;
    return token;
  };
  const take = (text: string): boolean => {
    const found = at(text);
    if (found) position++;
    return found;
  };
  const expect = (text: string): void => {
    if (!take(text)) fail({ kind: "syntax", problem: `'${text}' is missing`, near: nearText(sql, peek()) });
  };
  return { sql, peek, next, at, take, expect, fail, problem: () => problem };
}

/** A few characters of the text around a token, for messages. */
export function nearText(sql: string, token: Token): string {
  return token.kind === "end" ? sql.slice(-12).trim() : sql.slice(token.start, token.start + 12).trim();
}

function is(token: Token, text: string): boolean {
  return (token.kind === "word" && token.text.toLowerCase() === text) || (token.kind === "symbol" && token.text === text);
}
