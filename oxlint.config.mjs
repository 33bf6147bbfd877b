import { fileURLToPath } from "node:url";
import js from "@eslint/js";
import tseslint from "typescript-eslint";
import { NAMES as FROM_ESLINT } from "./scripts/lint/eslint-rules.mjs";

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
  ["bench", "docs", "releases", "scan"],
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
    message: `${folder} imports from lower layers only: see LAYERS in oxlint.config.mjs.`,
  };
  const files = folder === "main" ? ["main.ts"] : [`${folder}/**/*.ts`, `${folder}/**/*.js`];
  const rule = (patterns) => ({ "no-restricted-imports": ["error", { paths: [BARREL], patterns }] });
  if (!PLAIN.includes(folder)) return [{ files, rules: rule([layers]) }];
  return [
    { files, excludeFiles: AWS_PARTS, rules: rule([layers, FRAMEWORK]) },
    { files: AWS_PARTS.filter((part) => part.startsWith(`${folder}/`)), rules: rule([layers]) },
  ].filter((config) => config.files.length > 0);
}

/**
 * The stand-in for HCP Terraform shares nothing with what is tested against it, so that an error of ours shows. It
 * imports `lib` only.
 */
const NOT_LIB = ["accounts", "__tests__", ...LAYERS.flat()].filter((folder) => folder !== "lib").join("|");
const STAND_IN = [
  ["sandbox/hcp-terraform/*.ts", `^\\.\\./([^.]|\\.\\./(${NOT_LIB})(/|$))`],
  ["sandbox/hcp-terraform/*/*.ts", `^\\.\\./\\.\\./([^.]|\\.\\./(${NOT_LIB})(/|$))`],
].map(([files, regex]) => ({
  files: [files],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        paths: [BARREL],
        patterns: [
          { regex, message: "sandbox/hcp-terraform imports lib only." },
          { ...FRAMEWORK, message: "No AWS here." },
        ],
      },
    ],
  },
}));

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

/**
 * What typescript-eslint's no-meaningless-void-operator reports and oxlint's does not: an operand that is no call. An
 * assignment may be discarded, and `void 0` is a way to write undefined.
 */
const DISCARDED = ["CallExpression", "AssignmentExpression", "Literal[value=0]"];
const VOID_OF_VALUE = [
  `> :not(${DISCARDED.join(", ")}, ChainExpression)`,
  "> ChainExpression > :not(CallExpression)",
].map((operand) => ({
  selector: `UnaryExpression[operator="void"] ${operand}`,
  message: "The operator 'void' is for the value of a call that is not used: remove it.",
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

/** oxlint does not have it yet. It starts the program of this name in place of tsgolint, which has it. */
const ELSEWHERE = ["@typescript-eslint/no-unsafe-class-instance-assignment"];
process.env.OXLINT_TSGOLINT_PATH = fileURLToPath(new URL("scripts/lint/one-more-rule.mjs", import.meta.url));

/** ESLint's rules for all files. oxlint ignores names that begin with an underscore unless it has a pattern. */
const RECOMMENDED = rulesFor({
  ...js.configs.recommended.rules,
  "no-unused-vars": ["error", { varsIgnorePattern: "^$", argsIgnorePattern: "^$" }],
});

/** typescript-eslint's strict rules, with type information. */
const STRICT = rulesFor({
  ...Object.assign({}, ...tseslint.configs.strictTypeChecked.map(({ rules }) => rules)),
  "@typescript-eslint/no-unused-vars": RECOMMENDED["no-unused-vars"],
});

/** What oxlint names them. A rule that replaces ESLint's own is that rule in oxlint. */
function rulesFor(rules) {
  const isOff = (name) => rules[name] === "off" && !(name in js.configs.recommended.rules);
  const isReplaced = (name) => rules[name] === "off" && `@typescript-eslint/${name}` in rules;
  const kept = Object.entries(rules).filter(([name]) => !isOff(name) && !isReplaced(name) && !ELSEWHERE.includes(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [FROM_ESLINT.includes(name) ? `eslint-core/${name}` : name, value]),
  );
}

export default {
  plugins: ["typescript"],
  jsPlugins: ["./scripts/lint/eslint-rules.mjs"],
  categories: { correctness: "off" },
  options: { typeAware: true },
  ignorePatterns: ["node_modules", "cdktf.out", "dist", ".trailwatch", "coverage", "signals/outlines/assembly"],
  rules: RECOMMENDED,
  overrides: [
    {
      files: ["**/*.mjs", "**/*.cjs"],
      globals: { process: "readonly", console: "readonly", module: "writable", URL: "readonly" },
    },
    { files: ["**/*.cjs"], env: { commonjs: true } },
    // The browser's names are known to TypeScript, which checks these files too.
    { files: ["sandbox/page/client/*.js", "report/client/*.js", "lib/web/*.js"], rules: { "no-undef": "off" } },
    {
      files: ["**/*.ts"],
      rules: {
        ...STRICT,
        "max-params": ["error", 4],
        "no-console": "error",
        "no-restricted-imports": ["error", { paths: [BARREL] }],
        "@typescript-eslint/consistent-type-imports": "error",
        "@typescript-eslint/switch-exhaustiveness-check": "error",
        "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
        "eslint-core/no-restricted-syntax": ["error", ...VOID_OF_VALUE],
      },
    },
    // CDKTF constructs register themselves in their scope: `new X(...)` for its effect is the framework's idiom.
    { files: ["stacks/**/*.ts", "modules/**/*.ts", "main.ts", "__tests__/**/*.ts"], rules: { "no-new": "off" } },
    // Records of calls in bench/ and pages of docs/ are examples.
    {
      files: ["**/*.ts"],
      excludeFiles: ["lib/aws/partitions.ts", "__tests__/**", "docs/**", "bench/**"],
      rules: { "eslint-core/no-restricted-syntax": ["error", ...VOID_OF_VALUE, ...ONE_PARTITION] },
    },
    {
      files: NAMING_FOLDERS.map((folder) => `${folder}/**/*.ts`),
      rules: { "eslint-core/no-restricted-syntax": ["error", ...VOID_OF_VALUE, ...ONE_PARTITION, ...ONE_INSTALLATION] },
    },
    ...importRules,
    ...STAND_IN,
  ],
};
