import { accountNamed } from "../../organization/organization";
import { describeAlarm } from "../../stacks/alarm-description";
import { testOrganization } from "../support/organization";

const account = accountNamed(testOrganization(), "workloads");
const describe = (threshold: number, periodSeconds: number, evaluationPeriods: number) =>
  describeAlarm(account, "Watched secret read", { threshold, periodSeconds, evaluationPeriods });

test("a person reads what happened, how often, and where", () => {
  expect(describe(3, 300, 1)).toBe(
    "Watched secret read: 3 times or more within 300 s.\nAccount workloads (333333333333).",
  );
});

test("once is said as once", () => {
  expect(describe(1, 60, 1)).toContain("1 time or more within 60 s.");
});

test("several periods are said only when there are several", () => {
  expect(describe(1, 60, 2)).toContain("within 60 s, 2 periods in a row.");
  expect(describe(1, 60, 1)).not.toContain("in a row");
});
