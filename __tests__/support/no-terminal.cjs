// Tests in the very process of Jest would else see the terminal that Jest itself runs in, and print for its width.
for (const stream of [process.stdout, process.stderr])
  Object.defineProperty(stream, "isTTY", { value: false, writable: true, configurable: true });
