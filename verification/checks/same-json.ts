import { isDeepStrictEqual } from "node:util";

/** AWS keeps a pattern as it was given; Terraform's provider gives it with its keys in another order. */
export function isSameJson(left: string, right: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(left), JSON.parse(right));
  } catch {
    return left === right;
  }
}
