import { globalArn } from "../../lib/aws/partitions";
import type { Call } from "../proxy/call";
import { assumedRoleCaller, iamUserCaller, rootUserCaller, type Caller } from "./caller";
import { nestedText, type Fields } from "./fields";

/** A call that succeeded, with its input and output in the API's own names. */
export interface Success {
  readonly call: Call;
  readonly input: Fields;
  readonly output: Fields;
  readonly at: Date;
}

/**
 * Maps access keys to their owners. It learns them from the calls that pass: calls that issue credentials, and calls
 * that look up their identity.
 */
export class Callers {
  private readonly byKey = new Map<string, Caller>();
  private readonly userIds = new Map<string, string>();

  /**
   * @param stranger - the caller for a key that was never issued: the local AWS accepts any key pair as this caller's
   */
  public constructor(private readonly stranger: Caller) {}

  /** The owner of the key. */
  public of(accessKeyId: string): Caller {
    return this.byKey.get(accessKeyId) ?? this.stranger;
  }

  /** Records the credentials that a call issued. */
  public learn(success: Success): void {
    const { service, operation, accessKeyId } = success.call;
    switch (`${service}:${operation}`) {
      case "sts:AssumeRole":
      case "sts:AssumeRoleWithSAML":
      case "sts:AssumeRoleWithWebIdentity":
        this.learnSession(success);
        break;
      case "sts:GetSessionToken":
        this.byKey.set(nestedText(success.output, "Credentials", "AccessKeyId") ?? "", this.of(accessKeyId));
        break;
      case "sts:GetCallerIdentity":
        this.learnIdentity(success);
        break;
      case "iam:CreateUser":
        this.userIds.set(
          nestedText(success.output, "User", "Arn") ?? "",
          nestedText(success.output, "User", "UserId") ?? "",
        );
        break;
      case "iam:CreateAccessKey":
        this.learnAccessKey(success);
        break;
    }
  }

  private learnSession({ call, input, output, at }: Success): void {
    const accessKeyId = nestedText(output, "Credentials", "AccessKeyId");
    const sessionArn = nestedText(output, "AssumedRoleUser", "Arn");
    const roleArn = nestedText(input, "RoleArn");
    if (accessKeyId === undefined || sessionArn === undefined || roleArn === undefined) return;
    const session = {
      roleArn,
      sessionArn,
      assumedRoleId: nestedText(output, "AssumedRoleUser", "AssumedRoleId") ?? "",
      sourceIdentity: nestedText(input, "SourceIdentity") ?? sourceIdentityOf(this.of(call.accessKeyId)),
      mfaAuthenticated: nestedText(input, "SerialNumber") !== undefined,
      beganAt: at,
    };
    this.byKey.set(accessKeyId, assumedRoleCaller(session));
  }

  /** What the local AWS reports for a key is also what its owner gets. For role sessions, more is known already. */
  private learnIdentity({ call, output }: Success): void {
    const arn = nestedText(output, "Arn");
    if (arn === undefined || this.byKey.has(call.accessKeyId)) return;
    if (arn.endsWith(":root")) this.byKey.set(call.accessKeyId, rootUserCaller(arn));
    // moto writes `sts` in the ARN of a user that it does not know.
    else if (arn.includes(":user/")) {
      this.byKey.set(call.accessKeyId, iamUserCaller(arn.replace(":sts:", ":iam:"), nestedText(output, "UserId")));
    }
  }

  private learnAccessKey({ call, output }: Success): void {
    const accessKeyId = nestedText(output, "AccessKey", "AccessKeyId");
    const userName = nestedText(output, "AccessKey", "UserName");
    if (accessKeyId === undefined || userName === undefined) return;
    const creator = this.of(call.accessKeyId);
    const ofUser = globalArn(call.region, "iam", creator.account, "user/");
    const arn = [...this.userIds.keys()].find((known) => known.startsWith(ofUser) && known.endsWith(`/${userName}`));
    this.byKey.set(accessKeyId, iamUserCaller(arn ?? ofUser + userName, this.userIds.get(arn ?? "")));
  }
}

/** A source identity, once set, persists through all roles that are assumed from there. */
function sourceIdentityOf({ identity }: Caller): string | undefined {
  return nestedText(identity, "sessionContext", "sourceIdentity");
}
