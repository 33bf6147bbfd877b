import { byObject } from "../../../lib/support/by-object";

test("computes once for an object, and again after an error", () => {
  const asked: string[] = [];
  const lengthOf = byObject(({ text }: { readonly text: string }) => {
    asked.push(text);
    if (text === "bad") throw new Error("no");
    return { length: text.length };
  });
  const [good, bad] = [{ text: "a" }, { text: "bad" }];
  expect(lengthOf(good)).toBe(lengthOf(good));
  expect(lengthOf({ text: "a" })).toEqual({ length: 1 });
  expect(() => lengthOf(bad)).toThrow("no");
  expect(() => lengthOf(bad)).toThrow("no");
  expect(asked).toEqual(["a", "a", "bad", "bad"]);
});
