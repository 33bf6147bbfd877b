import { isRecord } from "../../lib/support/is-record";
import type { Finding } from "../compare";

/** The hash that cdktf adds to a resource's name. */
const HASH = /_[0-9A-F]{8}$/;

/**
 * Reads what `checkov --output json` prints: `results.passed_checks` and `results.failed_checks`, each with `check_id`,
 * `check_name` and `resource`. The file's folder and the resource's name, without its hash, name the resource.
 *
 * @throws Error when it is not such a report, or when checkov could not read a file
 */
export function checkovFindings(report: unknown): Finding[] {
  const { results, summary } = isRecord(report) ? report : {};
  if (!isRecord(results) || !isRecord(summary)) {
    throw new Error("checkov's output has no 'results' and 'summary': is it another version than the pinned one?");
  }
  if (summary["parsing_errors"] !== 0) {
    throw new Error(`checkov could not read ${String(summary["parsing_errors"])} of the files`);
  }
  return [...readResults(results["passed_checks"], true), ...readResults(results["failed_checks"], false)];
}

function readResults(results: unknown, passed: boolean): Finding[] {
  if (!Array.isArray(results)) return [];
  return results.filter(isRecord).map((result) => ({
    check: String(result["check_id"]),
    title: String(result["check_name"]),
    resource: resourceName(String(result["file_path"]), String(result["resource"])),
    passed,
  }));
}

/** checkov writes some types as `resource`, so only the name counts: `/hub/log-archive/x.tf.json`, `aws_x.name_0A1B2C3D`. */
function resourceName(path: string, resource: string): string {
  const name = (resource.split(".").at(-1) ?? resource).replace(HASH, "");
  return [...path.split("/").slice(1, -1), name].join("/");
}
