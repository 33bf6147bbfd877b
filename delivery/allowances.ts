import { shownValue } from "../lib/support/printable";
import { didYouMean } from "../lib/support/did-you-mean";

/**
 * Resources that a plan may destroy or replace, as given on the command line: `<address>`, or `<stack>:<address>`.
 * Records which of them a plan needed.
 */
export class Allowances {
  readonly #needed = new Set<string>();
  readonly #destroyed = new Set<string>();

  constructor(private readonly allowed: readonly string[]) {}

  /** The guarded addresses of a stack that would be destroyed without an allowance. */
  refused(stack: string, guarded: readonly string[]): string[] {
    return guarded.filter((address) => {
      this.#destroyed.add(address).add(`${stack}:${address}`);
      const used = this.allowed.filter((text) => text === address || text === `${stack}:${address}`);
      for (const text of used) this.#needed.add(text);
      return used.length === 0;
    });
  }

  /**
   * After planning, a line for each allowance that no plan used: it may be misspelt.
   *
   * @param unplanned ids of stacks that were not planned: their allowances may be needed another time
   */
  warnings(unplanned: readonly string[]): string[] {
    return this.allowed
      .filter((text) => !this.#needed.has(text) && !unplanned.some((stack) => text.startsWith(`${stack}:`)))
      .map((text) => {
        const hint = didYouMean(text, [...this.#destroyed]);
        const rule = "name a bucket, key, trail, log group, topic or secret that a plan destroys or replaces";
        return `warning: '--allow-destroy' must ${rule}, got '${shownValue(text)}'${hint === undefined ? "" : `; ${hint}`}`;
      });
  }
}
