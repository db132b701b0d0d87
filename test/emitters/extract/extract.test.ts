import { describe, expect, it } from "vitest";
import { compiled } from "../compiled.ts";

function spec(glob: string, strategy: string): string {
  return `
settings: {project: feed, timezone: UTC}
contracts:
  - {name: feed.people, primary_key: [id], schema: [{column: id, type: integer}, {column: _source, type: string}]}
  - {name: feed.events, primary_key: [id], history: append_only, schema: [{column: id, type: integer}]}
pipeline: {name: daily, extract: {source_system: feed, connection: "files:${glob}", strategy: ${strategy}}}
`;
}

async function script(glob: string, strategy = "full"): Promise<string> {
  return (await compiled(spec(glob, strategy))).get("extract/daily.py") ?? "";
}

/** The text of one table of the script. */
function table(text: string, name: string): string {
  return text.split("Table(").find((part) => part.includes(`name="${name}"`)) ?? "";
}

describe("the extraction script of a pipeline", () => {
  it("puts the table's own name into the glob", async () => {
    expect(await script("landing/*/{table}.csv")).toContain('files="landing/*/people.csv"');
  });

  it("lands a column once from which several are read", async () => {
    const files = await compiled(spec("landing/{table}.csv", "full").replace("[{column: id, type: integer}]", "[{column: id, type: integer}, {column: day, from: told, type: date}, {column: told, type: string}, {column: file, from: _source, type: string}]"));
    expect(table(files.get("extract/daily.py") ?? "", "events")).toContain('columns=("id", "told")');
    const columns = (files.get("dbt/models/staging/feed/_stg_feed__sources.yml") ?? "").match(/- name: (told|_source|id)$/gm);
    expect(columns).toEqual(["- name: id", "- name: told", "- name: _source", "- name: id", "- name: _source"]);
  });

  it("lands fields under names of its own where theirs cannot stand in a warehouse, whatever staging calls them", async () => {
    const long = `Wie zufrieden ${"sind Sie ".repeat(8)}?`;
    const named = async (rename: string): Promise<string> => {
      const fields = ["Prix d'achat", "Ende ", "ID", "id", "_Source", long].map((column, at) => `{column: ${JSON.stringify(column)}, type: string, rename: ${rename}${at}}`);
      return table((await compiled(spec("landing/{table}.csv", "full").replace("{column: id, type: integer}, {column: _source, type: string}", fields.join(", ")).replace("[id]", "[ID]"))).get("extract/daily.py") ?? "", "people");
    };
    const text = await named("one");
    expect(text).toMatch(/columns=\(\s+"Prix d'achat",\s+"Ende ",\s+"ID",\s+"id",\s+"_Source",\s+\(\s+"Wie zufrieden/);
    expect([...text.matchAll(/"(\w+_[0-9a-f]{8})": /g)].map((one) => one[1]?.slice(0, -9))).toEqual(["prix_d_achat", "ende", "id", "source", "wie_zufrieden_sind_sie_sind_sie_sind_sie_sind_sie"]);
    expect(await named("another")).toBe(text);
  });

  it("says how text is written where it is not UTF-8", async () => {
    const written = { "ISO-8859-1": "windows-1252", "latin-1": "windows-1252", "Windows 1252": "windows-1252", cp1250: "windows-1250", "windows-1251": "windows-1251", UTF16: "utf-16", Shift_JIS: "cp932", "EUC-KR": "cp949", Big5: "cp950", GBK: "gb18030" };
    for (const [stated, codec] of Object.entries(written)) {
      const files = await compiled(spec("landing/{table}.csv", "full").replace("strategy: full", `strategy: full, encoding: ${stated}`));
      expect(table(files.get("extract/daily.py") ?? "", "people")).toContain(`encoding="${codec}"`);
    }
    expect(await script("landing/{table}.csv")).not.toContain("encoding=");
  });

  it("tells tables apart by the names of files where the glob does not", async () => {
    expect(table(await script("landing/*.csv"), "people")).toContain('stem="people"');
    expect(await script("landing/{table}.csv")).not.toContain("stem=");
  });

  it("loads file by file what adds up, whatever the strategy", async () => {
    const full = await script("landing/{table}.csv");
    expect(table(full, "people")).toContain('load="replace"');
    expect(table(full, "events")).toContain('load="by_file"');
    expect(table(await script("landing/{table}.csv", "incremental"), "people")).toContain('load="by_file"');
  });

  it("keeps a table's name as it is in the glob, and refuses one that would lead elsewhere", async () => {
    const named = (name: string): string => spec("landing/{table}.csv", "full").replace("name: feed.people", () => `name: feed.people, physical: {table: "${name}"}`);
    expect((await compiled(named("$$ x $&"))).get("extract/daily.py")).toContain('files="landing/$$ x $&.csv"');
    for (const name of ["../x", "a/b", ".."]) await expect(compiled(named(name))).rejects.toThrow("model/invalid-connection");
  });

  it("does not look for the columns that it adds itself", async () => {
    expect(table(await script("landing/{table}.csv"), "people")).toContain('columns=("id",)');
  });

  it("reads what the dbt profile reads from the environment", async () => {
    const files = await compiled(spec("landing/{table}.csv", "full"), "postgres");
    expect(files.get("extract/warehouse.py")).toContain('"password": setting("FEED_PG_PASSWORD")');
    expect(files.get("dbt/profiles.yml")).toContain("FEED_PG_PASSWORD");
  });
});
