import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Document, isSeq, parseDocument, type Scalar, visit } from "yaml";
import type { Feed } from "../lib/naming/feeds";
import { isSandboxed } from "../lib/naming/state-backends";
import { readRegularFile } from "../lib/support/regular-file";
import { writeFile } from "../lib/support/write-file";
import { ROLE_PACKS } from "../organization/resolve/role-packs";
import type { PackId } from "../organization/schema/schema";
import type { CloudSettings } from "./cloud/cloud-settings";
import type { ZoneSettings } from "./landing-zones/landing-zone";

const ACCOUNT_TRAIL_FEED: Feed = "account-trail";
/** Checkers accept its filters on a trail's log group only. */
const TRAIL_PACK: PackId = "cis";

/** The role that the stacks deployment-roles-… create: AWS's own `OrganizationAccountAccessRole` is an administrator's. */
const CLOUD_DEPLOYMENT_ROLE = "trailwatch-deploy";

/** Replacements of ids: from the repository's ids to those that the local AWS assigned. */
export type NewIds = ReadonlyMap<string, string>;

/** How a copy differs from the accounts folder, besides its ids. */
export interface CopyOptions {
  /**
   * What the organization has already.
   *
   * @default - nothing
   */
  readonly zone?: ZoneSettings | undefined;
  /**
   * Where state and runs are, in the stand-in for HCP Terraform.
   *
   * @default - as in the accounts folder
   */
  readonly cloud?: CloudSettings | undefined;
  /**
   * Name of the only account with detections and secrets. State is then kept on disk.
   *
   * @default - all
   */
  readonly only?: string | undefined;
}

/**
 * Copies an accounts folder for the local AWS with other ids. Everything that the options do not change, including
 * comments, is unchanged.
 */
export function copyAccounts(from: string, to: string, newIds: NewIds, options: CopyOptions = {}): void {
  const { zone, cloud, only } = options;
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((file) => /^[^.].*\.ya?ml$/.test(file))) {
    const document = parseDocument(readRegularFile(join(from, name)));
    replaceIds(document, newIds);
    if (name === "organization.yaml") {
      adaptToLocalAws(document);
      if (zone !== undefined) useZone(document, zone);
      if (cloud !== undefined) useCloud(document, cloud);
      if (only !== undefined) document.set("state", { backend: "local" });
    } else {
      if (zone !== undefined) leaveOutAccountTrail(document);
      if (only !== undefined && document.get("name") !== only) watchNothing(document);
    }
    writeFile(join(to, name), document.toString({ lineWidth: 0, flowCollectionPadding: false }));
  }
}

/** Replaces ids wherever they occur in a text: alone, or inside an ARN. Comments stay as they are. */
function replaceIds(document: Document, newIds: NewIds): void {
  if (newIds.size === 0) return;
  // All in one pass: a new id may be another account's old one.
  const anyId = new RegExp(`(?<![a-z0-9-])(${[...newIds.keys()].join("|")})(?![a-z0-9])`, "g");
  visit(document, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === "string") scalar.value = scalar.value.replace(anyId, (id) => newIds.get(id) ?? id);
    },
  });
}

function adaptToLocalAws(document: Document): void {
  document.set("localAws", true);
  // A backend that would be the real one in a sandbox too holds the state of the real accounts: the sandbox uses its
  // own. A bucket that exists is not in the local AWS.
  const { state } = document.toJS() as {
    readonly state?: { readonly backend?: unknown; readonly existing?: unknown } | null;
  };
  const isReal = !isSandboxed(state?.backend) || (state?.existing ?? undefined) !== undefined;
  if (state !== undefined && isReal) document.set("state", { backend: "local" });
}

/** Settings of a trail and an archive of Trailwatch's own cannot stand beside an existing trail and archive. */
function useZone(document: Document, { trail, archive, deploymentRole, hasCisFilters }: ZoneSettings): void {
  document.set("trail", document.createNode({ existing: trail }));
  document.set("archive", document.createNode({ existing: archive }));
  if (deploymentRole !== undefined) document.set("deploymentRole", deploymentRole);
  if (hasCisFilters === true) {
    const { packs } = document.toJS() as { readonly packs?: { readonly management?: readonly PackId[] } | null };
    const management = (packs?.management ?? ROLE_PACKS.management).filter((pack) => pack !== TRAIL_PACK);
    document.setIn(["packs", "management"], document.createNode(management));
  }
}

/** Settings of detections that are off would be an error. */
function watchNothing(document: Document): void {
  document.set("packs", document.createNode([]));
  for (const key of ["detections", "secrets"]) document.delete(key);
}

/** State and runs in HCP Terraform. Its runs enter by a role of the log archive's account, unless another is chosen. */
function useCloud(document: Document, { entryAccount, state }: CloudSettings): void {
  document.set("state", document.createNode(state));
  if (document.has("deployment")) {
    document.setIn(["deployment", "hcpTerraform"], true);
    return;
  }
  document.set("deployment", document.createNode({ account: entryAccount, hcpTerraform: true }));
  document.set("deploymentRole", CLOUD_DEPLOYMENT_ROLE);
}

/**
 * The policies of the existing archive and its key admit no trail of an account: the account gets its default feed,
 * without the packs that require such a trail.
 */
function leaveOutAccountTrail(document: Document): void {
  if (document.get("feed") !== ACCOUNT_TRAIL_FEED) return;
  document.delete("feed");
  const packs = document.get("packs");
  if (isSeq<Scalar>(packs)) packs.items = packs.items.filter(({ value }) => value !== TRAIL_PACK);
}
