import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";

/** The language server that editors use for YAML, spoken to as an editor does (LSP over standard input and output). */
interface Editor {
  readonly request: (method: string, params: unknown) => Promise<unknown>;
  readonly notify: (method: string, params: unknown) => void;
  /** The messages of the diagnostics of a document, once the server has looked at it. */
  readonly diagnostics: (uri: string) => Promise<readonly string[]>;
  readonly close: () => void;
}

let editor: Editor;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "dps-gen-editor-"));
  execFileSync(process.execPath, [join(root, "dist", "dps-gen.cjs"), "schema", "--out", join(folder, "schemas"), "--quiet"]);
  editor = open();
  await editor.request("initialize", { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: { textDocument: { publishDiagnostics: {}, hover: { contentFormat: ["plaintext"] } } } });
  editor.notify("initialized", {});
});
afterAll(() => editor.close());

it("shows mistakes and explains keys, by the first line of a spec file", async () => {
  const uri = pathToFileURL(join(folder, "model.yaml")).href;
  const text = `# yaml-language-server: $schema=schemas/spec.schema.json
dimensions:
  - name: dim_customer
    source: shop.customers
    natural_ky: customer_id
    attributes: [{name: city, scd_type: 9}]
`;
  const found = editor.diagnostics(uri);
  editor.notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
  const messages = (await found).join("\n");
  expect(messages).toContain("natural_ky");
  expect(messages).toMatch(/Type 2|scd|Value is not accepted/i);
  const hover = JSON.stringify(await editor.request("textDocument/hover", { textDocument: { uri }, position: { line: 3, character: 6 } }));
  expect(hover).toMatch(/[Ss]ource/);
  const completion = JSON.stringify(await editor.request("textDocument/completion", { textDocument: { uri }, position: { line: 4, character: 4 } }));
  expect(completion).toContain("natural_key");
});

it("finds nothing wrong in the template's files", async () => {
  execFileSync(process.execPath, [join(root, "dist", "dps-gen.cjs"), "init", join(folder, "specs"), "--quiet"]);
  for (const name of ["brief", "contracts", "model", "pipeline", "settings"]) {
    const uri = pathToFileURL(join(folder, `${name}-checked.yaml`)).href;
    const file = join(folder, "specs", `${name}.yaml`);
    const found = editor.diagnostics(uri);
    editor.notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text: `# yaml-language-server: $schema=schemas/spec.schema.json\n${readFileSync(file, "utf8")}` } });
    expect(await found).toEqual([]);
  }
});

function open(): Editor {
  const server: ChildProcess = spawn(process.execPath, [join(root, "node_modules", "yaml-language-server", "bin", "yaml-language-server"), "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = new Map<number, (result: unknown) => void>();
  const watchers = new Map<string, (messages: readonly string[]) => void>();
  let next = 0;
  let buffer = Buffer.alloc(0);
  const send = (message: unknown): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...(message as object) });
    server.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const take = (message: { readonly id?: number; readonly method?: string; readonly params?: { readonly uri?: string; readonly items?: readonly unknown[]; readonly diagnostics?: readonly { readonly message: string }[] }; readonly result?: unknown }): void => {
    if (message.method === undefined && message.id !== undefined) answers.get(message.id)?.(message.result);
    else if (message.method === "textDocument/publishDiagnostics") watchers.get(message.params?.uri ?? "")?.((message.params?.diagnostics ?? []).map((one) => one.message));
    else if (message.id !== undefined) send({ id: message.id, result: message.method === "workspace/configuration" ? (message.params?.items ?? []).map(() => ({})) : null });
  };
  server.stdout?.on("data", (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n(?:[^\r]+\r\n)*\r\n/.exec(buffer.toString("latin1"));
      if (header === null) return;
      const end = header[0].length + Number(header[1]);
      if (buffer.length < end) return;
      take(JSON.parse(buffer.subarray(header[0].length, end).toString("utf8")));
      buffer = buffer.subarray(end);
    }
  });
  return {
    request: (method, params) => new Promise((resolve) => {
      answers.set(++next, resolve);
      send({ id: next, method, params });
    }),
    notify: (method, params) => send({ method, params }),
    diagnostics: (uri) => new Promise((resolve) => watchers.set(uri, resolve)),
    close: () => void server.kill(),
  };
}
