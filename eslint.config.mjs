import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** Folders of the project, and what a file below each may not import (docs/decisions and design: data flows one way). */
const FORBIDDEN_FROM = {
  lib: [
    "accounts",
    "athena",
    "cli",
    "delivery",
    "deployment",
    "detections",
    "inventory",
    "main",
    "modules",
    "organization",
    "policies",
    "report",
    "sandbox",
    "signals",
    "stacks",
    "verification",
  ],
  organization: ["inventory", "modules", "stacks", "signals", "sandbox", "report", "cli", "main"],
  inventory: ["detections", "modules", "stacks", "signals", "sandbox", "report", "cli", "main"],
  detections: ["organization", "inventory", "modules", "stacks", "signals", "sandbox", "report", "cli", "main"],
  modules: ["accounts", "organization", "inventory", "stacks", "signals", "sandbox", "report", "cli", "main"],
  stacks: ["accounts", "inventory", "signals", "sandbox", "report", "cli", "main"],
  signals: [
    "accounts",
    "organization",
    "inventory",
    "detections",
    "modules",
    "stacks",
    "sandbox",
    "report",
    "cli",
    "main",
  ],
  policies: [
    "accounts",
    "organization",
    "inventory",
    "detections",
    "modules",
    "stacks",
    "signals",
    "verification",
    "delivery",
    "sandbox",
    "report",
    "cli",
    "main",
  ],
  athena: [
    "accounts",
    "organization",
    "modules",
    "stacks",
    "verification",
    "delivery",
    "sandbox",
    "report",
    "cli",
    "main",
  ],
  verification: ["detections", "modules", "sandbox", "report", "cli", "main"],
  delivery: [
    "accounts",
    "inventory",
    "detections",
    "modules",
    "stacks",
    "signals",
    "verification",
    "sandbox",
    "report",
    "cli",
    "main",
  ],
  report: [
    "accounts",
    "organization",
    "inventory",
    "detections",
    "modules",
    "stacks",
    "policies",
    "verification",
    "delivery",
    "sandbox",
    "cli",
    "main",
  ],
  sandbox: ["report", "cli"],
};

/** Folders that stay free of the framework and of AWS's SDK, so that they can be used and published alone. */
const PLAIN = ["organization", "detections", "signals", "policies", "delivery", "report"];

const BARREL = {
  name: "@cdktf/provider-aws",
  message: "import '@cdktf/provider-aws/lib/<resource>': the barrel costs 530 MB a process.",
};

const importRules = Object.entries(FORBIDDEN_FROM).map(([folder, forbidden]) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        paths: [BARREL],
        patterns: [
          {
            regex: `^(\\.\\./)+(${forbidden.join("|")})(/|$)`,
            message: `${folder}/ sits below ${forbidden.join(", ")}: data flows one way.`,
          },
          ...(PLAIN.includes(folder)
            ? [
                {
                  regex: "^(cdktf|constructs|@cdktf/|@aws-sdk/)",
                  message: `${folder}/ imports neither cdktf nor the AWS SDK.`,
                },
              ]
            : []),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ["node_modules", "cdktf.out", ".trailwatch", "coverage"] },
  js.configs.recommended,
  {
    files: ["**/*.mjs", "**/*.cjs"],
    languageOptions: { globals: { process: "readonly", console: "readonly", module: "writable", URL: "readonly" } },
  },
  // The browser's names are known to TypeScript, which checks these files too.
  { files: ["sandbox/page/client/*.js", "report/client/*.js", "lib/web/*.js"], rules: { "no-undef": "off" } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-params": ["error", 4],
      "no-console": "error",
      "no-restricted-imports": ["error", { paths: [BARREL] }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  // CDKTF constructs register themselves in their scope: `new X(...)` for its effect is the framework's idiom.
  { files: ["stacks/**/*.ts", "modules/**/*.ts", "main.ts", "__tests__/**/*.ts"], rules: { "no-new": "off" } },
  ...importRules,
);
