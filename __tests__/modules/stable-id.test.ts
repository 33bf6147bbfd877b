import { stableId } from "../../modules/stable-id";

test("an id is pinned: a different id would replace deployed resources", () => {
  expect(stableId("email", "security@example.com")).toBe("email-786906db");
});

test.each([
  ["a.b", "ab"],
  ["a/b", "a--b"],
  ["A", "a"],
])("'%s' and '%s', which cdktf or people take for one, get two ids", (one, other) => {
  expect(stableId("secret", one)).not.toBe(stableId("secret", other));
});

test("the same value gets an id for each kind of thing", () => {
  expect(stableId("email", "x")).not.toBe(stableId("https", "x"));
});

test("an id contains only characters that cdktf keeps", () => {
  expect(stableId("secret", "payments/database password")).toMatch(/^secret-[0-9a-f]{8}$/);
});
