import { ownNames } from "../../../lib/naming/own-names";
import { jsonText } from "../../../lib/support/json-text";
import { ArchiveReplay, type ArchiveAnswer } from "../../../athena/query-archive";
import { athenaAt, type AthenaApi } from "../../../athena/aws/athena-api";
import { AthenaError } from "../../../athena/aws/failures";
import { scanOf, type Scan } from "../../../athena/scan-estimate";
import { elapsedText, showStatus } from "../../../lib/support/status-line";
import { accountWithRole, type Organization } from "../../../organization/organization";
import { archiveSource } from "./athena-report";
import { estimateText, notQueriedText, sizeText } from "./athena-text";
import { canPrompt, confirmed } from "../../confirmed";
import { interruptibly } from "../../interruption";
import { loadAccounts } from "../../load-accounts";
import type { EvaluationOptions } from "../../evaluation/options";
import { printError, printLines } from "../../../lib/support/print";
import { archiveBucketOf, archiveKeyPrefixOf } from "../../../organization/resolve/archive";
import { bucketNamed } from "../../records/bucket";
import { listingFailure } from "../../records/s3-failures";
import { accountIdIn, deploymentIn } from "../../evaluation/deployment";
import type { EngineOptions } from "./engine";
import { archiveReplayJson } from "./json";
import { replayText } from "./text";
import type { ReportOptions } from "../../report/options";
import { reportRequest } from "../../report/request";
import { checkDetection } from "./run";
import { writeOrPrint, writeReport } from "../../report/write";

/** Options of `trailwatch replay --engine athena`. */
export type ArchiveReplayOptions = EvaluationOptions & EngineOptions & ReportOptions;

/** Replays the archive and prints the result: Athena counts the matches, the alarms are evaluated here. */
export async function runArchiveReplay(options: ArchiveReplayOptions): Promise<void> {
  const request = reportRequest(options);
  const { organization } = loadAccounts(options.accounts);
  if (!organization.athena.enabled) {
    throw new Error("'athena.enabled' must be true to query the archive, got 'false' (in organization.yaml)");
  }
  const deployment = deploymentIn(options.deployment, organization.accounts);
  const { account, detection, from = 0, to = Date.now() } = options;
  if (detection !== undefined) checkDetection(deployment, detection);
  const own = ownNames(organization.names);
  const replay = new ArchiveReplay(deployment, {
    database: own.archiveDatabase,
    span: { from, to },
    account: account === undefined ? undefined : accountIdIn(deployment, account),
    detection,
  });
  for (const line of notQueriedText(replay.notQueried)) printError(line);

  await interruptibly(async (signal) => {
    const { name, id } = accountWithRole(organization, "log-archive");
    const place = {
      workgroup: own.athenaWorkgroup,
      database: own.archiveDatabase,
      region: organization.homeRegion,
      account: `${name} (${id})`,
    };
    const answer = await queryArchive({ organization, replay, api: athenaAt(place), signal, yes: options.yes });
    if (answer === undefined) return;
    const report = { ...answer, notQueried: replay.notQueried };
    const print = (): void => {
      printLines(options.json ? [jsonText(archiveReplayJson(report))] : replayText(report));
    };
    if (request === undefined) print();
    else await writeOrPrint(() => writeReport(request, archiveSource(replay, answer, organization)), print);
  });
}

interface ArchiveQuerySettings {
  readonly organization: Organization;
  readonly replay: ArchiveReplay;
  readonly api: AthenaApi;
  readonly signal: AbortSignal;
  readonly yes: boolean;
}

/** Undefined when the user declined. */
async function queryArchive({
  organization,
  replay,
  api,
  signal,
  yes,
}: ArchiveQuerySettings): Promise<ArchiveAnswer | undefined> {
  // A missing workgroup is reported at once; listing objects takes a while.
  const scanLimit = await api.scanLimit();
  const scans = await estimate({ organization, replay, signal });
  const accounts = replay.queries.reduce((sum, query) => sum + query.accounts.length, 0);
  const text = estimateText(scans, accounts);
  for (const { bytes } of scans) {
    if (scanLimit === undefined || bytes <= scanLimit) continue;
    throw new AthenaError(
      `Athena would read ${text}; a query may read ${sizeText(scanLimit)}: query fewer days or one account, ` +
        "or raise athena.scanLimitGigabytes in organization.yaml",
    );
  }
  printError(`Athena reads ${text}.`);
  if (!yes && !(await isWanted())) return undefined;

  let state = "query is starting";
  const status = showStatus((elapsed) => `Athena ${state}${elapsedText(elapsed)}`);
  try {
    return await replay.run(api, {
      signal,
      scanLimit,
      onState: (now) => {
        state = `${now.state.toLowerCase()}, ${sizeText(now.scannedBytes)} read`;
      },
    });
  } finally {
    status.stop();
  }
}

async function isWanted(): Promise<boolean> {
  if (!canPrompt(process.stderr)) {
    throw new Error(
      "'--yes' must be given where there is no terminal for the prompt: Athena bills by the bytes that it reads",
    );
  }
  if (await confirmed("Run the query?", process.stderr)) return true;
  printError("Cancelled; no query was run.");
  return false;
}

/** What each query will read. */
async function estimate({
  organization,
  replay: { queries },
  signal,
}: Pick<ArchiveQuerySettings, "organization" | "replay" | "signal">): Promise<Scan[]> {
  let listed = 0;
  const total = queries.reduce((sum, query) => sum + query.accounts.length, 0);
  const status = showStatus(
    (elapsed) => `listing the files to read: ${listed} of ${total} accounts${elapsedText(elapsed)}`,
  );
  const { bucket: archive } = archiveBucketOf(organization);
  try {
    const bucket = await bucketNamed(archive);
    const scans: Scan[] = [];
    for (const query of queries) {
      const onAccount = (): void => {
        listed += 1;
      };
      const list: typeof bucket.list = (input) => {
        signal.throwIfAborted();
        return bucket.list(input);
      };
      scans.push(await scanOf(query, archiveKeyPrefixOf(organization), list, onAccount));
    }
    return scans;
  } catch (error) {
    throw new AthenaError(listingFailure(archive, error).message, { cause: error });
  } finally {
    status.stop();
  }
}
