import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runGit } from "../../generator/cli/git.ts";
import { runCli } from "../../generator/cli/run.ts";
import { duckdb } from "../../generator/dialects/duckdb.ts";
import { nodeHost } from "../../generator/host.ts";
import { planChanges, type PlannedChange } from "../../generator/plan/plan.ts";
import { plan } from "../../generator/planning.ts";
import { edited, modelOf, shop } from "./change.ts";

const gone = ["      - {column: phone, type: string}\n", ""] as const;
const removed = edited(gone);

/** The removal of the phone, with an approval of the hash, or none. */
function removal(approval: { readonly hash: string; readonly expires?: string; readonly rule?: string } | null, text = removed, today = "2026-11-21"): PlannedChange {
  const given = approval === null ? "" : `approvals:\n  - ${JSON.stringify({ rule: "SC301", object: "shop.customers", part: "phone", reason: "Nobody calls.", by: "crm", ...approval })}\n`;
  const found = planChanges(modelOf(shop), modelOf(`${text}${given}`), duckdb, today).find(({ rule }) => rule === "SC301");
  if (found === undefined) throw new Error("nothing was removed");
  return found;
}

describe("R24: an approval", () => {
  const hash = removal(null).approval?.hash ?? "";

  it("is asked for by what breaks, restates or destroys, and by nothing else", () => {
    expect(removal(null).approval).toEqual({ hash, state: "needed", by: null, reason: null, expires: null });
    expect(planChanges(modelOf(shop), modelOf(edited(["owner: web", "owner: shop-team"])), duckdb).map(({ approval }) => approval)).toEqual([null]);
  });

  it("counts for the change it names, on its last day too", () => {
    expect(removal({ hash, expires: "2026-11-21" }).approval).toEqual({ hash, state: "approved", by: "crm", reason: "Nobody calls.", expires: "2026-11-21" });
  });

  it("R24: does not count when it has expired, names another rule, or was given for something else", () => {
    expect(removal({ hash, expires: "2026-11-20" }).approval?.state).toBe("expired");
    expect(removal({ hash, rule: "SC302" }).approval?.state).toBe("needed");
    expect(removal({ hash: "0123456789abcdef" }).approval?.state).toBe("needed");
    const more = edited(gone, ["classification: confidential", "classification: internal"]);
    expect(removal({ hash }, more).approval?.state, "the object changed once more").toBe("needed");
  });

  it("goes on to count when only words for people change", () => {
    expect(removal({ hash }, edited(gone, ["City of the address.", "Town of the address."])).approval?.state).toBe("approved");
  });
});

describe("in a repository", () => {
  let folder = "";
  const commit = (text: string, date: string): void => {
    writeFileSync(join(folder, "specs", "shop.yaml"), text);
    const git = (...args: readonly string[]): void => void execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { stdio: "ignore", env: { ...process.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date } });
    git("add", "-A");
    git("commit", "-qm", "step");
  };
  const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  const verdict = async (): Promise<string | undefined> => {
    const { planned } = await plan({ host: nodeHost(), root: join(folder, "specs"), out: join(folder, "out"), git: runGit, against: null });
    return planned.find(({ rule }) => rule === "SC301")?.policy?.verdict;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "dps-gen approvals "));
    mkdirSync(join(folder, "specs"));
    execFileSync("git", ["init", "-q", "-b", "main", folder]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("notify-30-days is kept by a column that was deprecated 30 days ago, and by no younger one", async () => {
    commit(shop, daysAgo(90));
    const announced = edited(["{column: phone, type: string}", "{column: phone, type: string, deprecated: true}"]);
    commit(announced, daysAgo(29));
    writeFileSync(join(folder, "specs", "shop.yaml"), removed);
    expect(await verdict()).toBe("violated");
    commit(shop, daysAgo(28));
    execFileSync("git", ["-C", folder, "reset", "-q", "--hard", "HEAD~2"]);
    commit(announced, daysAgo(31));
    writeFileSync(join(folder, "specs", "shop.yaml"), removed);
    expect(await verdict()).toBe("kept");
  });

  it("R24: the command ends with 5 until the change is approved, and with 2 where an approval is for nothing", async () => {
    execFileSync("git", ["-C", folder, "checkout", "-q", "."]);
    commit(shop, daysAgo(1));
    const run = async (text: string, ...more: readonly string[]): Promise<number> => {
      writeFileSync(join(folder, "specs", "shop.yaml"), text);
      let said = "";
      const print = (one: string): void => void (said += one);
      return await runCli(["plan", join(folder, "specs"), "--out", join(folder, "out"), ...more], { host: nodeHost(), terminal: { print, printError: print, color: false, progress: () => undefined } });
    };
    const approval = (hash: string): string => `approvals: [{rule: SC301, object: shop.customers, part: phone, hash: ${JSON.stringify(hash)}, reason: Nobody calls.}]\n`;
    const hash = removal(null).approval?.hash ?? "";
    expect(await run(removed)).toBe(5);
    const zone = edited(["timezone: UTC}", "timezone: Europe/Oslo}"]);
    expect([await run(zone), await run(zone, "--detailed-exitcode")], "no policy forbids it, but nobody has agreed").toEqual([0, 5]);
    expect(await run(`${removed}${approval(hash)}`)).toBe(0);
    expect(await run(`${removed}${approval("0123456789abcdef")}`)).toBe(2);
    commit(`${removed}${approval(hash)}`, daysAgo(0));
    expect(await run(`${removed}${approval(hash)}`), "merged: spent, but no error").toBe(0);
  });
});
