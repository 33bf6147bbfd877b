import { GroupedLines } from "../../../sandbox/scenarios/grouped-lines";

const line = (start: string, summary: string) => ({ start, summary, key: summary });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function lines() {
  const printed: string[] = [];
  return { printed, grouped: new GroupedLines((text) => printed.push(text)) };
}

test("lines that repeat within a moment are printed once, with their number, at the first one's time", () => {
  const { printed, grouped } = lines();
  grouped.add(line("14:00:00 ", "a read"));
  grouped.add(line("14:00:00 ", "a filter matches"));
  grouped.add(line("14:00:01 ", "a read"));
  expect(printed).toEqual([]);
  jest.advanceTimersByTime(400);
  expect(printed).toEqual(["14:00:00 2 × a read", "14:00:00 a filter matches"]);
});

test("a line that comes later begins another group, and nothing is printed twice", () => {
  const { printed, grouped } = lines();
  grouped.add(line("14:00:00 ", "a read"));
  jest.advanceTimersByTime(400);
  grouped.add(line("14:00:02 ", "a read"));
  grouped.flush();
  grouped.flush();
  jest.advanceTimersByTime(1000);
  expect(printed).toEqual(["14:00:00 a read", "14:00:02 a read"]);
});
