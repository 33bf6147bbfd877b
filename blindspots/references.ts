import { globalArn } from "../lib/aws/partitions";
import { textOfArgument, type Arguments } from "../lib/terraform/read/arguments";
import { REMOTE_STATE } from "../lib/terraform/read/terraform-json";

/** What references need to know of a resource. */
interface Referring {
  readonly type: string;
  /** Address within its stack. */
  readonly address: string;
  readonly stack: string;
  /** The 12-digit id of its account. */
  readonly account: string;
  readonly region: string;
  readonly arguments: Arguments;
}

/** A reference to another stack's state: cdktf names the output by the resource's type, id and attribute, unseparated. */
const ACROSS = new RegExp(`${REMOTE_STATE}([A-Za-z0-9_-]+)\\.outputs\\.cross-stack-output-([A-Za-z0-9_-]+)`, "g");
const ARN = /arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{12}:[^"\\]+/g;

const IAM_KINDS: Readonly<Record<string, string>> = { aws_iam_role: "role", aws_iam_policy: "policy" };

/**
 * Finds the resources that refer to one: by its address, through another stack's state, or by its ARN, which plans and
 * references to other accounts have.
 */
export class References<Resource extends Referring> {
  private readonly byStack = new Map<string, { readonly text: string; readonly user: Resource }[]>();
  private readonly byArn = new Map<string, Set<Resource>>();
  private readonly across: { readonly stack: string; readonly output: string; readonly user: Resource }[] = [];

  add(resources: readonly Resource[]): void {
    for (const user of resources) {
      // `depends_on` orders a deployment and is no use.
      const text = JSON.stringify({ ...user.arguments, arn: undefined, depends_on: undefined });
      entry(this.byStack, user.stack, () => []).push({ text: text.replaceAll('\\"', '"'), user });
      for (const [arn] of text.matchAll(ARN)) entry(this.byArn, arn, () => new Set()).add(user);
      for (const [, stack = "", output = ""] of text.matchAll(ACROSS)) this.across.push({ stack, output, user });
    }
  }

  usersOf(resource: Resource): readonly Resource[] {
    const { stack, address } = resource;
    const arn = arnOf(resource);
    const output = address.replace(".", "");
    const users = new Set([
      ...(this.byStack.get(stack) ?? []).filter(({ text }) => mentions(text, address)).map(({ user }) => user),
      ...(arn === undefined ? [] : (this.byArn.get(arn) ?? [])),
      ...this.across.filter((one) => one.stack === stack && one.output.startsWith(output)).map(({ user }) => user),
    ]);
    users.delete(resource);
    return [...users];
  }
}

/** Also within a function, and with an index. */
function mentions(text: string, address: string): boolean {
  return text.includes(`${address}.`) || text.includes(`${address}[`);
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key) ?? create();
  map.set(key, known);
  return known;
}

/** The ARN that the plan of a deployed resource knows, or that follows from the name in IAM. */
function arnOf({ type, account, region, arguments: args }: Referring): string | undefined {
  const known = textOfArgument(args, "arn");
  if (known !== undefined) return known;
  const kind = IAM_KINDS[type];
  const name = textOfArgument(args, "name");
  if (kind === undefined || name === undefined) return undefined;
  return globalArn(region, "iam", account, `${kind}${textOfArgument(args, "path") ?? "/"}${name}`);
}
