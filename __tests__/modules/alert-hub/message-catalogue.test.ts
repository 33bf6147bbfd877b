import { CALL_VERBS } from "../../../lib/naming/call-verbs";
import { stateMachine } from "../../../modules/alert-hub/state-machine";
import { knownAlarmsOf } from "../../../stacks/known-alarms";
import { TOPICS } from "../../support/hub-messages";
import { testOrganization } from "../../support/organization";

const KNOWN = knownAlarmsOf(testOrganization());

test("verbs are in the past tense", () => {
  const verbs = Object.values(CALL_VERBS).map(({ verb }) => verb.split(" ")[0]);
  expect(verbs.filter((verb) => !/ed$|^(read|set|left)$/.test(verb ?? ""))).toEqual([]);
});

test("3,000 accounts fit into the definition of the state machine", () => {
  const ids = Array.from({ length: 3000 }, (_, index) => String(100_000_000_000 + index));
  const accounts = Object.fromEntries(ids.map((id) => [id, `account-${id}-${"x".repeat(19)}`]));
  const props = {
    topics: TOPICS,
    chatTopicArn: "chat",
    repeatsTable: "repeats",
    detailsMachineArn: "details",
    undeliveredUrl: "queue",
  };
  const definition = JSON.stringify(stateMachine({ known: { ...KNOWN, accounts }, ...props }));
  expect(Buffer.byteLength(definition)).toBeLessThan(1024 * 1024);
  // Terraform would take these for templates.
  expect(definition).not.toMatch(/[$%]\{/);
});

test("a message shows no step that points at a query below", () => {
  expect(JSON.stringify(KNOWN.alarms)).not.toContain("query below");
});
