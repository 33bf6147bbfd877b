import { errorResponse } from "../../../sandbox/proxy/aws-error";

const ERROR = { code: "ExampleException", message: "'a' < 'b'" };

describe("errorResponse", () => {
  test("is final in every protocol: clients repeat 5xx for minutes", () => {
    for (const protocol of ["json", "query", "cbor", "rest-xml", "rest-json"] as const) {
      expect(errorResponse(protocol, ERROR).status).toBe(400);
    }
  });

  test("JSON names the code in __type", () => {
    expect(JSON.parse(errorResponse("json", ERROR).body.toString())).toEqual({
      __type: "ExampleException",
      message: "'a' < 'b'",
    });
  });

  test("REST JSON names the code in a header", () => {
    const response = errorResponse("rest-json", ERROR);
    expect(response.headers["x-amzn-errortype"]).toBe("ExampleException");
    expect(JSON.parse(response.body.toString())).toEqual({ message: "'a' < 'b'" });
  });

  test("query wraps the error", () => {
    expect(errorResponse("query", ERROR).body.toString()).toMatch(
      /^<ErrorResponse><Error><Type>Sender<\/Type><Code>ExampleException<\/Code><Message>'a' &lt; 'b'<\/Message><\/Error>/,
    );
  });

  test("S3 does not", () => {
    expect(errorResponse("rest-xml", ERROR).body.toString()).toMatch(
      /\?><Error><Code>ExampleException<\/Code><Message>'a' &lt; 'b'<\/Message>/,
    );
  });

  test("CBOR holds a map of two texts", () => {
    const response = errorResponse("cbor", { code: "E", message: "m" });
    expect(response.headers["smithy-protocol"]).toBe("rpc-v2-cbor");
    expect(response.body.toString("hex")).toBe(
      ["a2", "790006", hex("__type"), "790001", hex("E"), "790007", hex("message"), "790001", hex("m")].join(""),
    );
  });
});

function hex(text: string): string {
  return Buffer.from(text).toString("hex");
}
