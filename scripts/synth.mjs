// npm run synth, and the app of cdktf.json: writes cdktf.out.
import { load } from "./bundle.mjs";

const { reportUncaught, main } = await load("main.ts");
reportUncaught();
main();
