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

const PATIENCE_SECONDS = 1;

/** The terminal of the process. Colour wants a terminal and no NO_COLOR; progress wants a terminal and no CI. */
export function processTerminal(): Terminal {
  const { env, stdout } = process;
  let shown = false;
  stdout.on("error", leaveQuietly);
  return {
    print: (text) => void stdout.write(text),
    printError: (text) => void process.stderr.write(text),
    color: stdout.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb",
    progress(activity) {
      const due = activity !== null && process.uptime() > PATIENCE_SECONDS;
      // Standard error is opened by the first word to it, which takes milliseconds.
      if ((!due && !shown) || process.stderr.isTTY !== true || env["CI"]) return;
      process.stderr.write(`\r\u001b[K${due ? `${activity} …` : ""}`);
      shown = due;
    },
  };
}

/** A reader that has seen enough (`| head`) is no failure. */
function leaveQuietly(error: Error): void {
  if ("code" in error && error.code === "EPIPE") process.exit(0);
  throw error;
}
