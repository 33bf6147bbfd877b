import type { Layer } from "./layers";
import type { Path, YamlFile } from "../yaml/yaml-file";

/** The files that an organization was read from, with the location of each setting. */
export class Sources {
  readonly #accounts: ReadonlyMap<string, YamlFile>;

  /** @param accounts by account name */
  constructor(
    public readonly organization: YamlFile,
    accounts: ReadonlyMap<string, YamlFile>,
  ) {
    this.#accounts = accounts;
  }

  /** The file of the account of that name. */
  public account(name: string): YamlFile {
    const file = this.#accounts.get(name);
    if (file === undefined) throw new Error(`'account' must have a file, got '${name}'`);
    return file;
  }

  /** Location of a setting in a layer: `accounts/payments.yaml:31`, as terminals and editors open it, or `default`. */
  public placeOf(layer: Layer, account: string, path: Path): string {
    if (layer === "default") return "default";
    const { file, line } = (layer === "account" ? this.account(account) : this.organization).place(path);
    return `${file}:${line}`;
  }
}
