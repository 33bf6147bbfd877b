/** How to write a tuning's recommendations into the account files. */
export const HOW_TO_WRITE =
  "Merge this into the account's file, adding to the entries to ignore that exist there, or run the same command with " +
  "--apply, which shows the changed lines. Then synthesize, and replay the same records.";
