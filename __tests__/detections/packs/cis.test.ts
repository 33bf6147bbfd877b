import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { VerbatimDetection } from "../../../detections/detection";
import { access } from "../../../detections/packs/access";
import { cis } from "../../../detections/packs/cis";

const detections = cis.detections.filter((detection): detection is VerbatimDetection => "patterns" in detection);

/** SHA-256 of each pattern, in the order of the sections: checkers compare bytes, and so do we. */
const VERBATIM: readonly (readonly string[])[] = [
  ["466f930215a099229f4697788aec9818572ae514a45943496173735d1f359a08"],
  ["0e75d5219d240f953e81dd6e39fdaa2e8ddf7576ec12db6f828250f8f734dfd4"],
  ["6a0b7f784762869e1dee3b7c7d853e4bbfbd98b8122a937e93bf7a7c672aaf9c"],
  [
    "a90c2deef55376fd69503cede11540285b735afd316042c4956612b62d904f02",
    "d1ebb2d6b7d7ae813ade3ef164e3144e2d55d2c8af81a17a5a18368d9a5a052f",
  ],
  ["037532dd537f0b35d84b7c9944d52d26bdad507eeacf1db984d873a903546ca9"],
  ["bcfb694063da6d427790e2194fd357850cf56aca4caf27b1d2831606f9dfafcf"],
  ["c7fbbaef305dcd3538f4ef01da163b633f8243a55b40fa6a69ec7140db5731f9"],
  ["d85ab6c6d49ecdafa1a70004819f25c7fb52e54397f3331b0c8533ebe7742f1c"],
  ["8b70feeb359142ce61c7a834d4e6fa74f5161183f4b2bc4bc3db29f6d642e924"],
  [
    "c6576bd66d8e6515610ecb9e59623208def2ba90a3907964b3505f0fa1554a79",
    "41d5d63eeca5f2c4265c25b2e5490cf617c302972c7be354685cebd66f413f13",
  ],
  ["031a82d4527c2b9e6ca5ba09ab1f1facce577d1be20796cef72fa64e1731f7ca"],
  ["c75ebb0b7f8941a66a9475b214a79478c7d26a44940ba68e652cfab1b7967c0f"],
  [
    "bf5bbf2bf4b4d3b5f9ea03c4aea78d8f2420b325cd5ac49b1014e1ee74f5f7ea",
    "f599187c59cd91a66664b5039847ad45e10419bb0c7170d670e30eee07eb4182",
  ],
  ["f447626dc43e393e423bc77650566ff420ea2f12d86d12a595aa9123f385d594"],
  ["eb1d4aba42895d96a8b3f1aed77e1b42dc7be2290369eeee02f293bc075d22b8"],
];

test("no byte of a pattern has changed", () => {
  const sha256 = (pattern: string) => createHash("sha256").update(pattern).digest("hex");
  expect(detections.map(({ patterns }) => patterns.map(sha256))).toEqual(VERBATIM);
});

test("all fifteen monitoring controls are there, verbatim, in order", () => {
  const sections = [...Array(15).keys()].map((index) => `4.${index + 1}`);
  expect(cis.detections).toHaveLength(15);
  expect(detections.map(({ id }) => id.split("-").slice(1, 3).join("."))).toEqual(sections);
  expect(detections.map(({ references }) => references.cis)).toEqual(sections.map((section) => [section]));
});

test("each notifies quietly, of one event in five minutes, as CIS and Security Hub prescribe", () => {
  for (const { severity, threshold, periodSeconds, evaluationPeriods, scope } of detections) {
    expect(["medium", "low"]).toContain(severity);
    expect({ threshold, periodSeconds, evaluationPeriods }).toEqual({
      threshold: 1,
      periodSeconds: 300,
      evaluationPeriods: 1,
    });
    expect(scope).toBe("account");
  }
});

test("a runbook points to the twin to tune, which is in pack access unless pack guard has it", () => {
  const ids = access.detections.map(({ id }) => id);
  const twins = detections.flatMap(({ tunedTwin }) => tunedTwin ?? []);
  expect(twins.filter((twin) => !ids.includes(twin))).toEqual(["trail-changed"]);
  for (const { runbook, tunedTwin } of detections) {
    expect(runbook.tuning).toContain(tunedTwin === undefined ? "Turn it off" : `\`${tunedTwin}\``);
  }
});

const SHARED = join(__dirname, "..", "..", "..", "..", "shared");
const withShared = existsSync(join(SHARED, "facts", "cis-patterns.json")) ? describe : describe.skip;

withShared("against ../shared (skipped without it)", () => {
  test("each pattern is Security Hub's, byte for byte", () => {
    const facts = JSON.parse(readFileSync(join(SHARED, "facts", "cis-patterns.json"), "utf8")) as {
      readonly detections: Readonly<Record<string, { readonly security_hub_pattern: string | null }>>;
    };
    const prescribed = Object.values(facts.detections).map((detection) => detection.security_hub_pattern);
    expect(detections.map(({ patterns }) => patterns[0]).slice(0, 14)).toEqual(prescribed.slice(0, 14));
    expect(prescribed[14]).toBeNull();
  });

  test("4.4 and 4.13 have the benchmark's own text too", () => {
    const facts = JSON.parse(readFileSync(join(SHARED, "facts", "cis-patterns.json"), "utf8")) as {
      readonly detections: Readonly<Record<string, { readonly cis_text: Readonly<Record<string, readonly string[]>> }>>;
    };
    // The benchmark's versions differ in blanks only.
    const withoutBlanks = (text = "") => text.replaceAll(" ", "");
    for (const control of ["4.4", "4.13"]) {
      const own = detections.find(({ references }) => references.cis?.some((number) => number === control))?.patterns;
      const texts = Object.values(facts.detections[control]?.cis_text ?? {}).flatMap(([first]) => first ?? []);
      expect(texts.length).toBeGreaterThan(0);
      expect(new Set(texts.map(withoutBlanks))).toEqual(new Set([withoutBlanks(own?.[1])]));
    }
  });

  test("4.15, for which Security Hub has no control, is the one that passes Prowler old and new", () => {
    const recommended = /### 2\.4 [^`]*```text\n(.*)\n```/.exec(
      readFileSync(join(SHARED, "facts", "users-ask.md"), "utf8"),
    );
    expect(detections[14]?.patterns).toEqual([recommended?.[1]]);
  });
});
