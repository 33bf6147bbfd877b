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

test("a value with the id of another account is not memoized, because its order may differ", () => {
  const { computed, compile } = counting();
  for (const account of [OURS, THEIRS]) {
    expect(compile(subject, `${account} or 333333333333`, account)).toEqual([`compiled ${account} or 333333333333`]);
  }
  expect(computed).toHaveLength(2);
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
