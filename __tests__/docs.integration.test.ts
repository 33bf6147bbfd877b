import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { buildApp } from "../main";
import { loadOrganization } from "../organization/load";
import { countsOf, resourcesOf, synthApp, testApp, type StackJson } from "./support/synth";

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join("docs", path)),
];

const readme = readFileSync("README.md", "utf8");
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly scripts: Record<string, string> };

test("every link within the repository leads to a file, and to a heading where it names one", () => {
  expect(
    inEveryPage((page, text) =>
      linksOf(text).filter((link) => {
        const [path = "", anchor] = link.split("#");
        const target = path === "" ? page : normalize(join(dirname(page), decodeURI(path)));
        return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor));
      }),
    ),
  ).toEqual([]);
});

test("every npm script that is named exists", () => {
  const named = (text: string) => [...text.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map(([, name = ""]) => name);
  expect(inEveryPage((_, text) => named(text).filter((name) => scripts[name] === undefined))).toEqual([]);
});

test.each(["README.md", "CONTRIBUTING.md"])("every path in backticks in %s exists", (page) => {
  // What npm, Terraform and the sandbox make is not in a fresh clone.
  const made = /^(node_modules|cdktf\.out|\.trailwatch)\b/;
  const code = [...withoutFences(readFileSync(page, "utf8")).matchAll(/`([^`\n]+)`/g)].map(([, text = ""]) => text);
  const paths = code.filter(
    (text) => /^[\w./-]+\/$|^[\w./-]+\.(ts|mjs|cjs|json|ya?ml|md)$/.test(text) && !made.test(text),
  );
  expect(paths.filter((path) => !existsSync(path) && !existsSync(join("accounts", path)))).toEqual([]);
});

describe("figures of the README", () => {
  const stacks = synthApp(buildApp(loadOrganization("accounts"), testApp()));

  test("its table of stacks has what the shipped accounts are synthesized to", () => {
    const shown = [...readme.matchAll(/^([a-z-]+) {2,}[a-z-]+ +(\d+) +\d+$/gm)].map(([, stack, resources]) => [
      stack,
      Number(resources),
    ]);
    const synthesized = Object.entries(stacks).map(([stack, json]) => [
      stack,
      Object.values(countsOf(json)).reduce((sum, count) => sum + count, 0),
    ]);
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(synthesized));
  });

  test("its table of costs counts what the shipped accounts are synthesized to, and adds up", () => {
    const all = Object.values(stacks);
    const count = (type: string): number => all.reduce((sum, stack) => sum + resourcesOf(stack, type).length, 0);
    const expected: Record<string, number> = {
      "custom metrics": all.reduce((sum, stack) => sum + metricsOf(stack).size, 0),
      alarms: count("aws_cloudwatch_metric_alarm"),
      "KMS keys": count("aws_kms_key"),
      dashboards: count("aws_cloudwatch_dashboard"),
      secrets: count("aws_secretsmanager_secret"),
    };

    const rows = [...readme.matchAll(/^\| (\w[\w ]*?) +\| +(\d+) \| +\$([\d.]+) \| +\$([\d.]+) \|$/gm)].map(
      ([, what = "", counted, price, total]) => ({ what, counted: Number(counted), price, total: Number(total) }),
    );
    expect(Object.fromEntries(rows.map(({ what, counted }) => [what, counted]))).toEqual(expected);
    for (const { counted, price, total } of rows) expect(counted * Number(price)).toBeCloseTo(total, 2);

    const together = /\*\*together\*\*.*\*\*\$([\d.]+)\*\*/.exec(readme)?.[1];
    expect(Number(together)).toBeCloseTo(
      rows.reduce((sum, { total }) => sum + total, 0),
      2,
    );
  });
});

/** What is wrong in which page. */
function inEveryPage(find: (page: string, text: string) => string[]): string[] {
  return PAGES.flatMap((page) => find(page, readFileSync(page, "utf8")).map((found) => `${page}: ${found}`));
}

/** Names of the metrics that a stack's filters write; several filters may write one. */
function metricsOf(stack: StackJson): Set<string> {
  return new Set(
    resourcesOf(stack, "aws_cloudwatch_log_metric_filter").map(({ metric_transformation: metric }) => {
      const { namespace, name } = metric as { readonly namespace: string; readonly name: string };
      return `${namespace}/${name}`;
    }),
  );
}

/** Targets of links that lead into the repository. */
function linksOf(markdown: string): string[] {
  return [...withoutFences(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** Anchors that GitHub gives to a page's headings. */
function anchorsOf(page: string): Set<string> {
  const headings = [...withoutFences(readFileSync(page, "utf8")).matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) => text);
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replace(/\s/g, "-"),
    ),
  );
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^ *```.*?^ *```/gms, "");
}
