import fc from "fast-check";
import { apiCall } from "../../../detections/example-record";
import { filterPatterns } from "../../../detections/filter-pattern";
import { readsOf } from "../../../detections/packs/secrets/watched-secrets";
import { predicate } from "../../../detections/predicate";
import { compileFilterPattern } from "../../../signals";

const ARN = "arn:aws:secretsmanager:eu-west-1:333333333333:secret:";

describe("conditions", () => {
  test("name a secret by its name, by its ARN and by its ARN without the suffix", () => {
    expect(readsOf(["app/db"]).flatMap((condition) => filterPatterns(condition, "$"))).toEqual([
      '{ $.eventSource = "secretsmanager.amazonaws.com" && $.eventName = "GetSecretValue" && ' +
        '($.requestParameters.secretId = "app/db" || ' +
        '$.requestParameters.secretId = "*:secret:app/db" || ' +
        '$.requestParameters.secretId = "*:secret:app/db-*") }',
    ]);
  });

  test("need no more than one for each secret, and none without secrets", () => {
    expect(readsOf(["one", "two/*", `${ARN}three-AbCdEf`])).toHaveLength(3);
    expect(readsOf([])).toEqual([]);
  });

  test("are left out for what another one covers", () => {
    expect(readsOf(["app/db", "app/*", "app/d*", "app/*"])).toEqual(readsOf(["app/*"]));
  });

  test.each([
    [180, 1],
    [181, 2],
    [275, 2],
    [276, 3],
    [512, 3],
  ])("of a name with %i characters are %i", (length, count) => {
    expect(readsOf(["x".repeat(length)])).toHaveLength(count);
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
    expect(timesMet([watched], secretId)).toBe(1);
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
    expect(timesMet([watched], secretId)).toBe(0);
  });

  test.each([
    [["app/*", "app/db"], "app/db"],
    [["app/*", `${ARN}app/db-AbCdEf`], `${ARN}app/db-AbCdEf`],
    [["a*", "app/*", "app/db"], `${ARN}app/db-AbCdEf`],
    [["*", `${ARN}*`], `${ARN}app/db-AbCdEf`],
    [["db", "db-*"], `${ARN}db-x-AbCdEf`],
    [["x".repeat(512), `${"x".repeat(511)}*`], "x".repeat(512)],
  ])("of what %j name twice counts once", (watched, secretId) => {
    expect(timesMet(watched, secretId)).toBe(1);
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
  fc.string({ minLength: 150, maxLength: 512, unit: fc.constantFrom("a", "-") }),
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
  test("a read meets one condition if it is meant, and none if not", () => {
    fc.assert(
      fc.property(fc.array(watchedText, { maxLength: 5 }), secretId, (watched, id) => {
        expect(timesMet(watched, id)).toBe(watched.some((secret) => means(secret, id)) ? 1 : 0);
      }),
      { numRuns: 300 },
    );
  });

  test("CloudWatch says the same, in patterns with room for an ignore", () => {
    fc.assert(
      fc.property(fc.array(watchedText, { maxLength: 5 }), secretId, (watched, id) => {
        const patterns = readsOf(watched).flatMap((condition) => filterPatterns(condition, "$.detail"));
        const event = JSON.stringify({ detail: read(id) });
        expect(patterns.filter((pattern) => compileFilterPattern(pattern).matches(event))).toHaveLength(
          timesMet(watched, id),
        );
        for (const pattern of patterns) expect(pattern.length).toBeLessThanOrEqual(1024 - 150);
      }),
    );
  });
});

/** What a person means by a watched secret, said another way than the conditions say it. */
function means(watched: string, id: string): boolean {
  const byArn = id.startsWith(ARN);
  const name = byArn ? id.slice(ARN.length) : id;
  const isArn = watched.startsWith(ARN);
  const secret = isArn ? watched.slice(ARN.length) : watched;

  if (secret.endsWith("*")) {
    const prefix = secret.slice(0, -1);
    return name.startsWith(prefix) || (isArn && prefix === `${name}-`);
  }
  const names = isArn ? [secret, secret.replace(/-[A-Za-z0-9]{6}$/, "")] : [secret];
  // An ARN ends in a suffix that nobody knows before.
  return names.some((candidate) => name === candidate || (byArn && name.startsWith(`${candidate}-`)));
}

function timesMet(watched: readonly string[], id: string): number {
  return readsOf(watched).filter((condition) => predicate(condition)(read(id))).length;
}

function read(id: string): ReturnType<typeof apiCall> {
  return apiCall("secretsmanager", "GetSecretValue", { requestParameters: { secretId: id } });
}
