import { pipelinesByName } from "../../../model/named.ts";
import type { Data } from "../../../artifact.ts";
import type { Mart } from "../../../model/fact.ts";
import { isName, validName } from "../../../model/names.ts";
import { pipelinesOf } from "../../../model/reach.ts";
import type { LogicalType, Model } from "../../../model/types.ts";
import type { Design } from "../../../rules/types.ts";
import type { DataTest } from "./data-tests.ts";
import { testEntries } from "./data-tests.ts";
import { hash } from "../../../model/short-name.ts";

/** A column of a model as its property file describes it. `description` is ready for dbt: braces are literal. */
export interface ColumnProperties {
  readonly name: string;
  readonly type: LogicalType;
  readonly description: string;
  readonly tests?: readonly DataTest[];
  readonly meta?: { readonly [key: string]: Data };
  readonly primaryKey?: boolean;
}

/** A model as its property file describes it. */
export interface ModelProperties {
  readonly name: string;
  readonly description: string;
  readonly owner: string | null;
  /** Public models are for everybody and keep their shape: an enforced contract. */
  readonly access: "public" | "protected";
  readonly contract: boolean;
  /** Number of the contract, where it has one. */
  readonly contractVersion?: number | null;
  /** Whether it may hold many rows, or is written in parts: an index for its key may then cost more than the table. */
  readonly isLarge?: boolean;
  /** Which version of which model it is, where there are several. */
  readonly version?: Mart["version"];
  /** Model that its stored rows were kept under before. */
  readonly renamedFrom?: string | null;
  readonly tests: readonly DataTest[];
  readonly columns: readonly ColumnProperties[];
}

/** One entry of `models:` (dbt 1.12: everything but descriptions, columns and tests stands in `config`). */
export function modelEntry(model: ModelProperties, design: Design): { readonly [key: string]: Data } {
  const owner = ownerOf(model.owner, model.name, design.model);
  const tags = pipelinesOf(design.model).get(model.name) ?? [];
  return {
    name: model.name,
    description: model.description,
    config: {
      group: groupName(owner),
      access: model.access,
      ...(model.contract ? { contract: { enforced: true } } : {}),
      ...(tags.length === 0 ? {} : { tags }),
      meta: { owner, ...((model.contractVersion ?? null) === null ? {} : { contract_version: model.contractVersion ?? 0 }), ...((model.renamedFrom ?? null) === null ? {} : { renamed_from: model.renamedFrom ?? "" }) },
    },
    ...(model.tests.length === 0 ? {} : { data_tests: testEntries(model.tests, model.name, null) }),
    columns: model.columns.map((one) => columnEntry(one, model, design)),
  };
}

/** The team that answers for an object: its own owner, else that of the first pipeline that builds it, else the project. */
export function ownerOf(stated: string | null, name: string, model: Model): string {
  if (stated !== null) return stated;
  const [first] = pipelinesOf(model).get(name) ?? [];
  return pipelinesByName(model).get(first ?? "")?.owner ?? model.project.name;
}

/** The dbt group of a team. Letters that a name cannot hold count by a hash, so that two teams stay two. */
export function groupName(owner: string): string {
  if (isName(owner)) return owner;
  const name = validName(owner) || "team";
  return /[^\u0000-\u007f]/.test(owner) ? `${name}_${hash(owner)}` : name;
}

function columnEntry(column: ColumnProperties, model: ModelProperties, { dialect }: Design): Data {
  const tests = column.tests ?? [];
  const informational = dialect.features.enforcedConstraints ? {} : { warn_unenforced: false, warn_unsupported: false };
  return {
    name: column.name,
    description: column.description,
    data_type: dialect.typeName(column.type),
    ...(dialect.reservedWords.has(column.name) ? { quote: true } : {}),
    ...(model.contract && column.primaryKey === true
      ? { constraints: [{ type: "not_null" }, ...(model.isLarge === true && !dialect.features.indexedKeys ? [] : [{ type: "primary_key", ...informational }])] }
      : {}),
    ...(column.meta === undefined || Object.keys(column.meta).length === 0 ? {} : { config: { meta: column.meta } }),
    ...(tests.length === 0 ? {} : { data_tests: testEntries(tests, model.name, column.name) }),
  };
}
