import { defineConfig } from "vitest/config";
import { embedForVite } from "./scripts/embed.mjs";

const plugins = [embedForVite()];

/** Unit tests that start git or an engine, write many files or try many cases: `npm run test:unit`, which ends within half a minute, leaves them out; `npm test` does not. */
const slow = ["cache/*", "cli/trouble", "determinism", "dialects/capabilities", "emitters/dbt/cleaning", "emitters/dbt/history", "emitters/dbt/joined-history", "emitters/dbt/loads", "emitters/dbt/scd-types", "emitters/dbt/times", "emitters/dbt/unit-test-slips", "evaluate/expression.property", "git/*", "hostile/injection", "hostile/size", "oracle/shrink", "output/crash/*", "plan/approvals", "plan/generated-sql", "verify/sample"].map((path) => `test/${path}.test.ts`);

/** A thousand streams take longer than any other test, most of all on a machine that has more to do. */
const patience = process.env["ORACLE_SWEEP"] === undefined ? 600_000 : 7_200_000;

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { plugins, test: { name: "unit", pool: "threads", isolate: false, include: ["test/**/*.test.ts"], exclude: ["test/runs/**", "test/oracle/runs/**", "test/package.test.ts", "test/extending.test.ts", ...(process.env["THOROUGH"] === "1" ? [] : slow)], testTimeout: 60_000, hookTimeout: 60_000 } },
      { plugins, test: { name: "package", include: ["test/package.test.ts", "test/extending.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 } },
      { plugins, test: { name: "runs", globalSetup: "test/support/python.ts", include: ["test/runs/**/*.test.ts", "test/oracle/runs/**/*.test.ts"], testTimeout: patience, hookTimeout: patience } },
    ],
  },
});
