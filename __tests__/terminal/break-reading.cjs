// For `node --require`: the program fails as a bug of its own would make it, when it reads the organization.
const fs = require("node:fs");
const { setImmediate } = require("node:timers");
const { openSync } = fs;
const bug = () => undefined.write;

fs.openSync = (path, ...rest) => {
  if (!String(path).endsWith("organization.yaml")) return openSync(path, ...rest);
  if (process.env.BUG === "uncaught") setImmediate(bug);
  else if (process.env.BUG === "unhandled") setImmediate(async () => bug());
  else bug();
  return openSync(path, ...rest);
};
