import { memoized } from "../../../stacks/synthesis/memoized";

const [OURS, THEIRS] = ["111111111111", "222222222222"];

function counting() {
  const computed: string[] = [];
  const compile = memoized((_subject: object, text: string) => {
    computed.push(text);
    return [`compiled ${text}`];
  });
  return { computed, compile };
}

const subject = {};

test("a value that differs only in the account's own id is computed once, and has that id", () => {
  const { computed, compile } = counting();
  expect(compile(subject, `role of ${OURS}`, OURS)).toEqual([`compiled role of ${OURS}`]);
  expect(compile(subject, `role of ${THEIRS}`, THEIRS)).toEqual([`compiled role of ${THEIRS}`]);
  expect(computed).toHaveLength(1);
});

test("another text and another subject are computed anew", () => {
  const { computed, compile } = counting();
  compile(subject, "a", OURS);
  compile(subject, "b", OURS);
  compile({}, "a", OURS);
  expect(computed).toEqual(["a", "b", "a"]);
});

test("beside the id of another account, a value is computed anew where the ids' order differs", () => {
  const compile = memoized((_subject: object, ids: readonly string[]) => [...ids].sort());
  const [smallest, between, largest] = ["100000000000", "200000000000", "300000000000"];
  expect(compile(subject, [between, smallest], smallest)).toEqual([smallest, between]);
  expect(compile(subject, [between, largest], largest)).toEqual([between, largest]);
});

test("beside the id of another account, a value is computed once where the ids' order is the same", () => {
  const { computed, compile } = counting();
  for (const account of [OURS, THEIRS]) {
    expect(compile(subject, `${account} or 333333333333`, account)).toEqual([`compiled ${account} or 333333333333`]);
  }
  expect(computed).toHaveLength(1);
});

test("the id of another account that stands for any account's in the cache stays as it is", () => {
  const { compile } = counting();
  const nines = "999999999999";
  for (const account of [OURS, THEIRS, nines]) {
    expect(compile(subject, `${account} trusts ${nines}`, account)).toEqual([`compiled ${account} trusts ${nines}`]);
  }
});

test("a plain synthesis computes everything", () => {
  process.env.TRAILWATCH_PLAIN_SYNTHESIS = "1";
  try {
    const { computed, compile } = counting();
    compile(subject, "a", OURS);
    compile(subject, "a", OURS);
    expect(computed).toHaveLength(2);
  } finally {
    delete process.env.TRAILWATCH_PLAIN_SYNTHESIS;
  }
});
