import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { MEMBER, accountsFolder, complaints, complaintsAbout, load } from "../accounts-folder";

// What a YAML parser reads otherwise than the author sees it is rejected, as a setting that is lost is.
const member = (text: string) => complaints({ "workloads.yaml": text });

describe("a text that YAML parsers read differently", () => {
  test.each([
    ["UTF-16", Buffer.from(`\ufeff${MEMBER}`, "utf16le"), "be UTF-8 text"],
    ["UTF-16 without a mark", Buffer.from(MEMBER, "utf16le"), "hold no control characters"],
    ["Latin 1", Buffer.from(`${MEMBER}# caf\u00e9\n`, "latin1"), "be UTF-8 text"],
    ["an escape in a comment", Buffer.from(`${MEMBER}# \u001b[31m\n`), "hold no control characters"],
    ["a setting behind a comment and CR", Buffer.from(`${MEMBER}# more\rfeed: account-trail\n`), "end its lines with"],
  ])("%s", (_, bytes, rule) => {
    const folder = accountsFolder();
    writeFileSync(join(folder, "workloads.yaml"), bytes);
    expect(complaintsAbout(folder)).toEqual([expect.stringContaining(`'workloads.yaml' must ${rule}`)]);
  });

  test.each([
    ["a byte order mark", `\ufeff${MEMBER}feed: account-trail\n`],
    ["lines that end as on Windows", `${MEMBER}feed: account-trail\n`.replaceAll("\n", "\r\n")],
    ["YAML 1.2 that says so", `%YAML 1.2\n---\n${MEMBER}feed: account-trail\n`],
  ])("is not one with %s", (_, text) => {
    expect(load({ "workloads.yaml": text }).accounts.find(({ name }) => name === "workloads")?.feed).toBe(
      "account-trail",
    );
  });

  test("in YAML 1.1, in which 'no' is false", () => {
    expect(member(`%YAML 1.1\n---\n${MEMBER}changeWindows: no\n`)).toEqual([
      "'workloads.yaml' must be YAML 1.2, as the schemas are for, got '%YAML 1.1' (at workloads.yaml:1:1); remove the directive '%YAML 1.1'",
    ]);
  });
});

describe("a key that is not a string", () => {
  test.each([
    ["0x1F", "31"],
    ["012", "12"],
    ["1.0", "1"],
    ["True", "true"],
    ["~", "null"],
    ["null", "null"],
    ["? [a]", "a list or a map"],
  ])("%s", (key, read) => {
    expect(member(`${MEMBER}accountTags:\n  ${key}: b\n`.replace("]:", "]\n  :"))).toEqual(
      [expect.stringContaining(`must have keys that are text, got '${key.replace(/\]$/, "]")}`) as string].map(
        () => expect.stringContaining(`put the key in quotes: YAML reads it as ${read}`) as string,
      ),
    );
  });

  test("is right where it reads as it is written", () => {
    const { accounts } = load({ "workloads.yaml": `${MEMBER}accountTags: {12: a, true: b, "012": c}\n` });
    const tags = accounts.find(({ name }) => name === "workloads")?.accountTags;
    expect(tags).toEqual({ "12": "a", true: "b", "012": "c" });
  });

  test("nor is an alias, behind which a key could be given twice", () => {
    expect(member(`${MEMBER}accountTags: {&x a: b, *x : c}\n`)).toEqual([
      expect.stringContaining("YAML reads it as what its alias stands for"),
    ]);
  });

  test("and '__proto__' is none that a map would keep", () => {
    expect(member(`${MEMBER}accountTags: {__proto__: a}\n`)).toEqual([
      expect.stringContaining("must have no key '__proto__'"),
    ]);
  });
});

test("an alias within what it stands for", () => {
  expect(member(`${MEMBER}packs: &p [*p]\n`)).toEqual([
    "'workloads.yaml' must be valid YAML, got 'packs: &p [*p]' (at workloads.yaml:4:12); '*p' is within '&p'",
  ]);
});

test("a number or a flag in quotes: what is shown does not contradict the rule", () => {
  for (const line of ['logRetentionDays: "365"', 'changeWindows: "true"', "logRetentionDays: !!str 365"]) {
    expect(member(`${MEMBER}${line}\n`)).toEqual([expect.stringMatching(/; write it without quotes: YAML reads text/)]);
  }
  expect(member(`${MEMBER}logRetentionDays: 366\n`)[0]).not.toContain("quotes");
});

test("a folder that is named as an account's file", () => {
  expect(complaints({ "team.yaml/a.txt": "" })).toEqual([
    "'team.yaml' must be a readable file, got 'EISDIR' (at team.yaml:1:1); it is a folder, and its name that of an account's file: rename it",
  ]);
});

describe("text that would reach AWS changed", () => {
  const described = (text: string) =>
    member(`${MEMBER}secrets: {create: [{name: a, description: ${JSON.stringify(text)}}]}\n`);

  test.each([
    ["half of a character", "a\ud800", "not hold half of a character"],
    ["a control character", "a\u001bb", "not hold control characters"],
    ["decomposed letters", "cafe\u0301", "be in Unicode's form NFC"],
  ])("%s", (_, text, rule) => {
    expect(described(text)).toEqual([expect.stringContaining(`description' must ${rule}`)]);
  });

  test("is rejected if Terraform does not preserve it", () => {
    expect(described("a\tb\nc caf\u00e9 \u{1f600} \u202e")).toEqual([]);
  });

  test("is accepted in a name of AWS Organizations, which is only compared", () => {
    expect(member(`${MEMBER}organizationalUnit: "cafe\u0301 \\e"\n`)).toEqual([]);
  });
});
