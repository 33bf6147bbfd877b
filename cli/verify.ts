import { Command } from "commander";
import { loadOrganization } from "../organization/load";
import { accountNamed, type Organization } from "../organization/organization";
import { readDeployment } from "../signals";
import { openAccess } from "../verification/aws/access";
import { Unanswered } from "../verification/aws/unanswered";
import { readExpected } from "../verification/expected/read-expected";
import { leastPrivilege } from "../verification/least-privilege";
import { EXIT, exitCode } from "../verification/report";
import { verify } from "../verification/verify";
import { printLines } from "./print";
import { verifyJson } from "./verify-json";
import { sectionText, summaryText } from "./verify-text";

interface Options {
  readonly accounts: string;
  readonly deployment: string;
  readonly role?: string;
  readonly json: boolean;
  readonly leastPrivilege: boolean;
}

/** `trailwatch verify [account...]`: does what is deployed still work, hop by hop. */
export function verifyCommand(): Command {
  return new Command("verify")
    .description("Prove hop by hop, in AWS, that a call would be noticed and somebody told. Changes nothing.")
    .argument("[account...]", "names of accounts; all of them unless given")
    .option("--role <name>", "role to assume in each account but the caller's own (default: the deployment role)")
    .option("--json", "print JSON", false)
    .option("--least-privilege", "print the IAM policy that this needs, and ask nothing", false)
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .option("--deployment <folder>", "folder of Terraform JSON", process.env.CDKTF_OUTDIR ?? "cdktf.out")
    .addHelpText(
      "after",
      "\nExit code 0: all proven. 1: a hop failed. 2: nothing failed, but something could not be asked." +
        "\n\nExamples:\n  $ AWS_PROFILE=management trailwatch verify\n  $ trailwatch verify payments --role SecurityAudit --json",
    )
    .action(runVerify);
}

async function runVerify(names: readonly string[], options: Options): Promise<void> {
  const organization = loadOrganization(options.accounts);
  const accounts = names.length === 0 ? organization.accounts : names.map((name) => accountNamed(organization, name));
  const role = options.role === undefined ? {} : { role: options.role };
  if (options.leastPrivilege) {
    printLines([JSON.stringify(leastPrivilege({ organization, live: false, notify: false, ...role }), null, 2)]);
    return;
  }
  const expected = expectedIn(options.deployment, organization);
  try {
    const report = await verify({
      organization,
      expected,
      accounts,
      access: await openAccess({ organization, ...role }),
      now: Date.now,
      ...(options.json
        ? {}
        : {
            onSection: (section) => {
              printLines(sectionText(section));
            },
          }),
    });
    printLines(options.json ? [JSON.stringify(verifyJson(report), null, 2)] : summaryText(report));
    process.exitCode = exitCode(report);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT.unknown;
  }
}

function expectedIn(folder: string, organization: Organization): ReturnType<typeof readExpected> {
  const deployment = readDeployment(folder);
  for (const warning of deployment.warnings) process.stderr.write(`${warning}\n`);
  return readExpected(folder, deployment, organization);
}
