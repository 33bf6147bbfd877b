import { exitCode, statusOf, type Report } from "../../../verification/report";

/** The report as `--json` prints it. It is a contract: list each field explicitly. */
export function verifyJson(report: Report): object {
  const { sections } = report;
  return {
    status: statusOf(sections.flatMap(({ results }) => results)),
    exitCode: exitCode(report),
    sections: sections.map(({ name, id, live, regions, omittedRegions, results }) => ({
      name,
      id,
      live,
      regions,
      omittedRegions,
      status: statusOf(results),
      results: results.map(({ hop, check, status, seen, reason, remedy, statements, warning, missingAction }) => ({
        hop,
        check,
        status,
        seen,
        reason,
        remedy,
        statements,
        warning,
        missingAction,
      })),
    })),
  };
}
