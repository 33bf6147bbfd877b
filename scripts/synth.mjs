// npm run synth, and the app of cdktf.json: writes cdktf.out.
import "../bin/optimize-later.cjs";
import { loadSource } from "./bundle.mjs";

const { reportUncaught, synthCommand, main } = await loadSource("main.ts");
reportUncaught();
synthCommand().action(main).parse();
