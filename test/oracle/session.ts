import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ensurePython, root } from "../../scripts/toolchain.mjs";
import type { Project } from "../support/project.ts";

/** A process that runs dbt commands. */
export interface Session {
  /** What dbt warned of, in its words; throws with them where the command fails. */
  readonly invoke: (args: readonly string[]) => Promise<readonly string[]>;
  readonly stop: () => Promise<void>;
  /** Ends it in the middle of whatever it does. */
  readonly kill: () => Promise<void>;
}

/** Starts one process that runs dbt commands one after the other: loading dbt takes longer than a command. */
export function startSession(project: Project): Session {
  const folder = join(project.folder, "dbt");
  const child = spawn(join(ensurePython("dbt"), "python"), [join(root, "test", "oracle", "long_session.py")], { cwd: folder, env: { ...process.env, ...project.environment, DBT_PROFILES_DIR: folder }, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((done) => child.on("exit", () => done()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async invoke(args) {
      child.stdin.write(`${JSON.stringify(args)}\n`);
      const said: string[] = [];
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error(`dbt ended:\n${said.join("\n")}`);
        if (!value.startsWith("@report ")) said.push(value);
        else return warnings(value.slice(8), said);
      }
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function warnings(text: string, said: readonly string[]): readonly string[] {
  const report: { readonly success: boolean; readonly exception: string; readonly failed: readonly string[] } = JSON.parse(text);
  if (!report.success) throw new Error(`dbt failed:\n${[report.exception, ...report.failed, ...said.slice(-40)].filter((line) => line !== "").join("\n")}`);
  return report.failed;
}
