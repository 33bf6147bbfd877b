import fc from "fast-check";
import { newAccountText, syncedText } from "../../inventory/account-text";
import { check } from "../../organization/validation/check";
import { accountFile } from "../../organization/schema/schema";
import { YamlFile } from "../../organization/yaml/yaml-file";
import { anyCharacter } from "../support/any-character";

// Names of accounts, organizational units and tags are chosen by other people: text in a file, never YAML.
const PIECES = [
  "\n",
  "\r",
  "\u2028",
  "\u0085",
  "\u007f",
  "\u001b[31m",
  "\u202e",
  "\ufeff",
  "\ufffd",
  ": ",
  " #",
  "- ",
  "&a ",
  "*a",
  "!!js ",
  "<<",
  "'",
  '"',
  "\\",
  "---\n",
  "...",
  "%YAML 1.1",
  "{",
  "[",
  "null",
  "~",
  "0x1F",
  "no",
  "é",
  "e\u0301",
  "😀",
  "${file(1)}",
  "?",
  "|",
  ">",
  "\t",
  " ",
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: anyCharacter, maxLength: 3 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pieces) => pieces.join(""));
const unit = hostile.map((text) => text.replaceAll("/", "-")).filter((text) => text !== "");
const tagText = fc
  .array(fc.constantFrom("a", "1", "0x1F", "null", "true", "no", " ", ":", "-", "=", "@", "é", "."), {
    minLength: 1,
    maxLength: 4,
  })
  .map((pieces) => pieces.join(""));

const readBack = (text: string) => check(accountFile, new YamlFile("payments.yaml", { text }));

test("names from AWS Organizations come back as they are, in a new file and in one that is changed", () => {
  fc.assert(
    fc.property(
      hostile,
      unit,
      fc.dictionary(tagText, tagText, { maxKeys: 3, noNullPrototype: true }),
      (awsName, organizationalUnit, accountTags) => {
        const managed = { role: "member", organizationalUnit, accountTags } as const;
        const created = newAccountText("payments", "444455556666", awsName, managed);
        expect(readBack(created).problems).toEqual([]);
        expect(readBack(created).complete).toMatchObject({ name: "payments", id: "444455556666", ...managed });

        const none = { role: "member", organizationalUnit: undefined, accountTags: {} } as const;
        const plain = newAccountText("payments", "444455556666", "Payments", none);
        const changed = readBack(syncedText(plain, none, managed));
        expect(changed.problems).toEqual([]);
        expect(changed.complete).toMatchObject({ name: "payments", role: "member", organizationalUnit, accountTags });
      },
    ),
    { numRuns: 150 },
  );
});
