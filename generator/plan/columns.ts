import type { Origin } from "../diagnostics/origin.ts";
import { typeText } from "../model/logical-type.ts";
import type { LogicalType } from "../model/types.ts";
import { widens } from "./canonical.ts";
import type { Finding } from "./types.ts";

/** A column in two models. */
interface Column {
  readonly name: string;
  readonly origin: Origin;
  readonly type: LogicalType;
}

/** A column that is new. */
export function addedColumn(one: Omit<Column, "type"> & { readonly type?: LogicalType }): Finding {
  return { rule: "SC201", part: one.name, message: "column added", after: one.type === undefined ? null : typeText(one.type), origin: one.origin, column: one.name };
}

/** A column that is gone. */
export function removedColumn(one: Omit<Column, "type"> & { readonly type?: LogicalType }): Finding {
  return { rule: "SC301", part: one.name, message: "column removed", before: one.type === undefined ? null : typeText(one.type), originBefore: one.origin, column: one.name };
}

/** A type that differs. */
export function typeChange(before: Column, after: Column): readonly Finding[] {
  const [was, is] = [typeText(before.type), typeText(after.type)];
  if (was === is) return [];
  const wider = widens(before.type, after.type);
  return [{
    rule: wider ? "SC501" : "SC303",
    part: after.name,
    message: wider ? "type widened" : widens(after.type, before.type) ? "type narrowed" : "type changed",
    before: was,
    after: is,
    origin: after.origin,
    originBefore: before.origin,
    column: after.name,
  }];
}
