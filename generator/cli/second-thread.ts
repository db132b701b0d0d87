// What a second thread runs: it checks generated files beside the first one (`checkBeside` of the host starts it).
import { workerData } from "node:worker_threads";
import { nodeHost, type FileCheck } from "../host.ts";
import { diskReader } from "../output/disk.ts";
import { checkParts } from "../output/intact.ts";

const { out, bytes, tally }: FileCheck = workerData;
checkParts(bytes, tally, diskReader(nodeHost(), out));
