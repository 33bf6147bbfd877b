import { byText } from "../../../lib/support/by-text";

test("computes once for a text, and again after an error", () => {
  const asked: string[] = [];
  const lengthOf = byText((text) => {
    asked.push(text);
    if (text === "bad") throw new Error("no");
    return { length: text.length };
  });
  expect(lengthOf("a")).toBe(lengthOf("a"));
  expect(lengthOf("ab")).toEqual({ length: 2 });
  expect(() => lengthOf("bad")).toThrow("no");
  expect(() => lengthOf("bad")).toThrow("no");
  expect(asked).toEqual(["a", "ab", "bad", "bad"]);
});

test("keeps at most a thousand results", () => {
  const asked: string[] = [];
  const same = byText((text) => {
    asked.push(text);
    return text;
  });
  for (let number = 0; number < 1000; number += 1) same(String(number));
  same("0");
  expect(asked).toHaveLength(1000);
  same("1000");
  same("0");
  expect(asked).toHaveLength(1002);
});
