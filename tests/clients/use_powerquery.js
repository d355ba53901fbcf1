// Read Power Query's M from standard input with Microsoft's own parser, and print what it makes of it.
const { createRequire } = require("node:module");
const { DefaultSettings, TaskUtils } = createRequire(process.argv[2])("@microsoft/powerquery-parser");

TaskUtils.tryLexParse(DefaultSettings, require("node:fs").readFileSync(0, "utf8")).then(({ stage, resultKind, error }) =>
  console.log(`${stage} ${resultKind} ${error?.message ?? ""}`.trim()),
);
