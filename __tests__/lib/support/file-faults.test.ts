import { byReason, filesText, remedyOf } from "../../../lib/support/file-faults";

const faults = (reason: string, ...files: string[]) => files.map((file) => ({ file, reason }));

test("each reason once with its files, most files first; only the first files are listed", () => {
  const many = Array.from({ length: 7 }, (_, at) => `${at}.gz`);
  const groups = byReason([
    ...faults("empty", "e"),
    ...faults("truncated gzip", ...many),
    ...faults("empty", "\u001b[31m"),
  ]);
  expect(groups.map(({ reason }) => reason)).toEqual(["truncated gzip", "empty"]);
  expect(groups.map(({ files }) => filesText(files))).toEqual([
    "7 files (0.gz, 1.gz, 2.gz, 3.gz, 4.gz and 2 more)",
    "e, \\u{1b}[31m",
  ]);
});

test("says what to do about the reason of the most files, unless the reason says it", () => {
  const remedy = (reason: string, ...files: string[]) =>
    remedyOf(byReason([...faults(reason, ...files), ...faults("a link that leads back to itself", "z")]));
  expect(remedy("truncated gzip", "a", "b")).toBe("copy the 2 files again, because content is missing");
  expect(remedy("not JSON: it ends in the middle", "a")).toBe("copy a again, because content is missing");
  expect(remedy("empty", "a")).toBe("copy a again, because content is missing");
  expect(remedy("no permission to read it", "a")).toBe("change the permissions of a, or run this as the owner");
  expect(remedy("not CloudTrail: a list must hold records", "a", "b")).toBe(
    "leave out the 2 files, because only CloudTrail records in JSON are read",
  );
  expect(remedy("not JSON: a table, '+--+'; run the AWS CLI with '--output json'", "a")).toBeUndefined();
  expect(remedyOf(byReason(faults("a link that leads back to itself", "z")))).toBeUndefined();
  expect(remedyOf([])).toBeUndefined();
});
