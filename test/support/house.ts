import { join } from "node:path";
import { Project, ts } from "ts-morph";
import { importProblems, readTable, type Table } from "./imports.ts";

/** A source file of the compiler, its path below `generator/`, and all its nodes by kind. */
export interface HouseFile {
  readonly path: string;
  readonly source: ts.SourceFile;
  readonly nodes: (kind: ts.SyntaxKind) => readonly ts.Node[];
}

/** The two tables of ARCHITECTURE.md: who may import whom, and where packages live. */
export interface HouseTables {
  readonly folders: Table;
  readonly homes: Table;
}

const FILE_LINES = 250;
const FUNCTION_LINES = 40;
const FUNCTIONS = [ts.SyntaxKind.FunctionDeclaration, ts.SyntaxKind.MethodDeclaration, ts.SyntaxKind.ArrowFunction, ts.SyntaxKind.FunctionExpression] as const;
const WAYS_AROUND = [ts.SyntaxKind.AnyKeyword, ts.SyntaxKind.NonNullExpression, ts.SyntaxKind.EnumDeclaration, ts.SyntaxKind.ClassDeclaration, ts.SyntaxKind.TypeAssertionExpression, ts.SyntaxKind.ExportAssignment, ts.SyntaxKind.DefaultKeyword] as const;

/** Whatever makes a run depend on when, where and for whom it runs. */
const AMBIENT = /^(?:Date|Intl|process|console|performance|localeCompare|toLocaleString|toLocaleUpperCase|toLocaleLowerCase)$/;
const AMBIENT_HOMES = /^(?:cli\/|host\.ts$)/;

/** The source files below a folder that is `generator/`, or a copy of it. */
export function houseFiles(generator: string): readonly HouseFile[] {
  const project = new Project({ skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true, skipLoadingLibFiles: true });
  project.addSourceFilesAtPaths(join(generator, "**/*.ts"));
  const sources = project.getSourceFiles().map((file) => file.compilerNode).filter((source) => !source.isDeclarationFile);
  return sources.map((source) => ({ path: source.fileName.slice(generator.length + 1), source, nodes: nodesByKind(source) }));
}

/** The tables of a page as ARCHITECTURE.md has them. */
export function houseTables(page: string): HouseTables {
  return { folders: readTable(page, "may import"), homes: readTable(page, "why it is the one") };
}

/** All that a file does against the tables and the house style. */
export function houseProblems(file: HouseFile, tables: HouseTables): readonly string[] {
  return [...importProblems(file.path, importsOf(file), tables), ...tooLong(file), ...undocumented(file), ...waysAround(file), ...ambient(file), ...dialectsByName(file)];
}

function nodesByKind(source: ts.SourceFile): HouseFile["nodes"] {
  const found = new Map<ts.SyntaxKind, ts.Node[]>();
  const visit = (node: ts.Node): void => {
    const same = found.get(node.kind);
    if (same === undefined) found.set(node.kind, [node]);
    else same.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return (kind) => found.get(kind) ?? [];
}

function importsOf({ nodes }: HouseFile): readonly string[] {
  const declared = [...nodes(ts.SyntaxKind.ImportDeclaration), ...nodes(ts.SyntaxKind.ExportDeclaration)].flatMap((node) => (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? (node.moduleSpecifier ?? []) : []));
  const dynamic = nodes(ts.SyntaxKind.CallExpression).flatMap((node) => (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? (node.arguments[0] ?? []) : []));
  const typed = nodes(ts.SyntaxKind.ImportType).flatMap((node) => (ts.isImportTypeNode(node) ? node.argument : []));
  return [...declared, ...typed, ...dynamic].map((node) => node.getText().slice(1, -1));
}

function tooLong(file: HouseFile): readonly string[] {
  const lines = (node: ts.Node): number => lineOf(file, node.getEnd()) - lineOf(file, node.getStart()) + 1;
  // What only gives back an expression, as a schema is, has no steps to follow.
  const isExpression = (node: ts.Node): boolean => ts.isArrowFunction(node) && !ts.isBlock(node.body);
  const long = FUNCTIONS.flatMap((kind) => file.nodes(kind)).filter((node) => lines(node) > FUNCTION_LINES && !isExpression(node));
  const whole = lineOf(file, file.source.getEnd()) > FILE_LINES + 1 ? [`${file.path} has over ${FILE_LINES} lines`] : [];
  return [...whole, ...long.map((node) => told(file, node, `a function of over ${FUNCTION_LINES} lines`))];
}

function undocumented(file: HouseFile): readonly string[] {
  const exported = file.source.statements.filter((node) => ts.canHaveModifiers(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true);
  return exported.filter((node) => ts.getJSDocCommentsAndTags(node).length === 0).map((node) => told(file, node, "an export without a doc comment"));
}

function waysAround(file: HouseFile): readonly string[] {
  const isConst = (node: ts.Node): boolean => ts.isAsExpression(node) && node.type.getText() === "const";
  const casts = file.nodes(ts.SyntaxKind.AsExpression).filter((node) => !isConst(node));
  // `default` of a switch is a clause of its own.
  return [...casts, ...WAYS_AROUND.flatMap((kind) => file.nodes(kind))].map((node) => told(file, node, "a way around the types, or a default export"));
}

function ambient(file: HouseFile): readonly string[] {
  if (AMBIENT_HOMES.test(file.path)) return [];
  const own = declaredIn(file);
  const names = file.nodes(ts.SyntaxKind.Identifier).filter((node) => AMBIENT.test(node.getText()) && isUse(node) && !own.has(node.getText()));
  const chance = file.nodes(ts.SyntaxKind.PropertyAccessExpression).filter((node) => node.getText() === "Math.random");
  return [...names, ...chance].map((node) => told(file, node, "depends on clock, locale, chance or process"));
}

function dialectsByName(file: HouseFile): readonly string[] {
  if (file.path.startsWith("dialects/")) return [];
  const isCompared = ({ parent }: ts.Node): boolean => ts.isBinaryExpression(parent) || ts.isSwitchStatement(parent);
  return file.nodes(ts.SyntaxKind.PropertyAccessExpression).filter((node) => /(?:^|\.)dialect\.name$/.test(node.getText()) && isCompared(node)).map((node) => told(file, node, "asks a dialect for its name"));
}

/** A name that stands for the global or a member of something, not a key of an object of ours. */
function isUse(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node ? /^(?:locale|toLocale)/.test(node.getText()) : true;
  return !ts.isPropertyAssignment(parent) && !ts.isPropertySignature(parent) && !ts.isPropertyDeclaration(parent) && !ts.isTypeReferenceNode(parent);
}

/** Names that the file gives to things of its own. */
function declaredIn(file: HouseFile): ReadonlySet<string> {
  const kinds = [ts.SyntaxKind.VariableDeclaration, ts.SyntaxKind.Parameter, ts.SyntaxKind.BindingElement] as const;
  return new Set(kinds.flatMap((kind) => file.nodes(kind)).flatMap((node) => (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node) ? node.name.getText() : [])));
}

function told(file: HouseFile, node: ts.Node, problem: string): string {
  return `${file.path}:${lineOf(file, node.getStart())}: ${problem}: ${node.getText().split("\n")[0]}`;
}

function lineOf({ source }: HouseFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line + 1;
}
