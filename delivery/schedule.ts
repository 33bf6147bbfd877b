import pLimit from "p-limit";

/** A piece of work with dependencies on others. */
export interface Scheduled {
  readonly id: string;
  /** Ids of everything that must be done before it, directly or not; ids that are not scheduled are ignored. */
  readonly dependencies: readonly string[];
}

/**
 * Runs work for each item once its dependencies are done, a limited number at a time. Results are in the items' order.
 *
 * @param work gets the results of the item's dependencies, and decides what a failed one means
 */
export async function inOrder<Item extends Scheduled, Result>(
  items: readonly Item[],
  parallelism: number,
  work: (item: Item, before: ReadonlyMap<string, Result>) => Promise<Result>,
): Promise<Result[]> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const begun = new Map<string, Promise<Result>>();
  const limited = pLimit(parallelism);
  const begin = (item: Item): Promise<Result> => {
    const result = begun.get(item.id) ?? afterDependencies(item);
    begun.set(item.id, result);
    return result;
  };
  const afterDependencies = async (item: Item): Promise<Result> => {
    const needed = item.dependencies.map((id) => byId.get(id)).filter((dependency) => dependency !== undefined);
    const before = await Promise.all(needed.map(async (one) => [one.id, await begin(one)] as const));
    // Take a slot only now: an item that waits for its dependencies must not block others.
    return limited(work, item, new Map(before));
  };
  return Promise.all(items.map(begin));
}
