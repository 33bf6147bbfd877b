#!/usr/bin/env node
// trailwatch <command>
import { load } from "../scripts/bundle.mjs";

const { reportUncaught, main } = await load("cli/main.ts");
reportUncaught();
await main(process.argv);
