import { ownNames } from "../../../lib/naming/own-names";
import type { ArchiveAnswer, ArchiveReplay } from "../../../athena/query-archive";
import type { Organization } from "../../../organization/organization";
import type { ArchiveSource, ReportSource } from "../../../report/report-source";
import { savedQueries } from "../../../stacks/saved-queries";
import { notQueriedText } from "./athena-text";
import { replaySource } from "./report";

/** Source of a report on the archive's result: the same as for a replay of records, without principals and events. */
export function archiveSource(
  { evaluator, queries, notQueried }: ArchiveReplay,
  { records, detections }: ArchiveAnswer,
  organization: Organization,
): ReportSource {
  const names = new Map(savedQueries(organization).map(({ id, name }) => [id, name]));
  const archive: ArchiveSource = {
    workgroup: ownNames(organization.names).athenaWorkgroup,
    savedQueryOf: (detection) => names.get(detection),
    countedAccountOf: (name) => {
      // Through an organization trail, other accounts' events count too.
      const counted = queries
        .flatMap(({ accounts }) => accounts)
        .filter(({ feeds }) => feeds.some(({ evaluated }) => evaluated.feed.account.name === name));
      return counted.length === 1 ? counted[0]?.id : undefined;
    },
  };
  return { ...replaySource(evaluator, { records, detections }), remarks: notQueriedText(notQueried), archive };
}
