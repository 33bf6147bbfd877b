import tseslint from "typescript-eslint";

/**
 * What oxlint does not report: a rule that it does not have, and one of which it reports less. All other rules are in
 * oxlint.config.mjs. docs/decisions/0028-native-checks.md says why.
 */
export default [
  { ignores: ["node_modules", "cdktf.out", ".trailwatch", "coverage", "signals/outlines/assembly"] },
  {
    files: ["**/*.ts"],
    plugins: { "@typescript-eslint": tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    // Comments that switch off a rule are about oxlint's.
    linterOptions: { reportUnusedDisableDirectives: "off" },
    rules: {
      "@typescript-eslint/no-unsafe-class-instance-assignment": "error",
      "@typescript-eslint/no-meaningless-void-operator": "error",
    },
  },
];
