import { Command } from "commander";
import { addEvaluationOptions, threadsOf, timesOf, type EvaluationOptions } from "../../../cli/evaluation/options";

const options = (...args: string[]) => {
  const command = addEvaluationOptions(new Command("evaluate"));
  command.parse(["records.json", ...args], { from: "user" });
  return command.opts<EvaluationOptions>();
};
const times = (...args: string[]) => timesOf(options(...args));

test("two million records are evaluated by one thread, unless more are requested", () => {
  const bytes = 350e6;
  expect(threadsOf(options()).startBytes).toBeGreaterThan(bytes);
  expect(threadsOf(options("--workers", "2")).workers).toBe(2);
  expect(threadsOf(options("--workers", "2")).startBytes).toBeLessThan(bytes);
});

test.each([
  ["2026-01-15", "2026-01-15T00:00:00.000Z"],
  ["2026-01-15T09:30:00Z", "2026-01-15T09:30:00.000Z"],
  ["2026-01-15T09:30+02:00", "2026-01-15T07:30:00.000Z"],
])("%s is a time, independent of the local time zone", (text, time) => {
  expect(new Date(times("--from", text).from ?? 0).toISOString()).toBe(time);
});

test.each([
  "5",
  "yesterday",
  "2026-01-15T09:30:00",
  "2026-01-15 09:30",
  "01/02/2026",
  "2026-1-5",
  "2026-02-30",
  "2026-13-01",
])("'%s' is rejected as ambiguous or invalid", (text) => {
  expect(() => times("--to", text)).toThrow(`'--to' must be a day in UTC or a time with its zone`);
});

test("a time span must not be empty; one millisecond is enough", () => {
  const [first, next] = ["2026-01-15T00:00:00Z", "2026-01-15T00:00:00.001Z"];
  expect(() => times("--from", first, "--to", "2026-01-15")).toThrow(
    "'--to' must be after '--from' (2026-01-15T00:00:00.000Z)",
  );
  expect(() => times("--from", next, "--to", first)).toThrow("'--to' must be after '--from'");
  expect(times("--from", first, "--to", next)).toEqual({ from: Date.parse(first), to: Date.parse(next) });
  expect(times()).toEqual({});
});
