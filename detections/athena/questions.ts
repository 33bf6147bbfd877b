import { howToFillIn, savedSql, type SavedQuery } from "./saved-query";

/** Events at most: what one person, or program, does in some days is more than anybody reads. */
const LIMIT = 1000;

/** How often, and from when to when. */
const COUNTED = ["count(*) AS events", "min(eventtime) AS earliest", "max(eventtime) AS latest"];

/** Whatever names somebody: the ARN or name of a user or role, a session, an access key. */
const IS_PRINCIPAL =
  "? IN (useridentity.arn, useridentity.username, useridentity.principalid, useridentity.accesskeyid, " +
  "useridentity.sessioncontext.sessionissuer.arn, useridentity.sessioncontext.sessionissuer.username)";
const PRINCIPAL = "the ARN or name of a user or role, or an access key's id";

/** What runbooks ask of the archive, whichever detection it was. */
export const QUESTIONS: readonly SavedQuery[] = [
  {
    id: "who-read-secret",
    name: "Who read this secret",
    description: `Who read a secret, from where, how often, and who tried in vain. ${howToFillIn("the secret's name")}`,
    sql: savedSql({
      columns: ["useridentity.arn AS principal", "sourceipaddress", "eventname", "errorcode", ...COUNTED],
      conditions: [
        "eventsource = 'secretsmanager.amazonaws.com'",
        "eventname IN ('GetSecretValue', 'BatchGetSecretValue')",
        // By name or by ARN, alone or in a list.
        "strpos(requestparameters, ?) > 0",
      ],
      end: ["GROUP BY 1, 2, 3, 4", "ORDER BY latest DESC"],
    }),
  },
  {
    id: "what-principal-did",
    name: "What this principal did",
    description: `All that a user, a role or the holder of an access key did. ${howToFillIn(PRINCIPAL)}`,
    sql: savedSql({
      columns: [
        ...["eventtime", "eventsource", "eventname", "awsregion", "sourceipaddress", "errorcode"],
        ...["useridentity.arn AS principal", "requestparameters", "eventid"],
      ],
      conditions: [IS_PRINCIPAL],
      end: ["ORDER BY eventtime DESC", `LIMIT ${LIMIT}`],
    }),
  },
  {
    id: "where-principal-was",
    name: "From where this principal called",
    description: `Addresses and programs from which a principal called. ${howToFillIn(PRINCIPAL)}`,
    sql: savedSql({
      columns: ["sourceipaddress", "useragent", "useridentity.accesskeyid AS accesskey", ...COUNTED],
      conditions: [IS_PRINCIPAL],
      end: ["GROUP BY 1, 2, 3", "ORDER BY latest DESC"],
    }),
  },
  {
    id: "what-address-did",
    name: "What was done from this address",
    description: `Who called from an address, and what. ${howToFillIn("the address")}`,
    sql: savedSql({
      columns: ["useridentity.arn AS principal", "eventsource", "eventname", "errorcode", ...COUNTED],
      conditions: ["sourceipaddress = ?"],
      end: ["GROUP BY 1, 2, 3, 4", "ORDER BY latest DESC"],
    }),
  },
];
