/** Sends items in as few requests as possible: items that arrive during a request are sent together in the next one. */
export class Batcher<T> {
  private waiting: T[] = [];
  private next: Promise<void> | undefined;
  private current: Promise<void> = Promise.resolve();

  /** `most`: the most items of one request. */
  constructor(
    private readonly most: number,
    private readonly send: (items: T[]) => Promise<void>,
  ) {}

  /** Resolves once the item was sent, rejects as its request did. */
  public add(item: T): Promise<void> {
    if (this.next === undefined || this.waiting.length >= this.most) {
      const items: T[] = [];
      this.waiting = items;
      const sent = this.current.then(() => {
        if (this.waiting === items) this.next = undefined;
        return this.send(items);
      });
      this.next = sent;
      // The next request is sent whether or not this one failed.
      this.current = sent.catch(() => undefined);
    }
    this.waiting.push(item);
    return this.next;
  }
}
