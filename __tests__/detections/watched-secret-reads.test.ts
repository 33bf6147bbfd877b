import fc from "fast-check";
import { WATCHED_SECRET_READS, watchedSecretReadPatterns } from "../../detections/watched-secret-reads";

const ARN = "arn:aws:secretsmanager:eu-west-1:333333333333:secret:";

describe("patterns", () => {
  test("name a secret by its name, by its ARN and by its ARN without the suffix", () => {
    expect(watchedSecretReadPatterns(["app/db"], "$")).toEqual([
      '{ ($.eventSource = "secretsmanager.amazonaws.com") && ($.eventName = "GetSecretValue") && ' +
        '(($.requestParameters.secretId = "app/db") || ' +
        '($.requestParameters.secretId = "*:secret:app/db") || ' +
        '($.requestParameters.secretId = "*:secret:app/db-*")) }',
    ]);
  });

  test("look for the record where the feed puts it", () => {
    const [pattern = ""] = watchedSecretReadPatterns(["app/db"], "$.detail");
    const selectors = pattern.match(/\$[\w.]+/g);
    expect(selectors).toHaveLength(5);
    expect(selectors).toEqual(selectors?.filter((selector) => selector.startsWith("$.detail.")));
  });

  test("need no more than one for each secret, and none without secrets", () => {
    expect(watchedSecretReadPatterns(["one", "two/*", `${ARN}three-AbCdEf`], "$")).toHaveLength(3);
    expect(watchedSecretReadPatterns([], "$")).toEqual([]);
  });

  test("are left out for what another one covers", () => {
    expect(watchedSecretReadPatterns(["app/db", "app/*", "app/d*", "app/*"], "$")).toEqual(
      watchedSecretReadPatterns(["app/*"], "$"),
    );
  });

  test.each([
    [200, 1],
    [300, 2],
    [512, 3],
  ])("of a name with %i characters are %i, each short enough", (length, count) => {
    const patterns = watchedSecretReadPatterns(["x".repeat(length)], "$.detail");
    expect(patterns).toHaveLength(count);
    for (const pattern of patterns) expect(pattern.length).toBeLessThanOrEqual(1024);
  });

  test.each([["$"], ["$.detail"]] as const)("split just where 1,024 characters end, at %s", (root) => {
    const counts = [...Array(512).keys()].map((length) => watchedSecretReadPatterns(["x".repeat(length + 1)], root));
    const longestWhole = counts.findLast((patterns) => patterns.length === 1)?.[0]?.length;
    expect(longestWhole).toBeGreaterThan(1024 - 3);
    expect(longestWhole).toBeLessThanOrEqual(1024);
  });
});

describe("a read", () => {
  test.each([
    ["by name", "app/db", "app/db"],
    ["by ARN", "app/db", `${ARN}app/db-AbCdEf`],
    ["by ARN without suffix", "app/db", `${ARN}app/db`],
    ["of a secret watched by ARN, by name", `${ARN}app/db-AbCdEf`, "app/db"],
    ["of a secret watched by ARN, by ARN", `${ARN}app/db-AbCdEf`, `${ARN}app/db-AbCdEf`],
    ["of a secret watched by an ARN without suffix", `${ARN}my-secret`, "my-secret"],
    ["of a secret watched by an ARN without suffix, by ARN", `${ARN}my-secret`, `${ARN}my-secret-AbCdEf`],
    ["of one of a family, by name", "app/*", "app/db"],
    ["of one of a family, by ARN", "app/*", `${ARN}app/db-AbCdEf`],
    ["of a secret whose ARN is watched as '-*', by name", `${ARN}app/db-*`, "app/db"],
    ["of a secret whose ARN is watched as '-*', by ARN", `${ARN}app/db-*`, `${ARN}app/db-AbCdEf`],
    ["of a secret whose ARN is watched as '-*', by ARN without suffix", `${ARN}app/db-*`, `${ARN}app/db`],
    ["of any secret, when all are watched", "*", `${ARN}app/db-AbCdEf`],
  ])("%s counts once", (_how, watched, secretId) => {
    expect(matchesOf([watched], secretId)).toBe(1);
  });

  test.each([
    ["of another secret", "app/db", "app/other"],
    ["of a secret whose name only begins so", "app/db", "app/db2"],
    ["of a secret whose name only ends so", "app/db", "my/app/db"],
    ["of a secret whose name only ends so, by ARN", "app/db", `${ARN}my/app/db-AbCdEf`],
    ["of a name in other letters", "app/db", "APP/DB"],
    ["of the name before a family's slash", "app/*", "app"],
    ["of any secret by ARN, when the family looks like the beginning of an ARN", "a*", `${ARN}zoo-AbCdEf`],
  ])("%s does not count", (_how, watched, secretId) => {
    expect(matchesOf([watched], secretId)).toBe(0);
  });

  test.each([
    [["app/*", "app/db"], "app/db"],
    [["app/*", `${ARN}app/db-AbCdEf`], `${ARN}app/db-AbCdEf`],
    [["a*", "app/*", "app/db"], `${ARN}app/db-AbCdEf`],
    [["*", `${ARN}*`], `${ARN}app/db-AbCdEf`],
    [["db", "db-*"], `${ARN}db-x-AbCdEf`],
    [["x".repeat(512), `${"x".repeat(511)}*`], "x".repeat(512)],
  ])("of what %j name twice counts once", (watched, secretId) => {
    expect(matchesOf(watched, secretId)).toBe(1);
  });
});

// Few letters, so that names, families and ARNs meet often; some of them make suffixes and the beginning of "arn:".
const name = fc
  .array(fc.constantFrom("a", "ar", "arn", "b", "-", "/", "-secret", "-AbCdEf"), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(""));
const text = fc.oneof(
  name,
  name.map((prefix) => `${prefix}*`),
  fc.constant("*"),
  fc.string({ minLength: 300, maxLength: 512, unit: fc.constantFrom("a", "-") }),
);
const watchedText = fc.oneof(
  text,
  text.map((end) => ARN + end),
);
const secretId = fc.oneof(
  name,
  name.map((end) => ARN + end),
  name.map((end) => `${ARN}${end}-AbCdEf`),
);

describe("whatever is watched", () => {
  test("a read matches one pattern if it is meant, and none if not", () => {
    fc.assert(
      fc.property(fc.array(watchedText, { maxLength: 5 }), secretId, (watched, id) => {
        expect(matchesOf(watched, id)).toBe(watched.some((secret) => means(secret, id)) ? 1 : 0);
      }),
      { numRuns: 1000 },
    );
  });

  test("a pattern has at most 1,024 characters and 3 wildcards", () => {
    fc.assert(
      fc.property(fc.array(watchedText, { maxLength: 5 }), (watched) => {
        for (const pattern of watchedSecretReadPatterns(watched, "$.detail")) {
          expect(pattern.length).toBeLessThanOrEqual(1024);
          expect(pattern.split("*").length - 1).toBeLessThanOrEqual(3);
        }
      }),
    );
  });
});

test("the event bus is asked for reads of secrets, and for nothing else", () => {
  expect(WATCHED_SECRET_READS.eventPattern).toEqual({
    source: ["aws.secretsmanager"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventSource: ["secretsmanager.amazonaws.com"], eventName: ["GetSecretValue"] },
  });
});

/** What a person means by a watched secret, said another way than the patterns say it. */
function means(watched: string, id: string): boolean {
  const byArn = id.startsWith(ARN);
  const read = byArn ? id.slice(ARN.length) : id;
  const isArn = watched.startsWith(ARN);
  const secret = isArn ? watched.slice(ARN.length) : watched;

  if (secret.endsWith("*")) {
    const prefix = secret.slice(0, -1);
    return read.startsWith(prefix) || (isArn && prefix === `${read}-`);
  }
  const names = isArn ? [secret, secret.replace(/-[A-Za-z0-9]{6}$/, "")] : [secret];
  // An ARN ends in a suffix that nobody knows before.
  return names.some((candidate) => read === candidate || (byArn && read.startsWith(`${candidate}-`)));
}

/** How many of the patterns match a read, judged by just as much of the pattern language as they use. */
function matchesOf(watched: readonly string[], secretId: string): number {
  return watchedSecretReadPatterns(watched, "$").filter((pattern) => {
    const [, anySpelling = ""] = pattern.split('"GetSecretValue") && ');
    return anySpelling.split(" || ").some((spelling) =>
      [...spelling.matchAll(/secretId (=|!=) "([^"]*)"/g)].every(([, operator, value = ""]) => {
        return glob(value).test(secretId) === (operator === "=");
      }),
    );
  }).length;
}

function glob(text: string): RegExp {
  return new RegExp(
    `^${text
      .split("*")
      .map((part) => part.replace(/[.+/]/g, "\\$&"))
      .join(".*")}$`,
  );
}
