import { isSame, meaningOf } from "../../adoption/filters/meaning";
import { recognizedControl } from "../../adoption/filters/recognize";
import { cis } from "../../detections/packs/cis";

const ROOT = '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}';

test.each(cis.detections.map((detection) => [detection.id, detection] as const))(
  "the pack's own pattern of %s is recognized, in another notation too",
  (id, detection) => {
    const [pattern = "", second] = "patterns" in detection ? detection.patterns : [];
    const found = recognizedControl(pattern.replaceAll(/"([\w.*]+)"/g, "$1").replaceAll(/([|&]{2})/g, "  $1\n"));
    expect(found).toEqual({ detection: id, relation: second === undefined ? "same" : "narrower" });
  },
);

test("the controls in wordings of other tools are recognized", () => {
  const of = (pattern: string) => recognizedControl(pattern);
  // Log delivery left out, as in modules of Terraform.
  expect(
    of(
      '{(($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ' +
        '(($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket"))}',
    ),
  ).toEqual({ detection: "cis-4-1-unauthorized-api-calls", relation: "narrower" });
  // Version 1.2 of the benchmark.
  expect(of('{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }')).toEqual({
    detection: "cis-4-2-console-sign-in-without-mfa",
    relation: "wider",
  });
  // Without the service, as in versions 1.2 to 3.0.
  expect(
    of(
      "{($.eventName=CreateTrail)||($.eventName=UpdateTrail)||($.eventName=DeleteTrail)||($.eventName=StartLogging)||($.eventName=StopLogging)}",
    )?.detection,
  ).toBe("cis-4-5-cloudtrail-changes");
  // Records in the events of EventBridge.
  expect(of(ROOT.replaceAll("$.", "$.detail."))).toEqual({ detection: "cis-4-3-root-user-usage", relation: "same" });
});

test("other patterns are not recognized", () => {
  for (const pattern of [
    "",
    "ERROR",
    "[ip, user]",
    '{ $.level = "error" }',
    '{ $.eventName = "RunInstances" }',
    "{ broken",
  ]) {
    expect(recognizedControl(pattern)).toBeUndefined();
  }
});

test.each([
  ["{ ($.a = 1 || $.b = 2) && $.c = 3 }", "{ ($.c=3 && $.b=2) || ($.a=1 && $.c=3) }", true],
  ["{ $.a = 1 || ($.a = 1 && $.b = 2) }", "{ $.a = 1 }", true],
  ['{ $.a.b = "x" }', "{ ($.a.['b'] = x) }", true],
  ["{ ($.a = 1 || $.b = 2) && $.c = 3 }", "{ $.a = 1 || ($.b = 2 && $.c = 3) }", false],
  ["{ $.a = 1 }", "{ $.a != 1 }", false],
  ["{ $.a = 1 }", '{ $.a = "1" }', false],
])("%s and %s: the same is %s", (one, other, same) => {
  expect(isSame(meaningOf(one) ?? [], meaningOf(other) ?? [])).toBe(same);
});

test("a pattern of too many alternatives has no meaning", () => {
  const groups = Array.from({ length: 12 }, (_, index) => `($.a = ${index} || $.b = ${index})`);
  expect(meaningOf(`{ ${groups.join(" && ")} }`)).toBeUndefined();
});
