import { architecturePattern } from "./brief/architecture-pattern.ts";
import { latency } from "./brief/latency.ts";
import { modellingMethod } from "./brief/modelling-method.ts";
import { orchestration } from "./brief/orchestration.ts";
import { processing } from "./brief/processing.ts";
import { storage } from "./brief/storage.ts";
import { warehouseFit } from "./brief/warehouse-fit.ts";
import { inferred } from "./inferred.ts";
import type { Rule } from "./types.ts";

/** Every rule, one line each, in the order in which `explain decisions` lists what they decided. */
export const rules: readonly Rule[] = [
  architecturePattern,
  orchestration,
  processing,
  storage,
  modellingMethod,
  latency,
  warehouseFit,
  inferred,
];
