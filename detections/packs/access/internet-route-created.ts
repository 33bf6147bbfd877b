import { all, call, matches, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

const route = (target: object) => ({
  requestParameters: { routeTableId: "rtb-0example", destinationCidrBlock: "0.0.0.0/0", ...target },
});

export const internetRouteCreated: Detection = {
  id: "internet-route-created",
  title: "Route to the internet created",
  meaning: "A route table now leads to an internet gateway: its subnets are public.",
  why: "Resources that were reachable only from inside may now be reachable from the internet, and data may leave unnoticed.",
  severity: "low",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.13"], securityHub: "CloudWatch.13", mitre: ["T1562.007"] },
  condition: all(
    call("ec2", "CreateRoute", "ReplaceRoute"),
    matches("requestParameters.gatewayId", "igw-*"),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "`aws ec2 describe-route-tables --route-table-ids <table>` lists the associated subnets.",
      "If they should be private: `aws ec2 delete-route --route-table-id <table> --destination-cidr-block 0.0.0.0/0`.",
      "Find resources in these subnets with a public address and an open security group.",
    ],
    falsePositives: ["A new VPC with public subnets."],
    tuning:
      "Raise the severity in accounts that should have no internet gateway; ignore the role that builds networks.",
  },
  examples: {
    matches: [
      apiCall("ec2", "CreateRoute", route({ gatewayId: "igw-0example" })),
      apiCall("ec2", "ReplaceRoute", route({ gatewayId: "igw-0example" })),
    ],
    nearMisses: [
      apiCall("apigateway", "CreateRoute", { requestParameters: { apiId: "a1b2c3", routeKey: "GET /" } }),
      apiCall("ec2", "CreateRoute", route({ natGatewayId: "nat-0example" })),
      apiCall("ec2", "CreateRoute", route({ gatewayId: "vgw-0example" })),
      deniedCall("ec2", "CreateRoute", {
        ...route({ gatewayId: "igw-0example" }),
        errorCode: "Client.UnauthorizedOperation",
      }),
    ],
  },
};
