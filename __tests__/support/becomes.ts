/** How long a page may take, ms: a busy machine is slow, not wrong. */
const LONGEST = 30_000;
const PAUSE = 20;

/**
 * Waits until what is read equals what is expected, or fails as `toEqual` does. A page draws after the action that
 * changes it, so the state that an action leads to is never read only once.
 */
export async function becomes(read: () => unknown, expected: unknown): Promise<void> {
  const end = Date.now() + LONGEST;
  for (;;) {
    try {
      expect(await read()).toEqual(expected);
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
