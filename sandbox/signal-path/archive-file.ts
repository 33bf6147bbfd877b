import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { LiveTrail } from "./deployed/deployed-account";

/** Events of one account and region that go into one file of a trail. */
export interface FilePlace {
  readonly trail: LiveTrail;
  readonly organizationId: string;
  readonly account: string;
  readonly region: string;
}

/** Characters of the random end of a file's name. */
const UNIQUE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const UNIQUE_LENGTH = 16;

/**
 * Key of a log file delivered at a time (milliseconds since 1970). For an organization trail, the organization's id
 * precedes the account's. Source: CloudTrail User Guide, finding your log files.
 */
export function logFileKey(place: FilePlace, at: number): string {
  const { account, region } = place;
  const unique = [...randomBytes(UNIQUE_LENGTH)].map((byte) => UNIQUE[byte % UNIQUE.length]).join("");
  const name = `${account}_CloudTrail_${region}_${compact(at).slice(0, 13)}Z_${unique}.json.gz`;
  return `${folder(place, "CloudTrail", at)}/${name}`;
}

/** Key of a digest file. Source: CloudTrail User Guide, digest file structure. */
export function digestFileKey(place: FilePlace, at: number): string {
  const { account, region, trail } = place;
  const name = `${account}_CloudTrail-Digest_${region}_${trail.name}_${trail.region}_${compact(at)}Z.json.gz`;
  return `${folder(place, "CloudTrail-Digest", at)}/${name}`;
}

/** The content of a log file. */
export function logFile(messages: readonly string[]): Buffer {
  return gzipSync(`{"Records":[${messages.join(",")}]}`);
}

function folder({ trail, organizationId, account, region }: FilePlace, kind: string, at: number): string {
  const prefix = trail.keyPrefix === "" ? [] : [trail.keyPrefix];
  const organization = trail.isOrganizationTrail ? [organizationId] : [];
  const day = new Date(at).toISOString().slice(0, 10).split("-");
  return [...prefix, "AWSLogs", ...organization, account, kind, region, ...day].join("/");
}

/** `20261122T203000` */
function compact(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "");
}
