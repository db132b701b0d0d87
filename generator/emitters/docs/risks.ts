import type { Model } from "../../model/types.ts";
import type { Design } from "../../rules/types.ts";
import { code, codes, prose, type Table } from "../markdown.ts";

/** Names of columns or models that a cell lists before it only counts. */
const LISTED = 8;

type Risk = readonly [risk: string, because: string, answer: string];

/** What may go wrong, why we think so, and what the generated project does about it. */
export function risksOf({ model }: Design): Table | null {
  const rows = [...stated(model), ...team(model), ...privacy(model), ...history(model), ...freshness(model)];
  return rows.length === 0 ? null : { header: ["Risk", "Because", "What is done"], rows };
}

function stated({ brief }: Model): readonly Risk[] {
  return (brief?.painPoints ?? []).map((one) => [
    prose(one),
    "Stated as a pain point.",
    "To be watched: tests and reconciliation in the pipeline show whether it comes back.",
  ]);
}

function team({ brief, pipelines }: Model): readonly Risk[] {
  const { teamSize = null, skillLevel = null } = brief?.constraints ?? {};
  const small: readonly Risk[] =
    teamSize !== null && teamSize <= 2
      ? [
          [
            "Knowledge leaves with a person",
            `constraints.team_size is ${teamSize}.`,
            "Everything is generated from specs under version control; the docs are generated with it.",
          ],
        ]
      : [];
  const junior: readonly Risk[] =
    skillLevel === "junior"
      ? [
          [
            "Mistakes in changes to models",
            "constraints.skill_level is junior.",
            "Changes are made in specs, which are checked as a whole before anything is written.",
          ],
        ]
      : [];
  const silent = pipelines.filter((one) => one.errorHandling.alertChannels.length === 0).map((one) => one.name);
  const unheard: readonly Risk[] =
    silent.length === 0
      ? []
      : [
          [
            "A failed run goes unnoticed",
            `No alert_channels: ${codes(silent, LISTED)}.`,
            "The run is red in Airflow; state error_handling.alert_channels.",
          ],
        ];
  return [...small, ...junior, ...unheard];
}

function privacy({ brief, sources }: Model): readonly Risk[] {
  const personal = sources.flatMap((table) =>
    table.columns.filter((one) => one.pii).map((one) => ({ name: `${table.name}.${one.physicalName}`, protect: one.protect })),
  );
  const plain = personal.filter((one) => one.protect === "none").map((one) => one.name);
  const rules = (brief?.constraints.compliance ?? []).filter((one) => one.toLowerCase() !== "none");
  const named: readonly Risk[] = rules.map((rule) => [
    `A breach of ${prose(rule)}`,
    `constraints.compliance names it; ${personal.length === 0 ? "no column is marked pii" : `columns with personal data: ${personal.length}`}.`,
    personal.length === 0
      ? "Check which columns hold personal data and mark them pii: true."
      : "Columns are hashed, masked or dropped in staging where their contract says so.",
  ]);
  const open: readonly Risk[] =
    plain.length === 0
      ? []
      : [
          [
            "Personal data is read by people who need not see it",
            `Kept as it is: ${codes(plain, LISTED)}.`,
            "Stated so in the contract; access to the schemas must be restricted.",
          ],
        ];
  return [...named, ...open];
}

function history({ dimensions }: Model): readonly Risk[] {
  const watched = dimensions.flatMap((one) => (one.kind === "table" && one.history.kind === "snapshot" ? [one.name] : []));
  if (watched.length === 0) return [];
  return [
    [
      "Changes between two runs stay unseen",
      `The source of ${codes(watched, LISTED)} keeps only its current state.`,
      "A version starts when it is first seen; a source with a change log would tell every change.",
    ],
  ];
}

function freshness({ sources }: Model): readonly Risk[] {
  const silent = sources.filter((one) => one.sla.freshnessHours === null).map((one) => one.name);
  return silent.length === 0
    ? []
    : [
        [
          "Stale data goes unnoticed",
          `No sla.freshness_hours: ${codes(silent, LISTED)}.`,
          `State ${code("sla: {freshness_hours: …}")} in the contract.`,
        ],
      ];
}
