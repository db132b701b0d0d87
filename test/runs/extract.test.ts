import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { startEngine, type Engine } from "../support/engines.ts";
import { python } from "../support/python.ts";
import { checked, extract, generateProject, type Project } from "../support/project.ts";

const specs = mkdtempSync(join(tmpdir(), "dps-gen-specs-"));

describe.each(["duckdb", "postgres"] as const)("the extraction of files into %s", (name) => {
  let engine: Engine;
  let project: Project;
  beforeAll(async () => {
    engine = await startEngine(name);
    write(specs, "specs.yaml", spec());
    project = generateProject(specs, name, await engine.environment("feed"));
  });
  afterAll(() => engine.stop());

  const put = (path: string, content: string | Uint8Array): void => write(project.folder, path, content);
  const ask = async (sql: string): Promise<readonly string[]> => {
    const warehouse = await engine.open(project);
    try {
      return (await warehouse.query(sql)).map((row) => Object.values(row).map((value) => value ?? "NULL").join(" / "));
    } finally {
      await warehouse.close();
    }
  };
  const respecify = (text: string): void => {
    write(specs, "specs.yaml", text);
    checked(process.execPath, [join(root, "dist", "dps-gen.cjs"), "generate", specs, "--out", project.folder, "--warehouse", name], root);
  };
  const people = () => ask(`select "Customer ID", "Full-Name", "note", _source, _source_row from raw_feed.people order by _source, _source_row`);
  const events = () => ask(`select "id", "payload", _source from raw_feed.events order by "id"`);

  it("says which files it looked for where there are none", () => {
    expect(() => extract(project, "feed_daily")).toThrow(/error: no file matches landing\/\*\/events\.\* in /);
  });

  it("lands every value as text under the names of the source", async () => {
    put("landing/2026-01-01/people.csv", '\uFEFFCustomer ID;Full-Name;note;extra\r\n007;"Ann;\nLee";" kept ";x\r\n\r\n8;"O\'Brien ""Bob""";;y\r\n');
    put("landing/2026-01-01/events.csv", "id,payload\n1,a\n2,\n");
    expect(extract(project, "feed_daily")).toContain('notice: landing/2026-01-01/people.csv: not in the contract, so ignored: "extra"');
    expect(await people()).toEqual([
      "007 / Ann;\nLee /  kept  / landing/2026-01-01/people.csv / 1",
      "8 / O'Brien \"Bob\" / NULL / landing/2026-01-01/people.csv / 2",
    ]);
    expect(await events()).toEqual(["1 / a / landing/2026-01-01/events.csv", "2 / NULL / landing/2026-01-01/events.csv"]);
    expect(await ask("select column_name, data_type from information_schema.columns where table_schema = 'raw_feed' and table_name = 'events' and column_name not like '\\_dlt%' escape '\\' order by 1")).toEqual(
      name === "duckdb"
        ? ["_extracted_at / TIMESTAMP", "_source / VARCHAR", "_source_row / BIGINT", "id / VARCHAR", "payload / VARCHAR"]
        : ["_extracted_at / timestamp without time zone", "_source / character varying", "_source_row / bigint", "id / character varying", "payload / character varying"],
    );
  });

  it("changes nothing when the files are the same", async () => {
    const before = await ask("select * from raw_feed.people order by _source_row");
    expect(extract(project, "feed_daily")).toMatch(/raw_feed\.events: nothing new\s+raw_feed\.people: nothing new/);
    expect(await ask("select * from raw_feed.people order by _source_row")).toEqual(before);
  });

  it("takes the newest folder as the whole of a table, and adds the files of a stream", async () => {
    put("landing/2026-01-02/people.jsonl", '{"Customer ID": 1.50, "Full-Name": {"first": "Ann", "n": [1.10, true, null, NaN]}}\n{"Customer ID": false, "Full-Name": "", "note": null}\n');
    put("landing/2026-01-02/events.json.gz", gzipSync('[{"id": 3, "payload": "c"}, {"id": 4}]'));
    extract(project, "feed_daily");
    expect(await people()).toEqual([
      '1.50 / {"first": "Ann", "n": [1.10, true, null, "NaN"]} / NULL / landing/2026-01-02/people.jsonl / 1',
      "false /  / NULL / landing/2026-01-02/people.jsonl / 2",
    ]);
    expect((await events()).map((row) => row.split(" / ").slice(0, 2).join(" "))).toEqual(["1 a", "2 NULL", "3 c", "4 NULL"]);
  });

  it("replaces the rows of a file that changed, and of no other", async () => {
    const stamps = () => ask("select _source, min(_extracted_at) from raw_feed.events group by 1 order by 1");
    const [, before] = await stamps();
    put("landing/2026-01-01/events.csv", "id,payload\n1,changed\n");
    extract(project, "feed_daily");
    expect((await events()).map((row) => row.split(" / ").slice(0, 2).join(" "))).toEqual(["1 changed", "3 c", "4 NULL"]);
    expect((await stamps())[1]).toBe(before);
    put("landing/2026-01-01/events.csv", "id,payload\n");
    extract(project, "feed_daily");
    expect((await events()).map((row) => row.split(" / ").slice(0, 2).join(" "))).toEqual(["3 c", "4 NULL"]);
  });

  it("reads Parquet files with their values as text", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    mkdirSync(join(project.folder, "landing/2026-01-03"), { recursive: true });
    await connection.run(`copy (select 10 as id, {'price': 1.25, 'at': date '2026-01-01'} as payload union all select 11, null) to '${join(project.folder, "landing/2026-01-03/events.parquet")}'`);
    await connection.run(`copy (select 1.10::decimal(9,2) as "Customer ID", timestamptz '2026-01-01 10:00:00+02' as "Full-Name", true as note) to '${join(project.folder, "landing/2026-01-03/people.parquet")}'`);
    connection.closeSync();
    extract(project, "feed_daily");
    expect((await events()).slice(0, 2)).toEqual(['10 / {"price":1.25,"at":"2026-01-01"} / landing/2026-01-03/events.parquet', "11 / NULL / landing/2026-01-03/events.parquet"]);
    expect(await people()).toEqual(["1.10 / 2026-01-01 08:00:00+00 / true / landing/2026-01-03/people.parquet / 1"]);
  });

  // What is read does not depend on the warehouse, so one engine will do.
  it.runIf(name === "duckdb").each([
    ["a missing column", "events.csv", "id,paylod\n1,a\n", 'landing/2026-01-04/events.csv lacks "payload" of events; its columns are "id", "paylod"'],
    ["a row of another length", "events.csv", "id,payload\n1,a\n2,b,c\n", "events.csv:3: 3 values for 2 columns"],
    ["a quote that never ends", "events.csv", 'id,payload\n1,"a\n', "events.csv:2: unexpected end of data"],
    ["text that is not UTF-8", "events.csv", Buffer.from("id,payload\n1,a\n2,Caf\xe9\n", "latin1"), "events.csv:3: the bytes e9 are not utf-8; extract.encoding of the pipeline says"],
    ["broken JSON", "events.json", '[{"id": 1}, {"id": ]', "events.json: broken JSON near"],
    ["a format that is none", "events.xlsx", "x", "events.xlsx: neither CSV, JSON nor Parquet by its name"],
  ])("names the place of %s, and loads nothing", async (_, file, content, message) => {
    const before = await events();
    put(`landing/2026-01-04/${file}`, content);
    expect(() => extract(project, "feed_daily")).toThrow(message);
    rmSync(join(project.folder, "landing/2026-01-04"), { recursive: true });
    expect(await events()).toEqual(before);
  });

  it.runIf(name === "duckdb")("reads text as the pipeline says it is written, a byte order mark before that, and all of it anew when the pipeline says otherwise", async () => {
    const old = () => ask(`select "Größe", "Prix" from raw_old.sizes order by _source, _source_row`);
    put("old/a.csv", Buffer.from("Gr\xf6\xdfe;Prix;Ende \n\xa3\xf3d\x9f;5\x80;x\n", "latin1"));
    put("old/b.csv", Buffer.from("\uFEFFGro\u0308ße\tPrix\tEnde \n日本\t6€\ty\n", "utf16le"));
    extract(project, "old_daily");
    expect(await old()).toEqual(["Łódź / 5€", "日本 / 6€"]);
    respecify(spec().replace("windows-1250", "latin-1"));
    extract(project, "old_daily");
    expect(await old()).toEqual(["£ódŸ / 5€", "日本 / 6€"]);
  });

  it.runIf(name === "duckdb")("knows every encoding that a spec may name, UTF-16 without a byte order mark, too", () => {
    put("extract/encodings.py", [
      "import json, sys", "from pathlib import Path", "from readers import rows_of",
      "path = Path(__file__).parent / 'a.csv'",
      "for written, read, text in json.load(sys.stdin):", "    path.write_bytes(f'id\\n{text}\\n'.encode(written))", "    assert list(rows_of(path, ('id',), read)) == [(text,)], read",
    ].join("\n"));
    const texts = { "utf-8": "5 €", "utf-16": "日本", "windows-1250": "Łódź", "windows-1251": "Цена", "windows-1252": "5 €", cp932: "価格", cp949: "가격", cp950: "價格", gb18030: "价格" };
    const input = JSON.stringify([...Object.entries(texts).map(([codec, text]) => [codec, codec, text]), ["utf-16-le", "utf-16", "日本"]]);
    expect(python("extract", ["extract/encodings.py"], { cwd: project.folder, environment: {}, input })).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("fills a column that the contract gains from the files that have it", async () => {
    put("landing/2026-01-05/events.csv", "id,payload,kind\n5,e,new\n");
    extract(project, "feed_daily");
    respecify(spec("\n      - {column: kind, type: string}"));
    extract(project, "feed_daily");
    expect(await ask(`select "id", "kind" from raw_feed.events where _source like '%.csv' order by 1`)).toEqual(["5 / new"]);
    expect(await ask(`select count(*) as rows, count("kind") as kinds from raw_feed.events`)).toEqual(["5 / 1"]);
  });
});

function spec(more = ""): string {
  return `settings: {project: feed, timezone: UTC}
contracts:
  - name: feed.people
    primary_key: [Customer ID]
    schema:
      - {column: Customer ID, type: string}
      - {column: Full-Name, type: string}
      - {column: note, type: string}
  - name: feed.events
    primary_key: [id]
    history: append_only
    schema:
      - {column: id, type: integer}
      - {column: payload, type: string}${more}
  - name: old.sizes
    history: append_only
    schema: [{column: Größe, type: string}, {column: Prix, type: string}, {column: "Ende ", type: string}]
pipelines:
  - name: feed_daily
    extract: {source_system: feed, connection: "files:landing/*/{table}.*", strategy: full}
  - name: old_daily
    extract: {source_system: old, connection: "files:old/*.csv", encoding: windows-1250}
`;
}

function write(folder: string, path: string, content: string | Uint8Array): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
}
