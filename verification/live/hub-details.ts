import { z } from "zod";
import { counted } from "../../lib/support/counted";
import { failed, proven, unknown, type Finding } from "../result";
import { json } from "./hub-execution";
import type { TaskCall } from "./task-calls";

/** The response of StartSyncExecution. */
const answer = z.object({
  Status: z.string(),
  Output: z.string().optional(),
  Error: z.string().nullish(),
  Cause: z.string().nullish(),
});

/** What the details machine returns (`Details` of modules/alert-hub/details), as far as it is compared. */
const details = z.union([
  z.object({ problem: z.string() }),
  z.object({ count: z.number(), principals: z.array(z.string()), principalCount: z.number() }),
]);

export interface ExpectedDetails {
  /** End of the ARN of who read the secret. */
  readonly caller: string | undefined;
  /** How often. */
  readonly reads: number;
  /** The command that deploys the hub. */
  readonly hub: string;
  /** The command that deploys the hub and the account. */
  readonly both: string;
}

const WITHOUT = "the message was sent without who did it";

/** Whether the hub's last search for the alarm's events found the reads and who made them. */
export function detailsFinding(calls: readonly TaskCall[], { caller, reads, hub, both }: ExpectedDetails): Finding {
  const search = calls.findLast(({ api }) => api === "aws-sdk:sfn:startSyncExecution");
  if (search === undefined) return failed("no events were searched", WITHOUT, hub);
  if (search.failure !== undefined) return failed(`the search was not started: ${search.failure}`, WITHOUT, hub);
  const ran = answer.safeParse(json(search.output));
  if (!ran.success) return failed("the search has no result", WITHOUT, hub);
  const { Status, Output, Error: error, Cause: cause } = ran.data;
  if (Status !== "SUCCEEDED") {
    const why = [Status, error, cause].filter(Boolean).join(": ").slice(0, 300);
    return failed(`the search failed: ${why}`, WITHOUT, hub);
  }
  const found = details.safeParse(json(Output));
  if (!found.success) return failed("the search has another result than expected", WITHOUT, hub);
  if ("problem" in found.data) return problemFinding(found.data.problem, { hub, both });
  const { count, principals, principalCount } = found.data;
  const seen = `${count} of ${reads} reads, by ${principals.join(", ")}`;
  if (count < reads) return failed(seen, "the message counts fewer events than the alarm", "run verify --live again");
  if (caller === undefined || principals.some((principal) => principal.startsWith(caller))) {
    return proven(`${counted(count, "event")}, by ${principals.join(", ")}`);
  }
  return principalCount > principals.length
    ? unknown(seen, `more than ${principals.length} principals read secrets, and the message does not list all of them`)
    : failed(`${seen}, not by ${caller}`, "the message names others than the one who read the secret", hub);
}

/** The problem of a search that ran; empty: it looked for nothing. */
function problemFinding(problem: string, { hub, both }: Pick<ExpectedDetails, "hub" | "both">): Finding {
  if (problem === "") return failed("no events were searched", "the hub does not know the alarm", hub);
  if (/^reading the (metric filters|events): /.test(problem)) {
    const role = "the role that the hub reads with is missing in the account, does not trust the hub, or may not read";
    return failed(problem, `${WITHOUT}: ${role}`, both);
  }
  return /^no event in the log group/.test(problem)
    ? failed(problem, `${WITHOUT}: the log group did not have them yet`, "run verify --live again")
    : failed(problem, WITHOUT, both);
}
