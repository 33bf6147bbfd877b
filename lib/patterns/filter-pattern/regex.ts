import { FilterPatternError } from "./filter-pattern-error";
import { parseRegex, type CharacterSet, type RegexItem } from "./regex-syntax";

/** Bounds the work for each character of a message; what CloudWatch allows is not published. */
const MAX_STATES = 5000;

type State =
  | { readonly kind: "characters"; readonly set: CharacterSet; readonly optional: boolean; readonly repeats: boolean }
  | { readonly kind: "start" | "end" | "match" };

/**
 * Compiles the text between two `%` to a search of a text, in time linear in that text: patterns are user input.
 *
 * All states are kept at once, one character at a time (Thompson's way). Without groups every alternative is a chain
 * of states, each leading to itself or to the next, so no graph is needed. `^` and `$` are the ends of the text.
 */
export function compileRegex(source: string, offset: number): (text: string) => boolean {
  const states: State[] = [];
  const starts: number[] = [];
  for (const alternative of parseRegex(source, offset)) {
    starts.push(states.length);
    states.push(...alternative.flatMap(statesOf), { kind: "match" });
    if (states.length > MAX_STATES) {
      throw new FilterPatternError(`a regular expression must repeat at most ${MAX_STATES} characters in all`, offset);
    }
  }
  let begins: Uint8Array | undefined;
  return (text) => {
    begins ??= beginnings(states, starts);
    return search(text, { states, starts, begins });
  };
}

function statesOf(item: RegexItem): State[] {
  if (item.kind !== "characters") return [item];
  const { set, min, max } = item;
  const needed = Array.from({ length: min }, (): State => ({
    kind: "characters",
    set,
    optional: false,
    repeats: false,
  }));
  if (max === Infinity) return [...needed, { kind: "characters", set, optional: true, repeats: true }];
  return [
    ...needed,
    ...Array.from({ length: max - min }, (): State => ({ kind: "characters", set, optional: true, repeats: false })),
  ];
}

interface Machine {
  readonly states: readonly State[];
  readonly starts: readonly number[];
  readonly begins: Uint8Array;
}

const ASCII = 128;

/** For each character of ASCII, whether a match may begin with it where the text does not begin. */
function beginnings(states: readonly State[], starts: readonly number[]): Uint8Array {
  const reached = new StateSet(states, -1);
  for (const start of starts) reached.add(start, 1);
  return Uint8Array.from({ length: ASCII }, (_, code) =>
    Number(
      reached.members.some((index) => {
        const state = states[index];
        return state?.kind === "characters" && state.set(code);
      }),
    ),
  );
}

function search(text: string, { states, starts, begins }: Machine): boolean {
  let now = new StateSet(states, text.length);
  let then = new StateSet(states, text.length);
  for (let at = 0; ;) {
    // Most of a text is passed here.
    if (at > 0 && now.members.length === 0) while (begins[text.charCodeAt(at)] === 0) at += 1;
    for (const start of starts) now.add(start, at);
    if (now.matched) return true;
    const codePoint = text.codePointAt(at);
    if (codePoint === undefined) return false;

    const after = at + (codePoint > 0xffff ? 2 : 1);
    for (const index of now.members) {
      const state = states[index];
      if (state?.kind === "characters" && state.set(codePoint)) then.add(state.repeats ? index : index + 1, after);
    }
    at = after;
    [now, then] = [then, now];
    then.clear();
  }
}

/** The states that are possible at one place of the text. */
class StateSet {
  readonly members: number[] = [];
  matched = false;
  private readonly present: Uint8Array;

  constructor(
    private readonly states: readonly State[],
    private readonly end: number,
  ) {
    this.present = new Uint8Array(states.length);
  }

  /** Adds a state and all that can be reached from it without a character. */
  add(first: number, at: number): void {
    for (let index = first; this.present[index] === 0; index += 1) {
      const state = this.states[index];
      if (state === undefined) return;
      if (state.kind === "start" && at !== 0) return;
      if (state.kind === "end" && at !== this.end) return;
      if (state.kind === "match") this.matched = true;
      this.present[index] = 1;
      this.members.push(index);
      if (state.kind === "match" || (state.kind === "characters" && !state.optional)) return;
    }
  }

  clear(): void {
    for (const index of this.members) this.present[index] = 0;
    this.members.length = 0;
    this.matched = false;
  }
}
