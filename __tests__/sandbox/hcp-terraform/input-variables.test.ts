import { inputVariables } from "../../../sandbox/hcp-terraform/runs/input-variables";

test("text is no template, and keeps its backslashes; expressions stay; the last of a name wins", () => {
  const variables = [
    { key: "a", value: "first", hcl: false },
    { key: "b", value: '${x} %{y} "q" \\b \\f', hcl: false },
    { key: "c", value: '["one"]', hcl: true },
    { key: "a", value: "last\b\n", hcl: false },
  ];
  expect(inputVariables(variables)).toBe(
    ['a = "last\\u0008\\n"', 'b = "$${x} %%{y} \\"q\\" \\\\b \\\\f"', 'c = ["one"]', ""].join("\n"),
  );
});
