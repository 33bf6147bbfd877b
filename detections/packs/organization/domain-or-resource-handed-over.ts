import { all, any, call, exists, isTrue, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall } from "../../example-record";

const GLOBAL = { awsRegion: "us-east-1" };
const DOMAIN = { ...GLOBAL, requestParameters: { domainName: "example.com" } };
const SHARE = `${EXAMPLE_ARN}:ram:eu-west-1:111122223333:resource-share/1a2b`;

const share = (principal: string | undefined, allowExternalPrincipals: boolean) => ({
  requestParameters: { name: "subnets", ...(principal === undefined ? {} : { principals: [principal] }) },
  responseElements: { resourceShare: { name: "subnets", allowExternalPrincipals, status: "ACTIVE" } },
});

const association = (principal: string, external: boolean) => ({
  requestParameters: { resourceShareArn: SHARE, principals: [principal] },
  responseElements: {
    resourceShareAssociations: [
      { resourceShareArn: SHARE, associationType: "PRINCIPAL", associatedEntity: principal, external },
    ],
  },
});

/** The response says whether a principal is outside the organization; a request that omits the flag allows it. */
export const domainOrResourceHandedOver: Detection = {
  id: "domain-or-resource-handed-over",
  title: "Domain unlocked, or resource shared outside the organization",
  meaning:
    "In any account, a domain was unlocked or transferred, its authorization code read, its name servers or renewal " +
    "changed; or AWS RAM shared resources with a principal outside the organization, or created a share that admits one.",
  why: "Who has the domain gets its mail and its certificates. A share with another account survives every change of credentials.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1584.001", "T1537"] },
  condition: all(
    any(
      call(
        "route53domains",
        "DisableDomainTransferLock",
        "TransferDomainToAnotherAwsAccount",
        "RetrieveDomainAuthCode",
        "DisableDomainAutoRenew",
        "DeleteDomain",
        "UpdateDomainNameservers",
      ),
      all(call("ram", "AssociateResourceShare"), isTrue("responseElements.resourceShareAssociations[*].external")),
      all(
        call("ram", "CreateResourceShare"),
        isTrue("responseElements.resourceShare.allowExternalPrincipals"),
        exists("requestParameters.principals[0]"),
      ),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the domain or share (`requestParameters`), the account (`recipientAccountId`) and the caller (`userIdentity.arn`).",
      "A domain: `aws route53domains enable-domain-transfer-lock --region us-east-1 --domain-name <domain>`, `enable-domain-auto-renew`, restore its name servers, and cancel a transfer with `cancel-domain-transfer-to-another-aws-account`. If the transfer is complete, call AWS Support.",
      "A share: compare its principals with your accounts. If one is foreign, `aws ram disassociate-resource-share --resource-share-arn <share> --principals <principal>`.",
      "Revoke the caller's sessions or keys if the change is not confirmed.",
    ],
    falsePositives: [
      "A planned transfer of a domain, or a move to other name servers.",
      "A new share with principals of the organization that leaves `allowExternalPrincipals` at its default, true.",
    ],
    tuning:
      "Set `allowExternalPrincipals` to false on shares within the organization. Ignore the role that manages shares by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("route53domains", "DisableDomainTransferLock", DOMAIN),
      apiCall("route53domains", "RetrieveDomainAuthCode", { ...DOMAIN, recipientAccountId: "444455556666" }),
      apiCall("route53domains", "TransferDomainToAnotherAwsAccount", {
        ...GLOBAL,
        requestParameters: { domainName: "example.com", accountId: "999900001111" },
      }),
      apiCall("ram", "AssociateResourceShare", association("999900001111", true)),
      apiCall("ram", "CreateResourceShare", share("999900001111", true)),
    ],
    nearMisses: [
      apiCall("route53domains", "EnableDomainTransferLock", DOMAIN),
      apiCall("route53domains", "GetDomainDetail", DOMAIN),
      deniedCall("route53domains", "RetrieveDomainAuthCode", DOMAIN),
      apiCall("ram", "AssociateResourceShare", association("444455556666", false)),
      apiCall("ram", "CreateResourceShare", share("444455556666", false)),
      apiCall("ram", "CreateResourceShare", share(undefined, true)),
    ],
  },
};
