import { spellingOnce } from "../../../stacks/synthesis/faster-names";

function counting() {
  const asked: unknown[] = [];
  const spell = spellingOnce((object) => {
    asked.push(object);
    return Object.fromEntries(Object.keys(object as object).map((key) => [key.toUpperCase(), "by cdktf"]));
  });
  return { asked, spell };
}

test("one level of scalars and lists keeps its values, and each name is converted once", () => {
  const { asked, spell } = counting();
  const flat = { count: 1, dependsOn: ["a"], provider: undefined };
  expect(spell(flat)).toEqual({ COUNT: 1, DEPENDSON: ["a"], PROVIDER: undefined });
  expect(Object.keys(spell(flat) as object)).toEqual(["COUNT", "DEPENDSON", "PROVIDER"]);
  expect(asked).toHaveLength(3);
});

test.each<[string, unknown]>([
  ["a map within", { lifecycle: { preventDestroy: true } }],
  ["a list of maps", { list: [{ a: 1 }] }],
  ["null", { empty: null }],
  ["tags, whose keys are no names", { tags: { Name: "x" } }],
  ["a list", [1]],
  ["a token", { resolve: () => 1 }],
])("%s is cdktf's", (_what, object) => {
  const { asked, spell } = counting();
  spell(object);
  expect(asked).toEqual([object]);
});
