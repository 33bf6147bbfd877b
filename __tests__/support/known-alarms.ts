import { PLAIN_NAMES } from "../../lib/naming/own-resources";
import type { KnownAlarms } from "../../modules/alert-hub/known-alarms";

/** Tables of an alert hub that knows two accounts. */
export const KNOWN: KnownAlarms = {
  names: PLAIN_NAMES,
  accounts: { "333333333333": "workloads", "444444444444": "payments" },
  alarms: {
    "watched-secret-reads": {
      title: "A watched secret was read",
      meaning: "A principal read a secret that is watched.",
      marker: "high alert",
      runbook: true,
      query: true,
      events: { namespace: "Trailwatch", seconds: 300 },
      isAbsence: false,
      steps: [
        "Find out who it was.",
        "Check what it did.",
        "Rotate the secret: `aws secretsmanager rotate-secret --secret-id <secret>`.",
      ],
    },
    "own-deployment": {
      title: "Trailwatch was deployed",
      meaning: "Trailwatch's own deployment changed something.",
      marker: "low notice",
      runbook: true,
      query: true,
      events: { namespace: "Trailwatch", seconds: 300 },
      isAbsence: false,
      steps: [
        "Find out who it was.",
        "Check what it did.",
        "Rotate the secret: `aws secretsmanager rotate-secret --secret-id <secret>`.",
      ],
    },
    "metrics-forged": {
      title: "Metric forged",
      meaning: "A value is too low.",
      marker: "critical alert",
      runbook: true,
      query: false,
      isAbsence: false,
      steps: [],
    },
    heartbeat: {
      title: "Signal path interrupted",
      meaning: "No heartbeat passed for two hours.",
      marker: "critical alert",
      runbook: true,
      query: true,
      isAbsence: true,
      steps: ["Check the trail."],
    },
    "alert-hub": {
      title: "The hub failed",
      meaning: "It did.",
      marker: "critical alert",
      runbook: false,
      query: false,
      isAbsence: false,
      steps: [],
    },
  },
  markers: { "payments/watched-secret-reads": "low notice" },
  runbooks: "https://example.com/runbooks",
  region: "eu-west-1",
};
