import { RecordError } from "./record-error";

/** Nesting limit of lists; no file of records has as many levels. */
const MAX_LISTS = 64;

/** An open list: the value of an object's key, or a list at the top level. */
export interface OpenList {
  readonly key?: string;
}

/** The lists around a position in a stream of JSON, the outermost first. */
export class OpenLists {
  /** Whether a list has ended and its object has not. */
  isBehindList = false;
  /** Whether any list was left before its end. */
  hasLeftLists = false;
  private readonly lists: OpenList[] = [];

  get innermost(): OpenList | undefined {
    return this.lists.at(-1);
  }

  /** Whether the end of a list or of its object is still missing. */
  get isInside(): boolean {
    return this.lists.length > 0 || this.isBehindList;
  }

  /** The position in jq's notation. Empty at the top level. */
  get path(): string {
    return this.lists.map(({ key }) => `${key === undefined ? "" : `.${key}`}[]`).join("");
  }

  enter(list: OpenList): void {
    if (this.lists.push(list) > MAX_LISTS)
      throw new RecordError("not CloudTrail: more lists in lists than records have");
  }

  leave(): void {
    this.isBehindList = this.lists.pop()?.key !== undefined;
  }

  /** A line that begins with a record is not part of a list from an earlier line. */
  forget(): void {
    this.hasLeftLists ||= this.isInside;
    this.isBehindList = false;
    this.lists.length = 0;
  }
}
