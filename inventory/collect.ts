import { awsRefusal } from "./aws-refusal";

/** The items of all pages. AWS may return an empty page in the middle: only the last one has no token. */
export async function collectPages<Page, Item>(
  action: string,
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[],
): Promise<Item[]> {
  const items: Item[] = [];
  try {
    for await (const page of pages) items.push(...itemsOf(page));
  } catch (error) {
    throw awsRefusal(action, error);
  }
  return items;
}

/** A value that AWS always sends, although the SDK's types make it optional. */
export function given<T>(what: string, value: T | undefined): T {
  if (value === undefined) throw new Error(`AWS did not return the ${what}`);
  return value;
}
