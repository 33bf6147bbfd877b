import { apiCall, deniedCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const networkGatewayChanges = cisControl({
  number: "4.12",
  id: "cis-4-12-network-gateway-changes",
  title: "Network gateway changes",
  severity: "low",
  securityHub: "CloudWatch.12",
  mitre: ["T1562.007"],
  tunedTwin: "internet-route-created",
  patterns: [
    "{($.eventName=CreateCustomerGateway) || ($.eventName=DeleteCustomerGateway) || ($.eventName=AttachInternetGateway) || ($.eventName=CreateInternetGateway) || ($.eventName=DeleteInternetGateway) || ($.eventName=DetachInternetGateway)}",
  ],
  meaning:
    "A customer gateway or internet gateway was created, attached, detached or deleted, or a principal tried to do so.",
  why: "Internet access requires a gateway, and a route to it.",
  firstFiveMinutes: [
    "Check whether a route uses it: `aws ec2 describe-route-tables --filters Name=route.gateway-id,Values=<gateway>`.",
    "If it is not needed: `aws ec2 detach-internet-gateway --internet-gateway-id <gateway> --vpc-id <vpc>`.",
  ],
  falsePositives: ["A new VPC being built."],
  examples: {
    matches: [
      apiCall("ec2", "AttachInternetGateway", { requestParameters: { internetGatewayId: "igw-0example" } }),
      apiCall("ec2", "CreateCustomerGateway"),
      deniedCall("ec2", "DeleteInternetGateway", { errorCode: "Client.UnauthorizedOperation" }),
    ],
    nearMisses: [
      apiCall("ec2", "DescribeInternetGateways"),
      // Not covered: other ways out of a VPC.
      apiCall("ec2", "CreateNatGateway"),
      apiCall("ec2", "CreateTransitGateway"),
    ],
  },
});
