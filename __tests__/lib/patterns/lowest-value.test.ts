import { lowestValueExpression, restOfLowestValue } from "../../../lib/patterns/lowest-value";

test.each([0, 1, -2, 0.5])("an expression for the lowest value names what a missing value counts as: %p", (rest) => {
  expect(restOfLowestValue(lowestValueExpression(rest))).toBe(rest);
});

test.each([
  "MIN(METRICS())",
  "MAX(FILL(METRICS(), 1))",
  "MIN(FILL(METRICS(), REPEAT))",
  "MIN(FILL(METRICS(), 1)) + 1",
  "",
])("%p is another expression", (expression) => {
  expect(restOfLowestValue(expression)).toBeUndefined();
});
