import { architecturePattern } from "./brief/architecture-pattern.ts";
import { latency } from "./brief/latency.ts";
import { modellingMethod } from "./brief/modelling-method.ts";
import { orchestration } from "./brief/orchestration.ts";
import { processing } from "./brief/processing.ts";
import { storage } from "./brief/storage.ts";
import { warehouseFit } from "./brief/warehouse-fit.ts";
import { cleanValues } from "./clean-values.ts";
import { historyForm } from "./history/history-form.ts";
import { memberLifecycle } from "./history/member-lifecycle.ts";
import { inferred } from "./inferred.ts";
import { deletesSeen } from "./loading/deletes-seen.ts";
import { errorHandling } from "./loading/error-handling.ts";
import { extractionStrategy } from "./loading/extraction-strategy.ts";
import { idempotency } from "./loading/idempotency.ts";
import { landing } from "./loading/landing.ts";
import { loadStrategy } from "./loading/load-strategy.ts";
import { materialisation } from "./materialisation.ts";
import { nameCollision } from "./naming/name-collision.ts";
import { nameLength } from "./naming/name-length.ts";
import { pythonModules } from "./naming/python-modules.ts";
import { rawNames } from "./naming/raw-names.ts";
import { systemColumns } from "./naming/system-columns.ts";
import { handWrittenTasks } from "./naming/tasks.ts";
import { parseFormats } from "./parse-formats.ts";
import { restrictedColumns } from "./privacy/restricted-columns.ts";
import { rawSql } from "./raw-sql.ts";
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
  extractionStrategy,
  landing,
  idempotency,
  errorHandling,
  deletesSeen,
  historyForm,
  memberLifecycle,
  loadStrategy,
  materialisation,
  inferred,
  nameLength,
  nameCollision,
  rawNames,
  systemColumns,
  pythonModules,
  handWrittenTasks,
  restrictedColumns,
  parseFormats,
  cleanValues,
  rawSql,
];
