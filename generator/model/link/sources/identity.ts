import type { DiagnosticLog } from "../../../diagnostics/log.ts";
import { within } from "../../../diagnostics/origin.ts";
import type { ContractSpec } from "../../../spec/types.ts";
import { sourceDiagnostics } from "../../diagnostics/sources.ts";
import { isName, validName } from "../../names.ts";

/** Id `<source>.<table>` of a contract as written, or null where it says none. */
export function tableIdOf(contract: ContractSpec): string | null {
  if (contract.source !== null && contract.table !== null) return `${contract.source}.${contract.table}`;
  if (contract.name === null) return null;
  if (contract.name.includes(".")) return contract.name;
  return contract.source === null ? null : `${contract.source}.${contract.name}`;
}

/** Source and table of a contract; null where they are missing or no names (reported). */
export function readIdentity(contract: ContractSpec, log: DiagnosticLog): { readonly source: string; readonly table: string } | null {
  const id = tableIdOf(contract);
  const [source = "", table = "", ...more] = id?.split(".") ?? [];
  if (id === null || source === "" || table === "" || more.length > 0) {
    const named = contract.name !== null;
    log.add(sourceDiagnostics.report("contract-without-name", named ? { origin: within(contract.origin, "name") } : { origin: contract.origin, pointer: "key" }, {}));
    return null;
  }
  const wrong = [["source", source] as const, ["table", table] as const].filter(([, name]) => !isName(name));
  for (const [what, name] of wrong) {
    const key = contract[what] === null ? "name" : what;
    log.add(sourceDiagnostics.report("invalid-name", { origin: within(contract.origin, key) }, { name, what, valid: validName(name) || "orders" }));
  }
  return wrong.length === 0 ? { source, table } : null;
}
