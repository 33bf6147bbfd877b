import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { updatedPages } from "../docs/tables/pages";
import { withSections } from "../docs/tables/readme";

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join("docs", path)),
];

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

test("every path in backticks exists", () => {
  // Such as `lib/naming/hops.ts` or `main.ts`; not a folder within the one that a sentence is about, such as `naming/`.
  const folders = readdirSync(".", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const path = new RegExp(
    `^(${folders.map(({ name }) => name.replaceAll(".", "\\.")).join("|")})/[\\w./-]*$|main\\.ts$`,
  );
  // What npm, Terraform, the sandbox and you create is not in a fresh clone.
  const made = /^((node_modules|cdktf\.out|dist|\.trailwatch|\.git)\b|delivery\/tofu\.lock\.hcl$)/;
  const code = (text: string) => [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, found = ""]) => found);
  expect(
    inEveryPage((_, text) => code(text).filter((each) => path.test(each) && !made.test(each) && !existsSync(each))),
  ).toEqual([]);
});

test("code that a page takes from a file is that file's (update the page)", () => {
  const quoted = /<!-- code: (\S+) -->\n\n```ts\n(.*?)```/gs;
  expect(
    inEveryPage((_, text) =>
      [...text.matchAll(quoted)].flatMap(([, file = "", code]) => (code === readFileSync(file, "utf8") ? [] : [file])),
    ),
  ).toEqual([]);
  expect([...readFileSync("docs/constructs.md", "utf8").matchAll(quoted)]).toHaveLength(2);
});

test("generated tables are up to date (npm run docs)", () => {
  const read = (page: string): string => readFileSync(page, "utf8");
  for (const [page, updated] of updatedPages(read)) expect(updated).toBe(read(page));
});

test("a page must have every generated section, and no other", () => {
  const page = "a\n<!-- generated: stacks -->\nold\n<!-- /generated -->\nb";
  expect(withSections(page, { stacks: "new" })).toBe("a\n<!-- generated: stacks -->\n\nnew\n\n<!-- /generated -->\nb");
  expect(() => withSections(page, { stacks: "new", costs: "new" })).toThrow(
    "the page lacks the generated sections costs",
  );
  expect(() => withSections(page, {})).toThrow("'stacks' that nothing generates");
});

/** What is wrong in which page. */
function inEveryPage(find: (page: string, text: string) => string[]): string[] {
  return PAGES.flatMap((page) => find(page, readFileSync(page, "utf8")).map((found) => `${page}: ${found}`));
}

/** Targets of links and pictures that lead into the repository. */
function linksOf(markdown: string): string[] {
  return [...withoutFences(markdown).matchAll(/\]\(([^)\s]+)\)|\bsrc(?:set)?="([^"]+)"/g)]
    .map(([, target, picture = ""]) => target ?? picture)
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
