// The floor of a cold run: writes what another folder holds into a new one.  node write-again.mjs FROM TO
import { cpSync } from "node:fs";

const [from, to] = process.argv.slice(2);
cpSync(from, to, { recursive: true });
