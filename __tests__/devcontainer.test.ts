import { readFileSync } from "node:fs";
import { PAGE_PORTS } from "../sandbox/sandbox-page";

const file = (name: string): string => readFileSync(name, "utf8");
const container = JSON.parse(file(".devcontainer/devcontainer.json")) as {
  readonly build: { readonly dockerfile: string };
  readonly forwardPorts: readonly number[];
  readonly postCreateCommand: string;
};
const images = [...file(`.devcontainer/${container.build.dockerfile}`).matchAll(/^FROM (\S+)/gm)].map(
  ([, image = ""]) => image,
);

test("the container forwards the sandbox's page, and installs packages without running their scripts", () => {
  expect(container.forwardPorts).toEqual([PAGE_PORTS.first]);
  expect(container.postCreateCommand).toMatch(/^npm ci --ignore-scripts /);
});

test("its images are exact versions: the Node.js of .nvmrc, and the Terraform of CI", () => {
  const terraform = /terraform_version: ([\d.]+)/.exec(file(".github/actions/prepare/action.yml"))?.[1];
  expect(images).toEqual([
    `hashicorp/terraform:${terraform ?? ""}`,
    expect.stringMatching(new RegExp(`^node:${file(".nvmrc").trim()}\\.\\d+\\.\\d+-bookworm$`)) as string,
  ]);
});
