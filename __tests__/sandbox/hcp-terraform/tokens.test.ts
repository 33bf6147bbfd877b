import type { WorkspaceRecord } from "../../../sandbox/hcp-terraform/records";
import type { RunRecord } from "../../../sandbox/hcp-terraform/runs/run-record";
import { requireOwnState, requireUser, type TokenOwner } from "../../../sandbox/hcp-terraform/tokens";

const workspace = (id: string) => ({ id, settings: { name: id } }) as WorkspaceRecord;
const ofRun: TokenOwner = { by: "run", run: { id: "run-1", workspaceId: "ws-own" } as RunRecord };

test.each([ofRun, { by: "unknown" } as const])("only a user changes settings, locks and runs, not $by", (owner) => {
  expect(() => {
    requireUser(owner);
  }).toThrow("may only read and write state");
  requireUser({ by: "user" });
});

test("a run changes the state of its own workspace only", () => {
  requireOwnState(ofRun, workspace("ws-own"));
  requireOwnState({ by: "user" }, workspace("ws-other"));
  for (const owner of [ofRun, { by: "unknown" } as const]) {
    expect(() => {
      requireOwnState(owner, workspace("ws-other"));
    }).toThrow("may not change the state of the workspace 'ws-other'");
  }
});
