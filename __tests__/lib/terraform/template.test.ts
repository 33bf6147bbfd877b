import { templateOfJson } from "../../../lib/terraform/template";

test.each(["$states.input", String.raw`$5 \$ "$" $$`, "no dollar"])(
  "JSON in a template has the same value without a bare dollar: %s",
  (value) => {
    expect(templateOfJson({ $key: value })).not.toContain("$");
    expect(JSON.parse(templateOfJson({ $key: value }))).toEqual({ $key: value });
  },
);

test("expressions of Terraform, and text that is escaped for it, stay", () => {
  expect(templateOfJson(["${aws_sqs_queue.b.arn}", "$${c}", "$$${d}"])).toBe(
    String.raw`["\${aws_sqs_queue.b.arn}","$\${c}","\u0024$\${d}"]`.replaceAll(String.raw`\$`, "$"),
  );
});
