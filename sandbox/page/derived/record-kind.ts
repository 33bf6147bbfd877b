import { isRecord } from "../../../lib/support/is-record";
import { MANAGEMENT_CREDENTIALS } from "../../environment";
import type { RecordJson } from "../../signal-path/hop-event";
import { recordText } from "../../signal-path/record-text";

/**
 * Why a record is on the page: a detection watches for it (`watched`), the sandbox made the call itself (`own`:
 * deployment and set-up), or neither (`other`).
 */
export type RecordKind = "watched" | "own" | "other";

/** Whether Terraform made the call. */
export function isOfDeployment(record: RecordJson): boolean {
  return recordText(record, "userAgent").includes("Terraform/");
}

/** Whether the sandbox made the call itself: its deployment, or its set-up with the credentials that it starts with. */
export function isOwnCall(record: RecordJson): boolean {
  if (isOfDeployment(record)) return true;
  const identity = record["userIdentity"];
  const key = isRecord(identity) ? identity["accessKeyId"] : undefined;
  return key === MANAGEMENT_CREDENTIALS.accessKeyId && recordText(record, "userAgent").startsWith("aws-sdk-js/");
}
