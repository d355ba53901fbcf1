// What every walk has: the browser, visitors with nothing of each other's, signing in, and eyes for what goes wrong.
import { createHmac } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const QUIET = [
  "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
// What the test gave to the walk that runs.
export let told;
let browser, report;
let complaints = [];

// One walk in the browser of all. A walk is a module, and a new one each time: nothing of an earlier walk is left in it.
export async function run(given, number) {
  told = given;
  complaints = [];
  report = undefined;
  if (!browser?.isConnected()) browser = await launch();
  await import(`./${told.walk}.mjs?${number}`);
  return report;
}

// A browser that finds no host but the program's.
function launch() {
  const leads = Object.entries(told.leads).map(([name, socket]) => `MAP ${name} ${socket}`);
  const alone = `--host-resolver-rules=${[...leads, "MAP * ~NOTFOUND"].join(", ")}`;
  const root = process.getuid() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: told.chromium, args: [...QUIET, ...root, alone] });
}

export const close = () => browser?.close();

// Runs the steps. What they found and what was complained of is the report; of steps that fail, where they stood.
export async function walk(steps) {
  try {
    report = { found: (await steps(browser)) ?? null, complaints };
  } catch (error) {
    const open = browser.contexts().flatMap((context) => context.pages());
    const shown = open.map(async (page) => `${path(page.url())}:\n${(await page.innerText("body", { timeout: 5_000 }).catch(String)).slice(0, 500)}`);
    report = { failed: [...(await Promise.all(shown)), ...complaints, error.stack].join("\n") };
  }
  await Promise.allSettled(browser.contexts().map((context) => context.close()));
}

// A new visitor: nothing of another's cookies. What the pages complain of goes to the report, or to `complain`.
export async function visitor(browser, options = {}, complain = (what) => complaints.push(what)) {
  const context = await browser.newContext({ baseURL: told.base, ignoreHTTPSErrors: true, locale: "en-GB", ...options });
  context.setDefaultTimeout(120_000); // a machine may be busy with much else
  context.on("console", (said) => {
    // A 409 says in words why something cannot be done now.
    if (said.type() === "error" && !said.text().includes("status of 409")) complain(`console: ${said.text()} of ${path(said.location().url)} at ${path(said.page()?.url())}`);
  });
  context.on("weberror", (error) => complain(`script: ${error.error()}`));
  context.on("request", (request) => {
    if (!request.url().startsWith(`${told.base}/`) && !/^(data|blob|about):/.test(request.url())) complain(`elsewhere: ${request.url()}`);
  });
  context.on("response", (answer) => {
    if (answer.status() >= 500) complain(`${answer.status()}: ${path(answer.url())}`);
  });
  return context;
}

// An address without the host and the query.
export function path(address) {
  return address?.startsWith("http") ? new URL(address).pathname : String(address);
}

// The code that an app shows now (RFC 6238).
export function code(secret, now = Date.now()) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/=+$/, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac("sha1", Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))).update(counter).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

// Signs one of the demo's people in, by the page. A code is taken once, so that whoever comes again soon waits for the next one.
export async function signIn(page, name) {
  const { password, secret } = told.people[name];
  await page.goto("/account/login/");
  await page.fill("input[name=login]", name);
  await page.fill("input[name=password]", password);
  await page.click("main form button:not([hidden])");
  await giveCode(page, secret);
  return page;
}

// One of the demo's people, still signed in from an earlier walk where there was one: a code is not waited for again.
export async function comeBack(page, name) {
  const kept = `${told.kept}/${name}-${new URL(told.base).hostname}.json`;
  if (existsSync(kept)) {
    await page.context().addCookies(JSON.parse(readFileSync(kept, "utf8")));
    await page.goto("/account/login/");
    if (path(page.url()) !== "/account/login/") return page;
  }
  await signIn(page, name);
  writeFileSync(kept, JSON.stringify((await page.context().cookies()).filter(({ name }) => name.includes("session"))), { mode: 0o600 });
  return page;
}

// Gives the code on the page that asks for it.
export async function giveCode(page, secret) {
  const asked = page.url();
  for (const attempt of [1, 2]) {
    await page.fill("input[name=code]", code(secret));
    await page.click("main form button:not([hidden])");
    await page.waitForLoadState();
    if (page.url() !== asked || attempt === 2) return;
    await page.waitForTimeout(30_500 - (Date.now() % 30_000));
  }
}

// Presses a button; where a page asks first, the answer is yes.
export async function press(page, button) {
  await page.click(button);
  await page.waitForLoadState();
  if (await page.$("[name=sure]")) await page.click("[name=sure]");
  await page.waitForLoadState();
}

// A picture on a telephone and one on a desk, where HENVIS_SCREENSHOTS names a folder.
export async function shoot(page, name) {
  if (!told.shots) return;
  mkdirSync(told.shots, { recursive: true });
  const before = page.viewportSize();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: before.height });
    await page.screenshot({ path: `${told.shots}/${told.walk}-${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize(before);
}
