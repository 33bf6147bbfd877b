import { builtinRules } from "eslint/use-at-your-own-risk";

/** Rules of ESLint that oxlint does not have, for oxlint to run: see oxlint.config.mjs. */
export const NAMES = ["no-dupe-args", "no-octal", "no-restricted-syntax"];

export default {
  meta: { name: "eslint-core" },
  rules: Object.fromEntries(NAMES.map((name) => [name, builtinRules.get(name)])),
};
