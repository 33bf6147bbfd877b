import { changesMarkdown, changesText } from "../../../../cli/commands/detections/changes-text";
import type { DeployedChange } from "../../../../signals";

const NONE = { changes: [], accountsAdded: [], accountsRemoved: [] };
const change = (accounts: readonly string[], details = ["threshold 10 -> 20"]): DeployedChange => ({
  detection: "denied-call-burst",
  kind: "changed",
  details,
  accounts,
});

test.each([
  [["a"], "in a"],
  [["a", "b", "c"], "in 3 accounts (a, b, c)"],
  [["a", "b", "c", "d"], "in 4 accounts (a, b, c, …)"],
])("accounts %j are shown as '%s'", (accounts, words) => {
  expect(changesText({ ...NONE, changes: [change(accounts)] })[1]).toBe(
    `denied-call-burst  threshold 10 -> 20  ${words}`,
  );
});

test("text from account files becomes no link, mention or markup", () => {
  const [line] = changesMarkdown({ ...NONE, changes: [change(["a"], ['now ignores f = "`@everyone` <img>"'])] });
  expect(line).toBe("- `denied-call-burst`: `now ignores f = \"'@everyone' <img>\"` in a");
});

test("added and removed accounts", () => {
  const changes = {
    ...NONE,
    accountsAdded: [{ account: "new", detections: 60 }],
    accountsRemoved: [{ account: "old", detections: 1 }],
  };
  expect(changesMarkdown(changes)).toEqual([
    "- account `new`: is watched now, by 60 detections",
    "- account `old`: was removed from configuration, with 1 detection; its resources stay deployed",
  ]);
});

test("nothing changed", () => {
  expect([changesText(NONE), changesMarkdown(NONE)]).toEqual([["No detections changed."], ["No detections changed."]]);
});
