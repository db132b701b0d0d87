import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { edited, shop } from "../plan/change.ts";

it("watch generates at once and on every save, says what it changed, and survives a broken spec", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen watch "));
  const specs = join(folder, "specs", "deep");
  mkdirSync(specs, { recursive: true });
  const save = (text: string): void => writeFileSync(join(specs, "shop.yaml"), text);
  save(shop);
  const child = spawn(process.execPath, [join(root, "dist", "dps-gen.cjs"), "watch", "specs", "--out", "out"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (part: Buffer) => (said += part.toString()));
  child.stderr.on("data", (part: Buffer) => (said += part.toString()));
  const heard = async (text: string): Promise<string> => {
    for (let tries = 0; tries < 600 && !said.includes(text); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    const found = said;
    said = "";
    return found;
  };
  const DONE = "Waiting for the next save.";
  try {
    expect(await heard(DONE)).toContain("create dbt/dbt_project.yml");
    save(edited(["City of the address.", "Town of the address."]));
    const second = await heard(DONE);
    expect(second).toContain("cosmetic CC101: shop.customers.city: description changed: City of the address. → Town of the address.");
    expect(second).toContain("update dbt/models/staging/shop/_stg_shop__models.yml");
    save(shop.replace("owner: crm", "ownr: crm"));
    expect(await heard(DONE)).toContain("error spec/unknown-key");
    save(shop);
    expect(await heard(DONE)).toContain("Town of the address. → City of the address.");
    const replace = (text: string): void => {
      writeFileSync(join(specs, "shop.tmp"), text);
      renameSync(join(specs, "shop.tmp"), join(specs, "shop.yaml"));
    };
    for (const save of [replace, replace, (text: string) => writeFileSync(join(specs, "shop.yaml"), text)]) {
      save(edited(["City of the address.", "Town of the address."]));
      expect(await heard(DONE)).toContain("City of the address. → Town of the address.");
      save(shop);
      expect(await heard(DONE)).toContain("Town of the address. → City of the address.");
    }
    expect(existsSync(join(folder, "out", "dbt", "dbt_project.yml"))).toBe(true);
    expect(readFileSync(join(folder, "out", "dbt", "models", "staging", "shop", "_stg_shop__models.yml"), "utf8")).toContain("City of the address.");
    rmSync(specs, { recursive: true });
    await heard(DONE);
    mkdirSync(join(specs, "deeper"), { recursive: true });
    writeFileSync(join(specs, "deeper", "shop.yaml"), shop);
    expect(await heard(DONE)).toContain("0 files changed");
    writeFileSync(join(specs, "deeper", "shop.yaml"), edited(["City of the address.", "Town of the address."]));
    rmSync(join(folder, "out", ".dps-gen"), { recursive: true });
    const refused = await heard(DONE);
    expect(refused).toContain("error output/unmanaged");
    expect(refused).toContain("Nothing was written. Waiting for the next save.");
    expect(refused).not.toContain("files changed");
    rmSync(join(folder, "out"), { recursive: true });
    writeFileSync(join(specs, "deeper", "shop.yaml"), shop);
    expect(await heard(DONE)).toContain("create dbt/dbt_project.yml");
  } finally {
    child.kill("SIGINT");
  }
});
