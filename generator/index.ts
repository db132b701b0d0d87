/** The public API: compile a spec folder in memory, or bring an output folder to it. */
export { compile, type Compilation, type CompileOptions, type Stage } from "./compile.ts";
export { generate, type Generation, type GenerateOptions } from "./generate.ts";
export { plan, type Planning, type PlanOptions } from "./planning.ts";
export { catalog, type CatalogEntry } from "./catalog.ts";
export { nodeHost, type Host, type HostEntry } from "./host.ts";
export { memoryHost, type MemoryHost } from "./memory-host.ts";
export { formatDiagnostics, type FormatOptions } from "./diagnostics/format.ts";
export { version } from "./version.ts";
export type { Diagnostic, Severity } from "./diagnostics/define.ts";
export type { Origin } from "./diagnostics/origin.ts";
