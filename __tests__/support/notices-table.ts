import { isRecord } from "../../lib/support/is-record";

type Item = Readonly<Record<string, unknown>>;

/** A value as DynamoDB's API has it: `{ S: "text" }` or `{ N: "1" }`. */
type Value = Readonly<Record<string, string>>;

/**
 * Tables of the alert hub, in memory, as far as its state machine uses DynamoDB: `SET` and `ADD` of values, and queries
 * of one partition. The deployed table stays empty.
 */
export class NoticesTable {
  /** Items by table and key. */
  private readonly items = new Map<string, Item>();

  /** `dynamodb:updateItem`: an item that does not exist is created. */
  public update(args: Readonly<Record<string, unknown>>): object {
    const key = recordOf(args["Key"]);
    const id = JSON.stringify([args["TableName"], key]);
    const values = recordOf(args["ExpressionAttributeValues"]);
    const [, set = "", add = ""] = /^SET (.*) ADD (.*)$/.exec(String(args["UpdateExpression"])) ?? [];
    const before = this.items.get(id) ?? key;
    const assigned = set.split(", ").map((part) => part.split(" = ") as [string, string]);
    const [counter = "", addend = ""] = add.split(" ");
    const sum = numberOf(before[counter]) + numberOf(values[addend]);
    this.items.set(id, {
      ...before,
      ...Object.fromEntries(assigned.map(([name, placeholder]) => [name, values[placeholder]])),
      [counter]: { N: String(sum) },
    });
    return {};
  }

  /** `dynamodb:query` by a partition: `name = :value`. */
  public query(args: Readonly<Record<string, unknown>>): { readonly Items: readonly Item[] } {
    const [name = "", placeholder = ""] = String(args["KeyConditionExpression"]).split(" = ");
    const wanted = JSON.stringify(recordOf(args["ExpressionAttributeValues"])[placeholder]);
    const table = `[${JSON.stringify(args["TableName"])},`;
    const found = [...this.items].filter(([id, item]) => id.startsWith(table) && JSON.stringify(item[name]) === wanted);
    return { Items: found.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item) };
  }
}

function recordOf(value: unknown): Item {
  return isRecord(value) ? value : {};
}

function numberOf(value: unknown): number {
  return Number((value as Value | undefined)?.["N"] ?? 0);
}
