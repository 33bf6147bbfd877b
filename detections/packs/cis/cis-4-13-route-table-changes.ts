import { apiCall, deniedCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const routeTableChanges = cisControl({
  number: "4.13",
  id: "cis-4-13-route-table-changes",
  title: "Route table changes",
  severity: "low",
  securityHub: "CloudWatch.13",
  mitre: ["T1562.007"],
  tunedTwin: "internet-route-created",
  patterns: [
    "{($.eventSource=ec2.amazonaws.com) && (($.eventName=CreateRoute) || ($.eventName=CreateRouteTable) || ($.eventName=ReplaceRoute) || ($.eventName=ReplaceRouteTableAssociation) || ($.eventName=DeleteRouteTable) || ($.eventName=DeleteRoute) || ($.eventName=DisassociateRouteTable))}",
  ],
  benchmarkPattern:
    "{($.eventName=CreateRoute) || ($.eventName=CreateRouteTable) || ($.eventName=ReplaceRoute) || ($.eventName=ReplaceRouteTableAssociation) || ($.eventName=DeleteRouteTable) || ($.eventName=DeleteRoute) || ($.eventName=DisassociateRouteTable)}",
  meaning:
    "A route or route table was created, replaced, deleted or taken from its subnet, or a principal tried to do so.",
  why: "Routes decide where traffic goes: to the internet, or past an inspection.",
  firstFiveMinutes: [
    "Check whether `internet-route-created` is in ALARM too. If not, this can wait.",
    "List its routes: `aws ec2 describe-route-tables --route-table-ids <table>`.",
  ],
  falsePositives: ["A new VPC being built.", "A new route of an API in API Gateway."],
  examples: {
    matches: [
      apiCall("ec2", "CreateRoute", { requestParameters: { gatewayId: "igw-0example" } }),
      apiCall("ec2", "DisassociateRouteTable"),
      deniedCall("ec2", "ReplaceRoute", { errorCode: "Client.UnauthorizedOperation" }),
      // API Gateway has routes as well: the benchmark's own text names no service.
      apiCall("apigateway", "CreateRoute", { requestParameters: { routeKey: "GET /" } }),
    ],
    nearMisses: [
      apiCall("ec2", "DescribeRouteTables"),
      // Not covered: the counterpart of DisassociateRouteTable.
      apiCall("ec2", "AssociateRouteTable"),
    ],
  },
});
