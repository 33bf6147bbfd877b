import { type Change, TypeCheck } from "../../support/type-check";

// The compiler reads thousands of files: on a busy machine that takes its time.
jest.setTimeout(300_000);

// The page's client is checked with the types of a browser, which the other files do not mind.
const check = new TypeCheck("sandbox/page/client/tsconfig.json");

/** Files that must have an entry for each key of a table. */
const FILES = {
  subscribers: ["organization/subscribers.ts", "sandbox/signal-path/subscribers.ts"],
  backends: ["organization/storage-settings.ts", "stacks/backend.ts"],
  hops: [
    "sandbox/signal-path/hop-event.ts",
    "sandbox/page/hop-words.ts",
    "sandbox/page/stop-reason.ts",
    "sandbox/page/client/path.js",
    "sandbox/scenarios/narration.ts",
  ],
  feeds: ["stacks/account-feed.ts"],
  topics: ["organization/defaults.ts", "stacks/alert-hub-stack.ts"],
};
const ALL = [...new Set(Object.values(FILES).flat())].sort();

/** One more key in each table, and in each list of choices. */
const GROWN: Readonly<Record<string, Change>> = {
  "lib/naming/subscriber-kinds.ts": ["  sqs: {", '  grown: { protocol: "lambda", confirmation: "never" },\n  sqs: {'],
  "lib/naming/state-backends.ts": [
    "  local: {",
    '  grown: { text: "", stateBucket: false, workspaces: false, sandboxed: false },\n  local: {',
  ],
  "lib/naming/hops.ts": ["  topic: {", "  grown: { ofHub: false },\n  topic: {"],
  "lib/naming/feeds.ts": [
    '  "account-trail": {',
    '  grown: { recordRoot: "$", events: "account", trail: "none" },\n  "account-trail": {',
  ],
  "organization/subscribers.ts": ["  notices: ", "  grown: subscribers.optional(),\n  notices: "],
};

test("a key of a table without an entry elsewhere does not compile", () => {
  const errors = check.errors(ALL, GROWN);
  expect(Object.keys(errors).sort()).toEqual(ALL);
  for (const file of ALL)
    expect(errors).toHaveProperty([file], expect.stringMatching(/grown|HopEvents|lacks ending return/));
});

test("an entry without a key in the table does not compile, and without either everything does", () => {
  const errors = check.errors(ALL, {
    "organization/subscribers.ts": ["  sqs: z.", "  grown: z.array(z.string()).default([]),\n  sqs: z."],
    "organization/storage-settings.ts": [
      "  local: z.",
      '  grown: z.strictObject({ backend: z.literal("grown") }),\n  local: z.',
    ],
    "sandbox/page/hop-words.ts": ["  topic: {", '  grown: { does: "", passed: "", stopped: "" },\n  topic: {'],
  });
  expect(Object.keys(errors).sort()).toEqual([
    "organization/storage-settings.ts",
    "organization/subscribers.ts",
    "sandbox/page/hop-words.ts",
  ]);
});
