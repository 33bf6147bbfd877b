import js from "@eslint/js";
import tseslint from "typescript-eslint";

/**
 * The layers of the project, from the ground up. A folder imports from lower layers and from itself; folders of one
 * layer do not import each other.
 */
const LAYERS = [
  ["lib"],
  ["detections"],
  ["organization", "modules", "signals"],
  ["stacks", "inventory", "athena", "report", "blindspots"],
  ["delivery", "verification", "main"],
  ["adoption"],
  ["cli", "sandbox"],
  ["bench", "docs", "scan"],
];

/** Folders that stay free of the framework and of AWS's SDK, so that they can be used and published alone. */
const PLAIN = ["lib", "organization", "detections", "signals", "delivery", "report", "blindspots"];

/** Parts of them that are about AWS's API itself. */
const AWS_PARTS = ["lib/aws/**", "delivery/bootstrap/**"];

const BARREL = {
  name: "@cdktf/provider-aws",
  message: "import '@cdktf/provider-aws/lib/<resource>': the barrel costs 530 MB a process.",
};

const FRAMEWORK = {
  regex: "^(cdktf|constructs|@cdktf/|@aws-sdk/|@smithy/)",
  message: `${PLAIN.join(", ")} import neither cdktf nor the AWS SDK, but for ${AWS_PARTS.join(", ")}.`,
};

const importRules = LAYERS.flatMap((layer, height) => layer.flatMap((folder) => rulesOf(folder, height)));

function rulesOf(folder, height) {
  const forbidden = ["accounts", "__tests__", ...LAYERS.slice(height).flat()].filter((other) => other !== folder);
  const layers = {
    regex: `^(\\.\\./)+(${forbidden.join("|")})(/|$)`,
    message: `${folder} imports from lower layers only: see LAYERS in eslint.config.mjs.`,
  };
  const files = folder === "main" ? ["main.ts"] : [`${folder}/**/*.ts`, `${folder}/**/*.js`];
  const rule = (patterns) => ({ "no-restricted-imports": ["error", { paths: [BARREL], patterns }] });
  if (!PLAIN.includes(folder)) return [{ files, rules: rule([layers]) }];
  return [
    { files, ignores: AWS_PARTS, rules: rule([layers, FRAMEWORK]) },
    { files: AWS_PARTS.filter((part) => part.startsWith(`${folder}/`)), rules: rule([layers]) },
  ].filter((config) => config.files.length > 0);
}

/** Texts that hold in one partition of AWS only; `lib/aws/partitions.ts` has the others. */
const ONE_PARTITION = ["arn:aws:", "console.aws.amazon.com"].flatMap((text) =>
  [`Literal[raw=/${text}/]`, `TemplateElement[value.raw=/${text}/]`].map((selector) => ({
    selector,
    message: `'${text}' holds in the standard partition only: use lib/aws/partitions.ts.`,
  })),
);

/** Names of resources with a fixed prefix: two installations in one account would share them. */
const ONE_INSTALLATION = ["Literal[raw=", "TemplateElement[value.raw="].map((begin) => ({
  selector: `${begin}/(?<![.\\w])trailwatch[-:\\x2F]/]`,
  message: "Names of resources derive from 'names.prefix': use ownNames of lib/naming/own-names.ts.",
}));

/** Folders whose code names resources. Texts of detections are for documentation, where names have the usual prefix. */
const NAMING_FOLDERS = [
  "adoption",
  "athena",
  "blindspots",
  "inventory",
  "modules",
  "organization",
  "signals",
  "stacks",
];

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
  // Records of calls in bench/ and pages of docs/ are examples.
  {
    files: ["**/*.ts"],
    ignores: ["lib/aws/partitions.ts", "__tests__/**", "docs/**", "bench/**"],
    rules: { "no-restricted-syntax": ["error", ...ONE_PARTITION] },
  },
  {
    files: NAMING_FOLDERS.map((folder) => `${folder}/**/*.ts`),
    rules: { "no-restricted-syntax": ["error", ...ONE_PARTITION, ...ONE_INSTALLATION] },
  },
  ...importRules,
);
