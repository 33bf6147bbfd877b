/** A piece of work among others, some of which must be done before it. */
export interface Scheduled {
  readonly id: string;
  /** Ids of all that come before it, directly or not; those that are not scheduled are no concern. */
  readonly dependencies: readonly string[];
}

/**
 * Does work for each item once its dependencies are done, for so many at a time. Results are in the items' order.
 *
 * @param work gets the results of the item's dependencies, and decides what a bad one among them means
 */
export async function inOrder<Item extends Scheduled, Result>(
  items: readonly Item[],
  parallelism: number,
  work: (item: Item, before: ReadonlyMap<string, Result>) => Promise<Result>,
): Promise<Result[]> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const begun = new Map<string, Promise<Result>>();
  const inSlot = slots(parallelism);
  const begin = (item: Item): Promise<Result> => {
    const result = begun.get(item.id) ?? afterDependencies(item);
    begun.set(item.id, result);
    return result;
  };
  const afterDependencies = async (item: Item): Promise<Result> => {
    const needed = item.dependencies.map((id) => byId.get(id)).filter((dependency) => dependency !== undefined);
    const before = await Promise.all(needed.map(async (one) => [one.id, await begin(one)] as const));
    // Only now it takes a slot: whoever waits for others must not keep them from running.
    return inSlot(() => work(item, new Map(before)));
  };
  return Promise.all(items.map(begin));
}

/** Lets so many run at a time, the others in the order in which they came. */
function slots(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
