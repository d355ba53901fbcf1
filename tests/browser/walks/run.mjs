// All walks of a run, one after another: a line says what a walk is told, and a line is its report.
import { createInterface } from "node:readline";
import { close, run } from "./lib.mjs";

let number = 0;
for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(await run(JSON.parse(line), number++)));
await close();
