import fc from "fast-check";
import { KeySet } from "../../../signals/metrics/seen-events";
import { MinuteSet } from "../../../signals/metrics/minute-set";

test("a set of keys holds what a set of their texts would", () => {
  const word = fc.constantFrom(0, 1, -1, 8, 16, 0x7fffffff);
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word), { maxLength: 20 }), ([...keys]) => {
      const set = new KeySet();
      // Two zeros mark a free place, so that this key is taken for its neighbour.
      const text = ([high, low]: readonly [number, number]): string => `${high} ${high === 0 && low === 0 ? 1 : low}`;
      const texts = new Set<string>();
      for (const key of keys) {
        expect(set.has(...key)).toBe(texts.has(text(key)));
        set.add(...key);
        texts.add(text(key));
        expect(set.size).toBe(texts.size);
      }
    }),
  );
});

test("a set of no keys has none", () => {
  expect(new KeySet().has(0, 0)).toBe(false);
});

test("a set of keys holds all of them when it has grown", () => {
  const set = new KeySet();
  // Multiples of 64, for which few bits of the first word choose a place.
  const keys = Array.from({ length: 5000 }, (_, number): [number, number] => [64 * (number >> 2), number + 1]);
  for (const key of keys) set.add(...key);
  for (const key of keys) set.add(...key);
  expect(set.size).toBe(5000);
  expect(keys.filter((key) => !set.has(...key))).toEqual([]);
  expect([set.has(64, 0), set.has(-64, 1), set.has(0, 5001)]).toEqual([false, false, false]);
});

test("a set of keys that was cleared has none, and takes new ones", () => {
  const set = new KeySet();
  for (let key = 0; key < 2000; key += 1) set.add(key, 1);
  set.clear();
  expect([set.size, set.has(7, 1)]).toEqual([0, false]);
  set.add(7, 1);
  expect([set.size, set.has(7, 1), set.has(8, 1)]).toEqual([1, true, false]);
});

test("a set of minutes holds whole minutes, before 1970 too", () => {
  const minutes = new MinuteSet();
  const times = ["1969-12-31T23:59:00Z", "2026-01-15T00:00:00Z", "2026-01-15T23:59:00Z"].map((text) =>
    Date.parse(text),
  );
  for (const time of times) minutes.add(time + 59_999);
  expect([...minutes]).toEqual(times);
  for (const time of times) {
    expect([time - 1, time, time + 59_999, time + 60_000].map((near) => minutes.has(near))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  }
});
