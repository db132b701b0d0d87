import { columnsOf } from "../../model/expression-columns.ts";
import { countingProse } from "../../model/counting.ts";
import type { Mart, MartGroup, MartMeasure } from "../../model/fact.ts";
import type { MartCalculation } from "../../model/mart-calculation.ts";
import { scalar } from "../../model/logical-type.ts";
import { martKeyColumn, rollingColumn } from "../../model/names.ts";
import type { Model } from "../../model/types.ts";
import { attributePii } from "./dimension-columns.ts";
import { generated, type ShownColumn } from "./shown.ts";

/** The columns of a mart in the order of its table. */
export function martColumns(mart: Mart, model: Model): readonly ShownColumn[] {
  const key = martKeyColumn(mart.version?.of ?? mart.name);
  const { rolling } = mart;
  const sums =
    rolling === null
      ? []
      : mart.measures
          .filter((one) => rolling.measures.includes(one.name))
          .map((one) => ({
            ...martMeasure(one, mart),
            name: rollingColumn(one.name, rolling.periods, rolling.unit),
            meaning: `Sum of ${one.name} over ${rolling.periods} ${rolling.unit}s up to this one.`,
          }));
  return [
    ...(mart.groups.length === 0
      ? []
      : [generated(key, scalar("string"), `Key of the row, from ${mart.groups.map((one) => one.name).join(", ")}.`)]),
    ...mart.groups.map((one) => group(one, mart, model)),
    ...mart.measures.map((one) => martMeasure(one, mart)),
    ...mart.calculations.map((one) => calculation(one, mart)),
    ...sums,
  ];
}

function group(one: MartGroup, mart: Mart, model: Model): ShownColumn {
  const from = one.keys.map((key, index) =>
    key.kind === "attribute" ? `${key.dimension}.${key.attribute}` : `${mart.facts[index]?.fact ?? ""}.${key.column}`,
  );
  const pii = one.keys
    .map((key) => (key.kind === "attribute" ? attributePii(model, key.dimension, key.attribute) : ""))
    .find((kept) => kept !== "");
  return { name: one.name, type: one.type, meaning: one.description, from: [...new Set(from)], pii: pii ?? "" };
}

function martMeasure(one: MartMeasure, mart: Mart): ShownColumn {
  const fact = mart.facts[one.fact]?.fact ?? "";
  const columns = one.value.kind === "aggregate" ? [one.value.column] : [one.value.numerator, one.value.denominator];
  const how =
    one.value.kind === "aggregate"
      ? `${one.value.aggregation.replace("_", " ")} of ${one.value.column}`
      : `${one.value.numerator} / ${one.value.denominator}`;
  const counted = one.filter === null ? how : `${how}, where ${one.filter}`;
  const what = one.description === "" ? `The ${counted}.` : `${one.description.trim()} (${counted})`;
  const meaning = [what, countingProse(one)].filter((text) => text !== "").join(" ");
  const from = [...columns.map((column) => `${fact}.${column}`), ...filtered(one, mart)];
  return { name: one.name, type: one.type, meaning, from: [...new Set(from)], pii: "" };
}

function calculation({ name, type, description, text, expression }: MartCalculation, mart: Mart): ShownColumn {
  const from = columnsOf(expression).map((one) => `${mart.name}.${one.name}`);
  return { name, type, meaning: description === "" ? `The value of ${text}.` : `${description.trim()} (${text})`, from: [...new Set(from)], pii: "" };
}

/** The columns that decide which rows a measure counts. */
function filtered({ fact, value }: MartMeasure, mart: Mart): readonly string[] {
  const read = mart.facts[fact];
  if (value.where === null || read === undefined) return [];
  return columnsOf(value.where).map(({ input, name }) => `${read.keys.find((one) => one.alias === input)?.dimension ?? read.fact}.${name}`);
}
