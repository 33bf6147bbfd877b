import { type Change, typeErrors } from "../../support/type-check";

/** A table with one key more, the files that must have an entry for each key, and what the compiler says without. */
interface Grown {
  readonly table: string;
  readonly change: Change;
  readonly files: readonly string[];
  readonly says: RegExp;
}

const GROWN: readonly Grown[] = [
  {
    table: "lib/naming/subscriber-kinds.ts",
    change: ["  sqs: {", '  moreKinds: { protocol: "lambda", confirmation: "never" },\n  sqs: {'],
    files: ["organization/schema/subscribers.ts", "sandbox/signal-path/subscriber-delivery.ts"],
    says: /'moreKinds' is missing/,
  },
  {
    table: "lib/naming/state-backends.ts",
    change: [
      "  local: {",
      '  moreStates: { text: "", stateBucket: false, workspaces: false, sandboxed: false },\n  local: {',
    ],
    files: ["organization/schema/storage-settings.ts", "stacks/backend.ts"],
    says: /'moreStates' is missing/,
  },
  {
    table: "lib/naming/hops.ts",
    change: ["  topic: {", "  moreHops: { ofHub: false },\n  topic: {"],
    files: [
      "sandbox/signal-path/hop-event.ts",
      "sandbox/page/explain.ts",
      "sandbox/page/hop-words.ts",
      "sandbox/page/stop-reason.ts",
      "sandbox/page/client/path.js",
      "sandbox/scenarios/narration.ts",
    ],
    says: /'moreHops' is missing|cannot be used to index type 'HopEvents'/,
  },
  {
    table: "lib/naming/feeds.ts",
    change: [
      '  "account-trail": {',
      '  moreFeeds: { recordRoot: "$", events: "account", trail: "none" },\n  "account-trail": {',
    ],
    files: ["stacks/account-feed.ts"],
    says: /lacks ending return/,
  },
  {
    table: "organization/schema/subscribers.ts",
    change: ["  notices: ", "  moreTopics: subscribers.optional(),\n  notices: "],
    files: ["organization/resolve/defaults.ts", "stacks/alert-hub-stack.ts"],
    says: /'moreTopics' is missing/,
  },
  {
    table: "lib/naming/chat-kinds.ts",
    change: ['["slack", ', '["moreChats", "slack", '],
    files: ["organization/schema/alert-hub-settings.ts", "modules/alert-hub/chat-channels.ts"],
    says: /'moreChats' is missing/,
  },
  {
    table: "lib/naming/severity.ts",
    change: ['["critical", ', '["moreSeverities", "critical", '],
    files: ["lib/naming/alarm-description.ts"],
    says: /'moreSeverities' is missing/,
  },
  {
    table: "cli/commands/replay/engine.ts",
    change: ['["local", ', '["moreEngines", "local", '],
    files: ["cli/commands/replay/engine.ts", "cli/commands/replay/command.ts"],
    says: /'moreEngines' is missing/,
  },
  {
    table: "organization/schema/detection-settings.ts",
    change: [
      'z.strictObject({ kind: z.literal("static-threshold") }),',
      'z.strictObject({ kind: z.literal("static-threshold") }),\n    z.strictObject({ kind: z.literal("moreAlarms") }),',
    ],
    files: ["stacks/alarm-description.ts", "stacks/account-monitoring-stack.ts"],
    says: /lacks ending return/,
  },
  {
    table: "organization/schema/deployment-settings.ts",
    change: ["  github: github.optional(),", "  moreSystems: github.optional(),\n  github: github.optional(),"],
    files: ["stacks/deployment-roles-stack.ts"],
    says: /'moreSystems' is missing/,
  },
];

test("a key of a table without an entry elsewhere does not compile", () => {
  const errors = typeErrors(
    GROWN.flatMap(({ files }) => files),
    Object.fromEntries(GROWN.map(({ table, change }) => [table, change])),
  );
  for (const { files, says } of GROWN) {
    for (const file of files) expect(errors).toHaveProperty([file], expect.stringMatching(says));
  }
});

test("an entry without a key in the table does not compile, and without either everything does", () => {
  const errors = typeErrors(
    GROWN.flatMap(({ files }) => files),
    {
      "organization/schema/subscribers.ts": ["  sqs: z.", "  more: z.array(z.string()).default([]),\n  sqs: z."],
      "organization/schema/storage-settings.ts": [
        "  local: z.",
        '  more: z.strictObject({ backend: z.literal("more") }),\n  local: z.',
      ],
      "sandbox/page/hop-words.ts": ["  topic: {", '  more: { does: "", passed: "", stopped: "" },\n  topic: {'],
    },
  );
  expect(Object.keys(errors).sort()).toEqual([
    "organization/schema/storage-settings.ts",
    "organization/schema/subscribers.ts",
    "sandbox/page/hop-words.ts",
  ]);
});
