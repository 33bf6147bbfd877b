import { USER_ID } from "../tokens";
import type { Context } from "../context";
import type { Route } from "../route";

const OPENID = "GET /.well-known/openid-configuration";

/** What clients ask first. Sources: Terraform, "Remote service discovery"; HCP Terraform, "Account API". */
export function discoveryRoutes({ url, signer }: Context): Route[] {
  const json = (value: unknown) => ({
    content: Buffer.from(JSON.stringify(value)),
    contentType: "application/json",
  });
  return [
    {
      call: "GET /.well-known/terraform.json",
      isOpen: true,
      answer: () =>
        json({ "tfe.v2": "/api/v2/", "tfe.v2.1": "/api/v2/", "tfe.v2.2": "/api/v2/", "state.v2": "/api/v2/" }),
    },
    // Clients read the version of the API from its headers, also without a token.
    { call: "GET /api/v2/ping", isOpen: true, answer: () => ({ status: 204 }) },
    {
      call: "GET /api/v2/account/details",
      answer: ({ caller }) => ({
        document: {
          data: {
            ...{ id: caller.by === "run" ? caller.run.id : USER_ID, type: "users" },
            attributes: {
              username: caller.by === "run" ? "run" : "sandbox",
              "is-service-account": caller.by === "run",
            },
          },
        },
      }),
    },
    {
      call: OPENID,
      isOpen: true,
      answer: () =>
        json({
          issuer: url,
          jwks_uri: `${url}/.well-known/jwks`,
          response_types_supported: ["id_token"],
          subject_types_supported: ["public"],
          id_token_signing_alg_values_supported: ["RS256"],
        }),
    },
    { call: "GET /.well-known/jwks", isOpen: true, answer: () => json(signer.keySet()) },
  ];
}
