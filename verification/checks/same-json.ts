import { isDeepStrictEqual } from "node:util";

/** AWS keeps a pattern unchanged; Terraform's provider reorders its keys. */
export function isSameJson(left: string, right: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(left), JSON.parse(right));
  } catch {
    return left === right;
  }
}
