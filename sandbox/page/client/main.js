import { showAlarms } from "./alarms.js";
import { showCharts } from "./charts.js";
import { byId } from "../../../lib/web/dom.js";
import { showDeployed } from "./deployed.js";
import { showHistory } from "./history.js";
import { showIncidents } from "./incidents.js";
import { showMailbox } from "./mailbox.js";
import { showPath } from "./path.js";
import { isLost, showFound, showLost } from "./lost.js";
import { showRecords } from "./records.js";
import { PageState } from "./state.js";
import { showSteps } from "./steps.js";

/** @type {PageState | undefined} */
let state;
let isDue = false;

const PARTS = [
  // Before anything else: the first screen.
  showSteps,
  showIncidents,
  showPath,
  showRecords,
  showCharts,
  showAlarms,
  showHistory,
  showDeployed,
  showMailbox,
];

/** Renders at most once per frame, however many events arrived. */
function show() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    if (state === undefined || isLost()) return;
    for (const part of PARTS) part(state);
  });
}

/** @param {string} text */
function connection(text) {
  const shown = byId("connection");
  shown.textContent = text;
  shown.dataset.live = String(text === "Live");
}

/**
 * @param {EventSource} events
 * @param {string} name
 * @param {(data: any, state: PageState) => void} take
 */
function on(events, name, take) {
  events.addEventListener(name, (message) => {
    if (state === undefined) return;
    take(JSON.parse(message.data), state);
    show();
  });
}

/** Milliseconds until the next attempt, when the browser has given up. */
const RETRY = 1000;

function connect() {
  const events = new EventSource("/events");
  // The browser reconnects by itself unless something else answered, and the server then starts with a snapshot.
  events.addEventListener("error", () => {
    connection("Not connected, trying again");
    showLost();
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, RETRY);
  });
  events.addEventListener("snapshot", (message) => {
    const snapshot = JSON.parse(message.data);
    // Another start of the sandbox: nothing that the page shows or remembers is of it.
    if (state !== undefined && state.start !== snapshot.start) return location.reload();
    state = new PageState(snapshot);
    connection("Live");
    showFound();
    show();
  });
  on(events, "hop", (event, known) => known.add(event));
  on(events, "entry", (entry, known) => known.enter(entry));
  on(events, "deployed", (deployed, known) => (known.deployed = deployed));
  on(events, "tally", (tally, known) => known.tally(tally));
  on(events, "alarms", (alarms, known) => (known.alarms = alarms));
  on(events, "mails", (mails, known) => (known.mails = mails));
  on(events, "steps", (steps, known) => (known.steps = steps));
  events.addEventListener("problem", (message) => connection(JSON.parse(message.data)));
}
connect();

// Charts advance, and selections appear, even without events.
setInterval(show, 5000);
document.addEventListener("show", show);
