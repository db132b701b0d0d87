import { EXIT } from "./exit-code.ts";

/** Where a command talks to its user. */
export interface Terminal {
  /** Writes to standard output: what was asked for. */
  readonly print: (text: string) => void;
  /** Writes to standard error: usage errors and crashes. */
  readonly printError: (text: string) => void;
  readonly color: boolean;
  /** Says what the run is doing, once it has taken a second and if a person is watching. `null` wipes it. */
  readonly progress: (activity: string | null) => void;
}

/** The terminal of a process, which also ends it. */
export interface ProcessTerminal extends Terminal {
  /**
   * Ends the process, at once where nothing waits to be written: Node would first let V8 end what it compiles beside, for a run
   * that is over.
   */
  readonly leave: (code: number) => void;
}

const PATIENCE_SECONDS = 1;

/** The terminal of the process. Colour wants a terminal and no NO_COLOR; progress wants a terminal and no CI. */
export function processTerminal(): ProcessTerminal {
  const { env, stdout } = process;
  let shown = false;
  let complained = false;
  stdout.on("error", leaveAtOnce);
  return {
    print: (text) => void stdout.write(text),
    printError(text) {
      process.stderr.write(text);
      complained = true;
    },
    color: stdout.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb",
    progress(activity) {
      const due = activity !== null && process.uptime() > PATIENCE_SECONDS;
      // Standard error is opened by the first word to it, which takes milliseconds.
      if ((!due && !shown) || process.stderr.isTTY !== true || env["CI"]) return;
      process.stderr.write(`\r\u001b[K${due ? `${activity} …` : ""}`);
      shown = due;
    },
    leave(code) {
      process.exitCode = code;
      const waiting = stdout.writableLength + (complained ? process.stderr.writableLength : 0);
      // What standard output did not take is told in the next turn.
      if (waiting === 0 && !shown && stdout.errored === null) process.exit();
    },
  };
}

/** A reader that has seen enough (`| head`) is no failure; an answer that a full disk cuts short is. */
function leaveAtOnce(error: Error): void {
  if ("code" in error && error.code === "EPIPE") process.exit();
  process.stderr.write(`dps-gen: standard output: ${error.message}\n`);
  process.exit(EXIT.failed);
}
