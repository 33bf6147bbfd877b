import { openPage } from "./page/page";
import type { Page } from "./page/page-options";
import type { Sandbox } from "./sandbox";

/** Opens the page that shows a sandbox. */
export function openSandboxPage(sandbox: Sandbox): Promise<Page> {
  const { signalPath, mailbox, organization } = sandbox;
  return openPage({
    accounts: organization.accounts,
    hasAlertHub: organization.alertHub !== undefined,
    signalPath: { onHop: (listener) => signalPath.onHop(listener) },
    mailbox: {
      messages: () => mailbox.messages(),
      onMail: (listener) => mailbox.onMail(listener),
      isConfirmed: (mail) => mailbox.isConfirmed(mail),
      confirmToken: (token) => mailbox.confirmToken(token),
    },
    alarms: () => signalPath.alarms(),
  });
}
