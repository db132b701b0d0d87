import { defineDiagnostics } from "./diagnostics/define.ts";

/** What can be wrong between the stages. */
export const compileDiagnostics = defineDiagnostics("compile", {
  "unknown-warehouse": {
    severity: "error",
    message: "'{name}' is not a warehouse that dps-gen writes SQL for.",
    help: "{near}One of {known}.",
    docs: "settings.warehouse, or --warehouse on the command line, names the warehouse whose SQL is generated. Without either it is duckdb.",
  },
});
