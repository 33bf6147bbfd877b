import { compileFilterPattern, FilterPatternError } from "../../../../signals";
import { readVectors } from "../../../signals/vectors";

interface Vector {
  readonly id: string;
  readonly pattern: string | { readonly repeat: string; readonly times: number };
  readonly event: unknown;
  readonly matches: boolean;
  readonly extractedValues: Record<string, string>;
  readonly contested?: boolean;
}

/** Where sources differ: an inner asterisk is a wildcard, and `[]` wants a word. */
const OUR_CHOICE: Readonly<Record<string, boolean>> = { "fv-198": true, "fv-356": false, "fv-456": false };

function patternOf({ pattern }: Vector): string {
  return typeof pattern === "string" ? pattern : pattern.repeat.repeat(pattern.times);
}

function messageOf({ event }: Vector): string {
  return typeof event === "string" ? event : JSON.stringify(event);
}

function describeVectors(name: string, test: (vectors: readonly Vector[]) => void): void {
  const vectors = readVectors(name) as readonly Vector[] | undefined;
  if (vectors === undefined) it.skip(`${name}: not here, only where the project is developed`, () => undefined);
  else test(vectors);
}

describeVectors("filter-vectors.json", (vectors) => {
  it.each(vectors.map((vector) => [vector.id, vector] as const))("%s", (id, vector) => {
    const expected = vector.contested === true ? OUR_CHOICE[id] : vector.matches;
    const pattern = compileFilterPattern(patternOf(vector));
    expect(pattern.matches(messageOf(vector))).toBe(expected);
    expect(compileFilterPattern(pattern.toString()).toString()).toBe(pattern.toString());
  });
});

describeVectors("filter-invalid-patterns.json", (vectors) => {
  it.each(vectors.map((vector) => [vector.id, vector] as const))("%s is refused", (_id, vector) => {
    expect(() => compileFilterPattern(patternOf(vector))).toThrow(FilterPatternError);
  });
});

describeVectors("filter-extraction-vectors.json", (vectors) => {
  it.each(vectors.map((vector) => [vector.id, vector] as const))("%s", (_id, vector) => {
    expect(compileFilterPattern(patternOf(vector)).extract(messageOf(vector))).toEqual(vector.extractedValues);
  });
});
