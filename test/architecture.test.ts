import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Node, Project, SyntaxKind, type SourceFile } from "ts-morph";
import { describe, expect, it } from "vitest";
import { importProblems, readTable } from "./support/imports.ts";

const root = join(import.meta.dirname, "..");
const generator = join(root, "generator");
const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
const project = new Project({ skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true, skipLoadingLibFiles: true });
project.addSourceFilesAtPaths(join(generator, "**/*.ts"));
const files = project.getSourceFiles().filter((file) => !file.getFilePath().endsWith(".d.ts"));

const FILE_LINES = 250;
const FUNCTION_LINES = 40;
const FUNCTIONS = [SyntaxKind.FunctionDeclaration, SyntaxKind.MethodDeclaration, SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression] as const;

/** Whatever makes a run depend on when, where and for whom it runs. */
const AMBIENT = /^(?:Date|Intl|process|console|performance|localeCompare|toLocaleString|toLocaleUpperCase|toLocaleLowerCase)$/;
const AMBIENT_HOMES = /^(?:cli\/|host\.ts$)/;

describe("the import table of ARCHITECTURE.md", () => {
  const folders = readTable(page, "may import");
  const homes = readTable(page, "why it is the one");

  it.each(files.map((file) => [place(file), file] as const))("allows what %s imports", (path, file) => {
    const imported = importsOf(file);
    expect(importProblems(path, imported, { folders, homes })).toEqual([]);
  });

  it("names only what exists", () => {
    const known = new Set(files.flatMap((file) => foldersOf(place(file))));
    const named = [...folders.keys(), ...[...folders.values()].flat()];
    expect(named.filter((one) => !known.has(one))).toEqual([]);
  });
});

describe.each(files.map((file) => [place(file), file] as const))("%s", (path, file) => {
  it("is small, and made of small functions", () => {
    const long = FUNCTIONS.flatMap((kind) => file.getDescendantsOfKind(kind)).filter((node) => node.getEndLineNumber() - node.getStartLineNumber() + 1 > FUNCTION_LINES);
    expect(long.map((node) => node.getStartLineNumber())).toEqual([]);
    expect(file.getEndLineNumber()).toBeLessThanOrEqual(FILE_LINES + 1);
  });

  it("says what every export gives", () => {
    expect(undocumented(file)).toEqual([]);
  });

  it("uses no way around the types", () => {
    const casts = file.getDescendantsOfKind(SyntaxKind.AsExpression).filter((node) => node.getTypeNode()?.getText() !== "const");
    const found = [SyntaxKind.AnyKeyword, SyntaxKind.NonNullExpression, SyntaxKind.EnumDeclaration, SyntaxKind.ClassDeclaration, SyntaxKind.TypeAssertionExpression].flatMap((kind): readonly Node[] => file.getDescendantsOfKind(kind));
    expect([...casts, ...found].map(told)).toEqual([]);
    expect(file.getDefaultExportSymbol()).toBeUndefined();
  });

  it("depends on no clock, locale, chance or process", () => {
    if (AMBIENT_HOMES.test(path)) return;
    const own = declaredIn(file);
    const ambient = file.getDescendantsOfKind(SyntaxKind.Identifier).filter((node) => AMBIENT.test(node.getText()) && isUse(node) && !own.has(node.getText()));
    const chance = file.getDescendantsOfKind(SyntaxKind.PropertyAccessExpression).filter((node) => node.getText() === "Math.random");
    expect([...ambient, ...chance].map(told)).toEqual([]);
  });

  it("asks no dialect for its name", () => {
    if (path.startsWith("dialects/")) return;
    const asked = file.getDescendantsOfKind(SyntaxKind.PropertyAccessExpression).filter((node) => /(?:^|\.)dialect\.name$/.test(node.getText()) && isCompared(node));
    expect(asked.map(told)).toEqual([]);
  });
});

function place(file: SourceFile): string {
  return file.getFilePath().slice(generator.length + 1);
}

/** The path itself and all folders above it, as the table writes them: `spec/`, `spec/yaml/`, `spec/yaml/parse.ts`. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, position) => parts.slice(0, position + 1).join("/") + (position < parts.length - 1 ? "/" : ""));
}

function importsOf(file: SourceFile): readonly string[] {
  const declared = [...file.getImportDeclarations(), ...file.getExportDeclarations()].flatMap((one) => one.getModuleSpecifierValue() ?? []);
  const dynamic = file.getDescendantsOfKind(SyntaxKind.CallExpression).filter((one) => one.getExpression().getKind() === SyntaxKind.ImportKeyword);
  const typed = file.getDescendantsOfKind(SyntaxKind.ImportType).map((one) => one.getArgument().getText().slice(1, -1));
  return [...declared, ...typed, ...dynamic.map((one) => one.getArguments()[0]?.getText().slice(1, -1) ?? "")];
}

function undocumented(file: SourceFile): readonly string[] {
  const missing: string[] = [];
  for (const statement of file.getStatements()) {
    if (!Node.isExportable(statement) || !statement.isExported()) continue;
    if (Node.isJSDocable(statement) && statement.getJsDocs().length === 0) missing.push(`${statement.getStartLineNumber()}: ${statement.getText().split("\n")[0]}`);
  }
  return missing;
}

/** A name that stands for the global or a member of something, not a key of an object of ours. */
function isUse(node: Node): boolean {
  const parent = node.getParent();
  if (Node.isPropertyAccessExpression(parent)) return parent.getNameNode() === node ? /^(?:locale|toLocale)/.test(node.getText()) : true;
  return !Node.isPropertyAssignment(parent) && !Node.isPropertySignature(parent) && !Node.isPropertyNamed(parent) && !Node.isTypeReference(parent);
}

/** Names that the file gives to things of its own. */
function declaredIn(file: SourceFile): ReadonlySet<string> {
  const declarations = [...file.getDescendantsOfKind(SyntaxKind.VariableDeclaration), ...file.getDescendantsOfKind(SyntaxKind.Parameter), ...file.getDescendantsOfKind(SyntaxKind.BindingElement)];
  return new Set(declarations.map((node) => node.getName()));
}

function isCompared(node: Node): boolean {
  const parent = node.getParent();
  return Node.isBinaryExpression(parent) || Node.isSwitchStatement(parent);
}

function told(node: Node): string {
  return `${node.getStartLineNumber()}: ${node.getText().split("\n")[0]}`;
}
