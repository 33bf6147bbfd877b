import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IAspect } from "cdktf";
import type { IConstruct } from "constructs";

/** Bounds each role of a stack: CI may make no other. */
export class RoleBoundary implements IAspect {
  constructor(private readonly policyArn: string) {}

  public visit(node: IConstruct): void {
    if (node instanceof IamRole) node.permissionsBoundary = this.policyArn;
  }
}
