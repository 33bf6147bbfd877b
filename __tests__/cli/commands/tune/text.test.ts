import type { SubscriptionTuning, Tuning } from "../../../../cli/commands/tune/detections";
import { tuneText } from "../../../../cli/commands/tune/text";
import { plainText } from "../../../../lib/support/print";
import { burst, tunedSource } from "../../../report/report-source";

const totals = { records: 9, duplicates: 0, outOfTime: 0, unknownAccounts: {}, unreadable: [], skipped: [] };
const why = "its alarm waits for events that fail to come";

/** So many accounts with a detection in its budget, and one that needs a change. */
function linesOf(calm: number): string[] {
  const tuned = (account: string, budgetPerWeek: number): SubscriptionTuning => ({
    ...tunedSource([burst(0, 0, 9)], { account, budgetPerWeek }),
    severity: "high",
  });
  const accounts = Array.from({ length: calm }, (_, number) => `team-${number}`);
  const tuning: Tuning = {
    ...{ totals, unknownLabels: [], silentLabels: [], stale: [] },
    detections: [...accounts.map((account) => tuned(account, 5)), tuned("payments", 0)],
    untunable: [...accounts, "payments"].map((account) => ({ account, detection: "heartbeat", why })),
  };
  return tuneText(tuning, { all: false }).map(plainText);
}

test("many accounts without a remark are one line, and each reason is stated once", () => {
  const lines = linesOf(300);
  expect(lines).toContain(
    `nothing to change in 300 accounts: ${Array.from({ length: 10 }, (_, at) => `team-${at}`).join(", ")} and 290 more`,
  );
  expect(lines.filter((line) => line.startsWith("not tuned"))).toEqual([`not tuned, as ${why}: heartbeat`]);
  expect(lines).toContain("payments: 14 days with records");
  expect(lines.length).toBeLessThan(30);
});

test("a few accounts have what is in their budget", () => {
  expect(linesOf(3).filter((line) => /^team-|^ {2}in the budget/.test(line))).toEqual([
    ...["team-0", "team-1", "team-2"].flatMap((account) => [
      `${account}: 14 days with records`,
      "  in the budget: denied-call-burst (1)",
    ]),
  ]);
});
