import { apiCall } from "../../../detections/example-record";
import { Evaluator, readDeployment, replay } from "../../../signals";
import { reasonOf } from "../../../signals/records/read-chunks";
import { Scanner } from "../../../signals/replay/prefilter/scanner";
import { folderOf, stackWith, trail } from "../deployment/terraform-folder";

const withCode = (error: Error, code: string): Error => Object.assign(error, { code });

test.each([
  [withCode(new Error("incorrect header check"), "Z_DATA_ERROR"), "damaged gzip"],
  [withCode(new Error("Premature close"), "ERR_STREAM_PREMATURE_CLOSE"), "Premature close"],
  [new RangeError("Maximum call stack size exceeded"), "Maximum call stack size exceeded"],
])("%s is about the file", (error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});

test.each([new TypeError("x is not a function"), new ReferenceError("x is not defined"), "no error"])(
  "%s is a bug, and about no file",
  (thrown) => {
    expect(() => reasonOf(thrown)).toThrow();
  },
);

test.each(["not parsed", "parsed"])("a bug while records are %s ends the replay, and is about no file", async (how) => {
  const archive = folderOf({ "a.json": { Records: [apiCall("kms", "DisableKey")] } });
  const evaluator = new Evaluator(readDeployment(folderOf({ "main.tf.json": stackWith(trail()) })));
  const bug = (): never => {
    throw new TypeError("x is not a function");
  };
  jest.spyOn(evaluator, "add").mockImplementation(bug);
  jest.spyOn(Scanner.prototype, "scan").mockImplementation(bug);
  await expect(replay(evaluator, [archive], how === "parsed" ? { onEvent: () => undefined } : {})).rejects.toThrow(
    TypeError,
  );
  expect(evaluator.report().unreadable).toEqual([]);
});
