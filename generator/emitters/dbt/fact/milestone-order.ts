import type { Artifact } from "../../../artifact.ts";
import type { Expression } from "../../../model/expression.ts";
import type { Milestone } from "../../../model/fact.ts";
import { scalar } from "../../../model/logical-type.ts";
import type { Design } from "../../../rules/types.ts";
import { localDay } from "./lookups.ts";
import type { LookupContext } from "./lookups.ts";
import { shortName } from "../../../model/short-name.ts";
import { identifier, printExpression, printOperand } from "../sql/expression.ts";
import { sqlModel } from "../sql/query.ts";

/** Data tests that no milestone of an accumulating snapshot lies before one that it should follow (warehouse semantics, F10). */
export function milestoneOrderArtifacts(design: Design): readonly Artifact[] {
  return design.model.facts.flatMap((fact) => {
    if (fact.milestones === null || fact.milestones.steps.length < 2) return [];
    const { steps, outOfOrder } = fact.milestones;
    const { dialect } = design;
    const own = identifier(fact.process, dialect);
    const key = identifier(fact.keyColumn, dialect);
    const selects = pairs(steps).map(([earlier, later]) => ({
      columns: [
        { as: key, sql: key },
        { as: "earlier_milestone", sql: dialect.stringLiteral(earlier.name) },
        { as: "later_milestone", sql: dialect.stringLiteral(later.name) },
      ],
      from: own,
      where: [outOfPlace(earlier, later, design)],
    }));
    const sql = {
      config: outOfOrder === "warn" ? [{ name: "severity", value: "'warn'" }] : [],
      ctes: [
        { kind: "import", name: own, relation: { kind: "ref", model: fact.name } },
        { kind: "select", name: "misplaced", selects },
      ] as const,
    };
    return [sqlModel(`dbt/tests/${shortName(`${fact.name}__milestone_order`, longestName)}.sql`, sql, [fact.name], fact.origin)];
  });
}

/** PostgreSQL's limit, the shortest of all; stored failures bear the names of their tests. */
const longestName = 63;

/** Each milestone with every later one: a step that was left out must not hide that those around it are swapped. */
function pairs(steps: readonly Milestone[]): readonly (readonly [Milestone, Milestone])[] {
  return steps.flatMap((earlier, index) => steps.slice(index + 1).map((later) => [earlier, later] as const));
}

/** True where the later milestone was reached before the earlier one; a date and an instant are compared by their days. */
function outOfPlace(earlier: Milestone, later: Milestone, { model, dialect }: Design): string {
  const context: LookupContext = {
    project: model.project,
    dialect,
    base: "",
    print: (expression) => printExpression(expression, dialect, {}),
    operand: (expression) => printOperand(expression, dialect, {}),
  };
  const [first, second] = [stored(earlier), stored(later)];
  const sameKind = first.type?.kind === second.type?.kind;
  const sql = (one: Expression): string => (sameKind ? context.operand(one) : localDay(one, context));
  return `${sql(first)} > ${sql(second)}`;
}

/** The column of the fact that holds the time of a milestone. */
function stored({ column, value }: Milestone): Expression {
  return { kind: "column", input: null, name: column, type: value.type ?? scalar("timestamp") };
}
