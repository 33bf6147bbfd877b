import { MEMBER, complaints } from "../accounts-folder";

const member = (text: string) => complaints({ "workloads.yaml": text });

describe("text that is not YAML", () => {
  test.each([
    [
      "x: [a",
      "'workloads.yaml' must be valid YAML, got 'x: [a' (at workloads.yaml:4:6); Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    [
      "x: *team",
      "'workloads.yaml' must be valid YAML, got 'x: *team' (at workloads.yaml:4:4); Unresolved alias (the anchor must be set before the alias): team",
    ],
    [
      "feed: !Ref Feed",
      "'workloads.yaml' must be valid YAML, got 'feed: !Ref Feed' (at workloads.yaml:4:7); Unresolved tag: !Ref",
    ],
    [
      "---\nname: b",
      "'workloads.yaml' must be valid YAML, got '---' (at workloads.yaml:4:1); Source contains multiple documents; please use YAML.parseAllDocuments()",
    ],
  ])("%j", (line, complaint) => {
    expect(member(MEMBER + line)).toEqual([complaint]);
  });

  test("is reported for each line, once", () => {
    const places = member("a: b: c: d\ne: f\ng: h: i\n").map((complaint) => /:\d+:\d+(?=\))/.exec(complaint)?.[0]);
    expect(places).toEqual([":1:4", ":3:4"]);
  });

  test("does not hide problems of another account", () => {
    const changes = { "workloads.yaml": "a: b: c", "management.yaml": "name: management\nrole: management\n" };
    expect(complaints(changes)).toEqual([
      "'id' must be given, got nothing (at management.yaml:1:1)",
      expect.stringContaining("'workloads.yaml' must be valid YAML"),
    ]);
  });

  test("does not crash, however deeply nested", () => {
    expect(member("[".repeat(50_000))).toEqual([expect.stringMatching(/^'workloads\.yaml' must be valid YAML/)]);
  });

  test("does not crash if aliases multiply", () => {
    const rows = ["a: &r0 [x]"];
    for (let row = 1; row < 10; row++)
      rows.push(
        `k${row}: &r${row} [${Array(10)
          .fill(`*r${row - 1}`)
          .join()}]`,
      );
    expect(member(rows.join("\n"))).toEqual([expect.stringContaining("Excessive alias count")]);
  });
});

describe("a key given twice", () => {
  test("is rejected where it is repeated, and the rest is still checked", () => {
    expect(
      member(`${MEMBER}detections:\n  watched-secret-reads:\n    threshold: 0\n    threshold: 2\nrole: membre\n`),
    ).toEqual([
      "'detections.watched-secret-reads.threshold' must be given once, got 'threshold: 2' (at workloads.yaml:7:5)",
      "'role' must be given once, got 'role: membre' (at workloads.yaml:8:1)",
      "'role' must be one of management, log-archive, member, got 'membre' (at workloads.yaml:8:7); did you mean 'member'?",
    ]);
  });

  test("is reported with its index in a list", () => {
    expect(member(`${MEMBER}secrets:\n  create:\n    - name: A\n    - name: B\n      name: C\n`)).toEqual([
      "'secrets.create[1].name' must be given once, got 'name: C' (at workloads.yaml:8:7)",
    ]);
  });
});

test("positions count lines with Windows line endings", () => {
  expect(member(MEMBER.replaceAll("\n", "\r\n").replace("member", "membre"))).toEqual([
    expect.stringContaining("got 'membre' (at workloads.yaml:3:7)"),
  ]);
});
