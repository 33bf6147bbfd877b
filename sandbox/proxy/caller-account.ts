import { header, type AwsRequest, type Send } from "./http";

/** Gets from moto the account that the credentials of a request belong to. Only moto knows which keys it issued. */
export class CallerAccounts {
  private readonly known = new Map<string, Promise<string>>();

  /** The 12-digit id of the caller's account. */
  public accountOf(request: AwsRequest, send: Send): Promise<string> {
    const authorization = header(request, "authorization");
    const accessKeyId = /Credential=([^/]+)\//.exec(authorization)?.[1] ?? "";
    const known = this.known.get(accessKeyId);
    if (known !== undefined) return known;

    const account = queryMoto(authorization, send);
    this.known.set(accessKeyId, account);
    // A failed call is not cached: moto may answer the next time.
    account.catch(() => this.known.delete(accessKeyId));
    return account;
  }
}

async function queryMoto(authorization: string, send: Send): Promise<string> {
  const { body } = await send({
    method: "POST",
    url: "/",
    headers: {
      // moto takes the service from the scope of the signature, and does not check the signature.
      authorization: authorization.replace(/(Credential=[^/]+\/[^/]+\/[^/]+\/)[^/]+/, "$1sts"),
      "content-type": "application/x-www-form-urlencoded",
    },
    body: Buffer.from("Action=GetCallerIdentity&Version=2011-06-15"),
  });
  const account = /<Account>(\d{12})<\/Account>/.exec(body.toString("utf8"))?.[1];
  if (account === undefined) throw new Error("sandbox: moto did not return the account of the caller's credentials");
  return account;
}
