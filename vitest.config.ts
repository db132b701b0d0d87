import { defineConfig } from "vitest/config";
import { embedForVite } from "./scripts/embed.mjs";

const plugins = [embedForVite()];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { plugins, test: { name: "unit", pool: "threads", isolate: false, include: ["test/**/*.test.ts"], exclude: ["test/runs/**", "test/oracle/runs/**", "test/package.test.ts", "test/extending.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 } },
      { plugins, test: { name: "package", include: ["test/package.test.ts", "test/extending.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 } },
      { plugins, test: { name: "runs", globalSetup: "test/support/python.ts", include: ["test/runs/**/*.test.ts", "test/oracle/runs/**/*.test.ts"], testTimeout: 600_000, hookTimeout: 600_000 } },
    ],
  },
});
