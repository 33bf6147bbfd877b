import { workerData } from "piscina";
import { localFile } from "../records/find-files";
import { scanFile } from "../replay/prefilter/scan-file";
import type { Findings } from "../replay/evaluation/findings";
import { Evaluator } from "../replay/evaluation/evaluator";
import type { WorkerFile, WorkerSetup } from "./scanning-pool";

const { deployment, options } = workerData as WorkerSetup;
const scanner = new Evaluator(deployment, options).scanner();

/** Scans a batch. It keeps between batches which records no longer make a difference. */
export default async function scanFiles(files: readonly WorkerFile[]): Promise<Findings> {
  for (const [number, { path, bytes }] of files.entries()) await scanFile(scanner, localFile(path, bytes), number);
  return scanner.take();
}
