import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalog } from "../generator/catalog.ts";

const generator = join(import.meta.dirname, "..", "generator");

describe("the catalog of diagnostics", () => {
  it("gathers every table of the compiler", () => {
    const sources = readdirSync(generator, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts")).map((file) => readFileSync(join(generator, file), "utf8"));
    const defined = sources.flatMap((text) => [...text.matchAll(/^export const (\w+) = defineDiagnostics\(/gm)].map((match) => match[1]));
    const gathered = readFileSync(join(generator, "catalog.ts"), "utf8").match(/(?<=^ {2})\w+Diagnostics(?=,$)/gm);
    expect([...(gathered ?? [])].sort()).toEqual(defined.sort());
  });

  it("holds every code once", () => {
    const codes = catalog().map(({ code }) => code);
    expect(codes.filter((code, position) => codes.indexOf(code) !== position)).toEqual([]);
    expect(codes.every((code) => /^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/.test(code))).toBe(true);
  });

  it("says in every entry what to do, and why", () => {
    expect(catalog().filter(({ help, docs }) => help === "" || docs.length < 40).map(({ code }) => code)).toEqual([]);
  });
});
