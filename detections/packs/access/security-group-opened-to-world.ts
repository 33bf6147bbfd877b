import { all, any, call, equals, succeeded, type Field } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall } from "../../example-record";
import { OMITTED, RESPONSE_OMITTED } from "../../omitted";

/** Rules as EC2 created them: flat, and in one form for both forms of the request. */
const MADE = "responseElements.securityGroupRuleSet.items[*]";
/** A modified rule is only in the request: one rule is an object there, several are a list. */
const CHANGED = "requestParameters.ModifySecurityGroupRulesRequest.SecurityGroupRule";
const anywhere = (ipv4: Field, ipv6: Field) => any(equals(ipv4, "0.0.0.0/0"), equals(ipv6, "::/0"));
const made = (...items: readonly object[]) => ({ responseElements: { securityGroupRuleSet: { items } } });
const request = (SecurityGroupRule: unknown) => ({ ModifySecurityGroupRulesRequest: { SecurityGroupRule } });
const changed = (rule: unknown) => ({ requestParameters: request(rule) });

export const securityGroupOpenedToWorld: Detection = {
  id: "security-group-opened-to-world",
  title: "Security group opened to the world",
  meaning:
    "A security group now lets any address on the internet in, on some port, or so many rules changed that CloudTrail " +
    "left them out.",
  why: "Open ports are found and attacked within minutes. SSH, RDP and database ports give direct access.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.10"], securityHub: "CloudWatch.10", mitre: ["T1562.007"] },
  condition: () => [
    all(
      call("ec2", "AuthorizeSecurityGroupIngress"),
      // A group takes up to 1,000 rules, whose record exceeds what CloudTrail keeps.
      any(anywhere(`${MADE}.cidrIpv4`, `${MADE}.cidrIpv6`), RESPONSE_OMITTED),
    ),
    all(
      call("ec2", "ModifySecurityGroupRules"),
      any(
        anywhere(`${CHANGED}.SecurityGroupRule.CidrIpv4`, `${CHANGED}.SecurityGroupRule.CidrIpv6`),
        anywhere(`${CHANGED}[*].SecurityGroupRule.CidrIpv4`, `${CHANGED}[*].SecurityGroupRule.CidrIpv6`),
        OMITTED,
      ),
      succeeded(),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find the port: `aws ec2 describe-security-group-rules --filters Name=group-id,Values=<group>`. 443 of a load balancer is normal; 22, 3389 and database ports are not.",
      "Close it: `aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>`.",
      "Find what uses it: `aws ec2 describe-network-interfaces --filters Name=group-id,Values=<group>`.",
    ],
    falsePositives: ["A public load balancer.", "A change of an outbound rule, which looks the same in the request."],
    tuning:
      "Ignore a deployment role by its ARN; where nothing may be public, set severity high. `0.0.0.0/1` is not detected.",
  },
  examples: {
    matches: [
      apiCall("ec2", "AuthorizeSecurityGroupIngress", made({ fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0" })),
      apiCall("ec2", "AuthorizeSecurityGroupIngress", made({ cidrIpv4: "10.0.0.0/8" }, { cidrIpv6: "::/0" })),
      apiCall("ec2", "ModifySecurityGroupRules", changed({ SecurityGroupRule: { CidrIpv4: "0.0.0.0/0" }, tag: 1 })),
      apiCall("ec2", "ModifySecurityGroupRules", changed([{ SecurityGroupRule: { CidrIpv6: "::/0" }, tag: 1 }])),
      apiCall("ec2", "AuthorizeSecurityGroupIngress", made({ fromPort: 22, toPort: 22, cidrIpv6: "::/0" })),
      apiCall("ec2", "AuthorizeSecurityGroupIngress", {
        responseElements: { reason: "responseElements too large", omitted: true, originalSize: 153_210 },
      }),
      apiCall("ec2", "ModifySecurityGroupRules", {
        requestParameters: { reason: "requestParameters too large", omitted: true, originalSize: 153_210 },
      }),
    ],
    nearMisses: [
      apiCall("ec2", "AuthorizeSecurityGroupIngress", made({ cidrIpv4: "10.0.0.0/8" })),
      apiCall("ec2", "AuthorizeSecurityGroupEgress", made({ isEgress: true, cidrIpv4: "0.0.0.0/0" })),
      apiCall("ec2", "ModifySecurityGroupRules", changed({ SecurityGroupRule: { CidrIpv4: "192.0.2.7/32" }, tag: 1 })),
    ],
  },
};
