import { compile } from "./compile.ts";
import { commitDaysAgo } from "./git/age.ts";
import { readRevision, type RunGit } from "./git/revision.ts";
import type { Model } from "./model/types.ts";
import type { PlannedChange } from "./plan/plan.ts";
import type { Announcement, PolicyFinding } from "./plan/policy.ts";

/** Where to look for announcements: the spec folder, and the commit that changes are compared with. */
interface History {
  readonly git: RunGit;
  readonly root: string;
  readonly commit: string;
}

/** The changes, with what git's history says of those that were announced by `deprecated: true`: for long enough, or not. */
export async function withAnnouncements(changes: readonly PlannedChange[], history: History): Promise<readonly PlannedChange[]> {
  const pasts = new Map<number, Past>();
  const judged: PlannedChange[] = [];
  for (const one of changes) {
    const announced = one.policy?.announced ?? null;
    if (one.policy === null || announced === null) {
      judged.push(one);
      continue;
    }
    const past = pasts.get(announced.days) ?? (await pastOf(announced.days, history));
    pasts.set(announced.days, past);
    judged.push({ ...one, policy: { ...one.policy, ...verdictOf(announced, past) } });
  }
  return judged;
}

/** The specs as they were then. */
type Past = { readonly kind: "model"; readonly model: Model; readonly commit: string } | { readonly kind: "younger" } | { readonly kind: "unknown" };

async function pastOf(days: number, { git, root, commit }: History): Promise<Past> {
  const found = commitDaysAgo(git, root, commit, days);
  if (found === "none") return { kind: "younger" };
  if (found === "unknown") return { kind: "unknown" };
  const revision = readRevision(git, root, found.commit);
  if ("severity" in revision) return { kind: "unknown" };
  if (revision.specs === null) return { kind: "younger" };
  const { design } = await compile({ ...revision.specs, until: "decide" });
  return design === null ? { kind: "unknown" } : { kind: "model", model: design.model, commit: found.commit };
}

function verdictOf({ contract, columns, days }: Announcement, past: Past): Pick<PolicyFinding, "verdict" | "message"> {
  switch (past.kind) {
    case "unknown": return { verdict: "to_do", message: `Deprecated, but whether for ${days} days this clone cannot tell: fetch its whole history (fetch-depth: 0).` };
    case "younger": return { verdict: "violated", message: `Deprecated, but not for ${days} days yet: merge later.` };
    case "model": {
      const table = past.model.sources.find(({ name }) => name === contract);
      const known = new Set((table?.columns ?? []).filter((one) => one.deprecated).map(({ name }) => name));
      if (columns.every((one) => known.has(one))) return { verdict: "kept", message: `Deprecated for ${days} days or more, as commit ${past.commit.slice(0, 10)} shows.` };
      return { verdict: "violated", message: `Deprecated, but not for ${days} days yet: ${days} days ago it was not, as commit ${past.commit.slice(0, 10)} shows. Merge later.` };
    }
  }
}
