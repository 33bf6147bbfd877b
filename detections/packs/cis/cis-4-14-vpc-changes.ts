import { apiCall, deniedCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const vpcChanges = cisControl({
  number: "4.14",
  id: "cis-4-14-vpc-changes",
  title: "VPC changes",
  severity: "low",
  securityHub: "CloudWatch.14",
  mitre: ["T1562.007"],
  patterns: [
    "{($.eventName=CreateVpc) || ($.eventName=DeleteVpc) || ($.eventName=ModifyVpcAttribute) || ($.eventName=AcceptVpcPeeringConnection) || ($.eventName=CreateVpcPeeringConnection) || ($.eventName=DeleteVpcPeeringConnection) || ($.eventName=RejectVpcPeeringConnection) || ($.eventName=AttachClassicLinkVpc) || ($.eventName=DetachClassicLinkVpc) || ($.eventName=DisableVpcClassicLink) || ($.eventName=EnableVpcClassicLink)}",
  ],
  meaning: "A VPC, its attributes or a peering was created, changed or deleted, or a principal tried to do so.",
  why: "A peering connects two separate networks, possibly with another organization's account.",
  firstFiveMinutes: [
    "For a peering, find the other account: `aws ec2 describe-vpc-peering-connections --vpc-peering-connection-ids <id>`.",
    "If it is not yours: `aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id <id>`.",
  ],
  falsePositives: ["A new VPC being built."],
  examples: {
    matches: [
      apiCall("ec2", "AcceptVpcPeeringConnection"),
      apiCall("ec2", "CreateVpc", { requestParameters: { cidrBlock: "10.0.0.0/16" } }),
      deniedCall("ec2", "DeleteVpc", { errorCode: "Client.UnauthorizedOperation" }),
    ],
    nearMisses: [
      apiCall("ec2", "DescribeVpcs"),
      // Not covered: newer ways to connect VPCs.
      apiCall("ec2", "CreateVpcEndpoint"),
      apiCall("ec2", "CreateTransitGatewayVpcAttachment"),
    ],
  },
});
