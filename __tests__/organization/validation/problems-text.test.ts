import { OrganizationError, type Problem } from "../../../organization/validation/problem";

const problem = (file: string, changes: Partial<Problem> = {}): Problem => ({
  ...{ property: "feed", rule: "be one of a, b", value: "c", file, line: 3, column: 7 },
  ...changes,
});
const textOf = (problems: readonly Problem[]) => new OrganizationError(problems).message.split("\n");

test("a mistake of 300 files is stated once, with the first places", () => {
  const problems = Array.from({ length: 300 }, (_, at) => problem(`accounts/${at}.yaml`));
  expect(textOf(problems)).toEqual([
    "'feed' must be one of a, b, got 'c' (at accounts/0.yaml:3:7, accounts/1.yaml:3:7, accounts/2.yaml:3:7 and 297 more)",
  ]);
});

test("values that differ are shown with their places", () => {
  const problems = ["w", "x", "y", "z"].map((value) => problem(`${value}.yaml`, { value, hint: "see the docs" }));
  expect(textOf(problems)).toEqual([
    "'feed' must be one of a, b, got 'w' (at w.yaml:3:7), 'x' (at x.yaml:3:7), 'y' (at y.yaml:3:7) and 1 more; see the docs",
  ]);
});

test("few problems stay as they are", () => {
  expect(textOf([problem("a.yaml"), problem("b.yaml"), problem("c.yaml")])).toHaveLength(3);
});

test("with many, what to fix first is what all accounts use, else the mistake of most files", () => {
  const others = ["v", "w", "x", "y", "z"].map((property) => problem("a.yaml", { property }));
  const many = ["1", "2", "3", "4"].map((name) => problem(`${name}.yaml`));
  expect(textOf([...others, ...many]).at(-1)).toBe("Do first: 'feed', which is wrong in 4 places.");
  const ofAll = problem("accounts/organization.yaml", { property: "trail.name" });
  expect(textOf([...others, ...many, ofAll]).at(-1)).toBe(
    "Do first: 'trail.name' (at accounts/organization.yaml:3:7), which all accounts use.",
  );
  expect(textOf(others.slice(1))).toHaveLength(4);
  expect(textOf([...others, problem("b.yaml")])).toHaveLength(6);
});
