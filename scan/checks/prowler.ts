import type { Check } from "../check";

export const PROWLER_CHECKS: readonly Check[] = [];
