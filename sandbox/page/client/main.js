import { showAlarms, showNews } from "./alarms.js";
import { showCharts } from "./charts.js";
import { byId } from "../../../lib/web/dom.js";
import { showMailbox } from "./mailbox.js";
import { showPath } from "./path.js";
import { showRecords } from "./records.js";
import { PageState } from "./state.js";

/** @type {PageState | undefined} */
let state;
let isDue = false;

/** Renders at most once per frame, however many events arrived. */
function show() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    if (state === undefined) return;
    for (const part of [showPath, showRecords, showCharts, showAlarms, showMailbox]) part(state);
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

const events = new EventSource("/events");
// The browser reconnects by itself, and the server then starts again with a snapshot.
events.addEventListener("error", () => connection("Not connected, trying again"));
events.addEventListener("snapshot", (message) => {
  state = new PageState(JSON.parse(message.data));
  connection("Live");
  const last = state.latest.get("alarm");
  if (last !== undefined) showNews(last, state);
  show();
});
on(events, "hop", (event, known) => {
  known.add(event);
  showNews(event, known);
});
on(events, "tally", (tally, known) => known.tally(tally));
on(events, "alarms", (alarms, known) => (known.alarms = alarms));
on(events, "mails", (mails, known) => (known.mails = mails));
events.addEventListener("problem", (message) => connection(JSON.parse(message.data)));

// Charts advance, and selections appear, even without events.
setInterval(show, 5000);
document.addEventListener("show", show);
