import { PACKS } from "../../detections/catalogue";
import { generatedPages } from "../../detections/docs/pages";
import { ROLE_PACKS, type Role } from "../../organization/resolve/role-packs";

/** Roles that have a pack by default, as its description names them. */
const ACCOUNTS: Readonly<Record<string, readonly Role[]>> = {
  "every account": ["management", "log-archive", "member"],
  "all accounts but management": ["log-archive", "member"],
  "member accounts": ["member"],
  "the management account": ["management"],
  "no account": [],
};

const ROLES = Object.keys(ROLE_PACKS) as readonly Role[];

test.each(PACKS.map((pack) => [pack.id, pack] as const))(
  "%s names the accounts that have it by default",
  (id, pack) => {
    const roles = ROLES.filter((role) => ROLE_PACKS[role].includes(id));
    const [, accounts = ""] = /On by default in ([a-z ]+)/.exec(pack.description) ?? [];
    const named = Object.keys(ACCOUNTS).find((words) => accounts.startsWith(words)) ?? accounts;
    expect(ACCOUNTS[named]).toEqual(roles);
  },
);

test("docs/detections.md shows the description of each pack", () => {
  const page = generatedPages().get("detections.md") ?? "";
  expect(PACKS.filter(({ description }) => !page.includes(description))).toEqual([]);
});
