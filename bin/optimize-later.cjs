// Loaded by programs that run most of their code a few times only: commands, the synthesis and tests. V8 11 (Node.js 20)
// optimizes functions early, in threads of its own, which takes a quarter of the CPU time of a command. Later versions have
// a faster compiler for such functions, and other flags.
const { setFlagsFromString } = require("node:v8");

if (process.versions.v8.startsWith("11.")) {
  // Over four times V8's own value, and under half of it.
  setFlagsFromString("--interrupt-budget=300000");
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=400");
}
