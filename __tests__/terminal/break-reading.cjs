// For `node --require`: the program fails as a bug of its own would make it, when it reads the organization.
const fs = require("node:fs");
const { setImmediate } = require("node:timers");
const { readFileSync } = fs;
const bug = () => undefined.write;

fs.readFileSync = (path, ...rest) => {
  if (!String(path).endsWith("organization.yaml")) return readFileSync(path, ...rest);
  if (process.env.BUG === "uncaught") setImmediate(bug);
  else if (process.env.BUG === "unhandled") setImmediate(async () => bug());
  else bug();
  return readFileSync(path, ...rest);
};
