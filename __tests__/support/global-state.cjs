/** What Jest gives each test file anew, and what packages put there when they are loaded. */
const EXPECTED =
  "console expect describe fdescribe xdescribe it fit xit test xtest afterAll afterEach beforeAll beforeEach " +
  "awslambda __cdktfTokenMap __zod_globalConfig __zod_globalRegistry";

/** Objects of the language whose methods a test could replace, as could those of their prototypes. */
const LANGUAGE =
  "Array BigInt Boolean Buffer Date Error Function Intl JSON Map Math Number Object Promise Reflect RegExp Set String " +
  "Symbol URL WeakMap";

/** The state outside of modules that test files share: what each part is called, with its value. */
function globalState(global) {
  const state = new Map();
  const note = (name, object) => {
    for (const [key, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(object)))
      state.set(`${name}.${key}`, get ?? value);
  };
  note("globalThis", global);
  for (const name of EXPECTED.split(" ")) state.delete(`globalThis.${name}`);
  for (const name of LANGUAGE.split(" ")) {
    note(name, global[name]);
    if (global[name].prototype !== undefined) note(`${name}.prototype`, global[name].prototype);
  }
  const { process: own } = global;
  note("process.env", own.env);
  state.set("process.cwd()", own.cwd());
  state.set("process.umask()", own.umask());
  // Without one, it is undefined at first, and 0 after some ends.
  state.set("process.exitCode", own.exitCode ?? 0);
  for (const name of own.eventNames()) state.set(`process.on(${String(name)})`, own.listenerCount(name));
  return state;
}

/** The names of what is different. Node.js has globals that become a value when they are first read. */
function changes(before, after) {
  const isRead = (name, value) => typeof before.get(name) === "function" && value === globalThis[name.split(".")[1]];
  const changed = [...after].filter(([name, value]) => !Object.is(before.get(name), value) && !isRead(name, value));
  return [...changed.map(([name]) => name), ...[...before.keys()].filter((name) => !after.has(name))];
}

module.exports = { globalState, changes };
