import { all, matches, oneOf, any, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall } from "../../example-record";
import { named } from "./services";

/** Deployments replace firewalls too, so it is no page. */
export const firewallRemoved: Detection = {
  id: "firewall-removed",
  title: "Firewall, its logging or a guardrail removed",
  meaning:
    "A web ACL, rule group or address list of WAF, its logging, a firewall or rule of Network Firewall or Route 53 " +
    "Resolver DNS Firewall, a Shield protection or a guardrail of Bedrock was deleted, detached or changed.",
  why: "Requests that were blocked or logged reach the application.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.007", "T1562.001"] },
  condition: all(
    any(
      // wafv2, and waf and waf-regional of WAF Classic.
      matches("eventSource", "waf*"),
      oneOf("eventSource", [
        "network-firewall.amazonaws.com",
        "route53resolver.amazonaws.com",
        "shield.amazonaws.com",
        "bedrock.amazonaws.com",
      ]),
    ),
    named(
      ...["DeleteWebACL", "DisassociateWebACL", "DeleteRuleGroup", "DeleteIPSet", "DeleteLoggingConfiguration"],
      ...["DeleteFirewall*", "DisassociateFirewallRuleGroup", "DisassociateSubnets", "DeleteProtection"],
      ...["DeleteGuardrail", "UpdateGuardrail"],
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find what it protected: `requestParameters` names the resource, `aws wafv2 list-resources-for-web-acl --web-acl-arn <acl>` what is still attached.",
      "Attach or create it again from its code: `aws wafv2 associate-web-acl`, `put-logging-configuration`, `aws network-firewall associate-subnets`, `aws route53resolver associate-firewall-rule-group`.",
      "Search the access logs of the load balancer or distribution for requests since then.",
    ],
    falsePositives: ["An application that is taken down or replaced by its deployment."],
    tuning: "Ignore the deployment role of the applications, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("wafv2", "DisassociateWebACL", {
        requestParameters: {
          resourceArn: `${EXAMPLE_ARN}:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0123456789abcdef`,
        },
      }),
      apiCall("wafv2", "DeleteLoggingConfiguration", {
        requestParameters: { resourceArn: `${EXAMPLE_ARN}:wafv2:eu-west-1:111122223333:regional/webacl/shop/example` },
      }),
      apiCall("waf-regional", "DeleteWebACL", { requestParameters: { webACLId: "example" } }),
      apiCall("network-firewall", "DeleteFirewall", { requestParameters: { firewallName: "egress" } }),
      apiCall("route53resolver", "DeleteFirewallRule", { requestParameters: { firewallRuleGroupId: "rslvr-frg-1" } }),
      apiCall("bedrock", "DeleteGuardrail", { requestParameters: { guardrailIdentifier: "a1b2c3d4e5f6" } }),
    ],
    nearMisses: [
      apiCall("wafv2", "CreateWebACL", { requestParameters: { name: "shop", scope: "REGIONAL" } }),
      deniedCall("wafv2", "DeleteWebACL"),
      apiCall("route53resolver", "DeleteResolverRule", { requestParameters: { resolverRuleId: "rslvr-rr-1" } }),
      apiCall("guardduty", "DeleteIPSet", { requestParameters: { ipSetId: "0cb0141ab9fbde177613ab9436212e90" } }),
    ],
  },
};
