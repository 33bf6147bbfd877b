import { entryIds } from "../../../signals/tuning/noise-entries";

const entry = (equals: string) => ({ field: "errorCode", equals }) as const;

test("an id is of what is ignored, whatever else is listed, in whichever order", () => {
  const [id] = entryIds("a", "d", [entry("X")]);
  expect(id).toMatch(/^a\/d\/[0-9a-f]{6}$/);
  expect(entryIds("a", "d", [entry("Y"), entry("X")])[1]).toBe(id);
  expect(entryIds("b", "d", [entry("X")])[0]?.split("/")[2]).not.toBe(id?.split("/")[2]);
});

test("ids are longer where they would be the same, and only there", () => {
  const ids = entryIds("a", "d", [entry("E1171"), entry("E4966"), entry("X")]);
  expect(ids[0]).toMatch(/^a\/d\/679e24[0-9a-f]$/);
  expect(ids[1]).toMatch(/^a\/d\/679e24[0-9a-f]$/);
  expect(ids[0]).not.toBe(ids[1]);
  expect(ids[2]).toMatch(/^a\/d\/[0-9a-f]{6}$/);
});
