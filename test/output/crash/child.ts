// A run of its own process on a real folder. With STOP_AT it kills itself (by STOP_WITH, else SIGKILL) at that change to the file system: before it, or
// half way through a write.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { nodeHost } from "../../../generator/host.ts";
import { finish } from "../../../generator/output/journal.ts";
import { applyWrite, planWrite } from "../../../generator/output/write.ts";

const [, , out = "", file = ""] = process.argv;
const stopAt = Number(process.env["STOP_AT"] ?? -1);
const real = { ...fs };
let calls = 0;

function due(): boolean {
  return calls++ === stopAt;
}

function die(): never {
  process.kill(process.pid, process.env["STOP_WITH"] ?? "SIGKILL");
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}

const patched = {
  writeFileSync(path: string | number, content: string | Uint8Array, options: fs.WriteFileOptions): void {
    if (due()) die();
    if (due()) {
      real.writeFileSync(path, content.slice(0, content.length / 2), options);
      die();
    }
    real.writeFileSync(path, content, options);
  },
  renameSync: (from: string, to: string): void => (due() ? die() : real.renameSync(from, to)),
  unlinkSync: (path: string): void => (due() ? die() : real.unlinkSync(path)),
  mkdirSync: (path: string): void => void (due() ? die() : real.mkdirSync(path)),
  rmdirSync: (path: string): void => (due() ? die() : real.rmdirSync(path)),
  chmodSync: (path: string, mode: number): void => (due() ? die() : real.chmodSync(path, mode)),
};
Object.assign(fs, patched);
syncBuiltinESMExports();

const host = nodeHost();
const files = JSON.parse(real.readFileSync(file, "utf8"));
const release = host.lock(host.resolve(out, ".dps-gen/lock"));
if (release === null || finish(host, out) !== null) process.exit(6);
const plan = planWrite(host, out, files);
if (plan.diagnostics.some(({ severity }) => severity === "error")) process.exit(4);
applyWrite(host, out, plan);
release();
process.stdout.write(String(calls));
