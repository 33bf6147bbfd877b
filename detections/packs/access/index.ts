import type { Pack } from "../../detection";
import { administratorAccessGranted } from "./administrator-access-granted";
import { consoleSignInWithoutMfa } from "./console-sign-in-without-mfa";
import { databaseMadePublic } from "./database-made-public";
import { deniedCallBurst } from "./denied-call-burst";
import { iamPolicyChanged } from "./iam-policy-changed";
import { iamTrustChanged } from "./iam-trust-changed";
import { imageOrSnapshotShared } from "./image-or-snapshot-shared";
import { internetRouteCreated } from "./internet-route-created";
import { kmsKeyDisabled } from "./kms-key-disabled";
import { longLivedCredentialCreated } from "./long-lived-credential-created";
import { organizationPolicyChanged } from "./organization-policy-changed";
import { publicAccessBlockRemoved } from "./public-access-block-removed";
import { repeatedSignInFailures } from "./repeated-sign-in-failures";
import { rootUse } from "./root-use";
import { securityGroupOpenedToWorld } from "./security-group-opened-to-world";

/** Sign-ins, permissions and exposure: tuned counterparts of CIS's monitoring controls, and what CIS does not cover. */
export const access: Pack = {
  id: "access",
  description:
    "Sign-ins, permissions and exposure to the internet. On by default in every account: stolen credentials work in each of them, and none of these calls is daily work.",
  title: "Access and exposure",
  detections: [
    rootUse,
    consoleSignInWithoutMfa,
    repeatedSignInFailures,
    deniedCallBurst,
    administratorAccessGranted,
    iamPolicyChanged,
    iamTrustChanged,
    longLivedCredentialCreated,
    publicAccessBlockRemoved,
    imageOrSnapshotShared,
    databaseMadePublic,
    securityGroupOpenedToWorld,
    internetRouteCreated,
    kmsKeyDisabled,
    organizationPolicyChanged,
  ],
};
