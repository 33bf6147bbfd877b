import { PLAIN } from "../../lib/naming/own-names";
import { howToFillIn, savedSql, type SavedQuery } from "./saved-query";

/** Maximum number of events: what one person or program does in a few days is more than a person reads. */
const LIMIT = 1000;

/** How often, with the first and last time. */
const COUNTED = ["count(*) AS events", "min(eventtime) AS earliest", "max(eventtime) AS latest"];

/** Whatever identifies a principal: the ARN or name of a user or role, a session, an access key. */
const IS_PRINCIPAL =
  "? IN (useridentity.arn, useridentity.username, useridentity.principalid, useridentity.accesskeyid, " +
  "useridentity.sessioncontext.sessionissuer.arn, useridentity.sessioncontext.sessionissuer.username)";
const PRINCIPAL = "the ARN or name of a user or role, or an access key's id";

/** Queries that runbooks use on the archive, for any detection. */
export const questions = (database = PLAIN.archiveDatabase): readonly SavedQuery[] => [
  {
    id: "who-read-secret",
    name: "Who read this secret",
    description: `Who read a secret, from where, how often, and who tried in vain. ${howToFillIn("the secret's name")}`,
    sql: savedSql(database, {
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
    sql: savedSql(database, {
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
    sql: savedSql(database, {
      columns: ["sourceipaddress", "useragent", "useridentity.accesskeyid AS accesskey", ...COUNTED],
      conditions: [IS_PRINCIPAL],
      end: ["GROUP BY 1, 2, 3", "ORDER BY latest DESC"],
    }),
  },
  {
    id: "what-address-did",
    name: "What was done from this address",
    description: `Who called from an address, and what. ${howToFillIn("the address")}`,
    sql: savedSql(database, {
      columns: ["useridentity.arn AS principal", "eventsource", "eventname", "errorcode", ...COUNTED],
      conditions: ["sourceipaddress = ?"],
      end: ["GROUP BY 1, 2, 3, 4", "ORDER BY latest DESC"],
    }),
  },
];
