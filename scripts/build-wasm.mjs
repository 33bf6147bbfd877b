// npm run wasm: compiles signals/outlines/assembly to signals/outlines/outline-wasm.ts, or to the file that is named.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import asc from "assemblyscript/asc";
import { PROJECT } from "./project.mjs";

const FOLDER = "signals/outlines";
const OPTIONS = ["--optimizeLevel", "3", "--shrinkLevel", "0", "--runtime", "stub", "--importMemory", "--noAssert"];

const work = mkdtempSync(join(tmpdir(), "trailwatch-wasm-"));
try {
  const output = join(work, "outline.wasm");
  const args = [`${FOLDER}/assembly/outline.ts`, "--baseDir", PROJECT, "--outFile", output, ...OPTIONS];
  const { error, stderr } = await asc.main([...args, "--enable", "simd"]);
  if (error !== null) throw new Error(stderr.toString(), { cause: error });
  const text = readFileSync(output).toString("base64");
  writeFileSync(
    process.argv[2] ?? join(PROJECT, FOLDER, "outline-wasm.ts"),
    `/** Built from assembly/ by \`npm run wasm\`, in base64. */\nexport const OUTLINE_WASM =\n  "${text}";\n`,
  );
} finally {
  rmSync(work, { recursive: true });
}
