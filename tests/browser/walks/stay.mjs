// Somebody leaves a form open: a dialogue says that the session is about to end, Enter prolongs it, and it says when it has ended.
import { comeBack, shoot, told, visitor, walk } from "./lib.mjs";
import { look } from "./look.mjs";

const MINUTE = 60_000;

await walk(async (browser) => {
  const context = await visitor(browser);
  const page = await context.newPage();
  await comeBack(page, told.who);
  const found = {};
  for (const at of told.at) found[at] = await wait(await context.newPage(), at);
  return found;
});

async function wait(page, at) {
  await page.clock.install();
  await page.goto(at);
  const early = await says(page, 20);
  const soon = await says(page, 5);
  await shoot(page, `stay${at.replaceAll("/", "-")}`);
  const faults = await look(page);
  const lost = await lose(page);
  const [answer] = await Promise.all([page.waitForResponse("**/stay/"), page.keyboard.press("Enter")]);
  await page.waitForSelector("#stay", { state: "hidden" });
  const stayed = await says(page, 20);
  const ended = await says(page, 15);
  return { early, soon, faults, lost, status: answer.status(), stayed, ended };
}

// What the dialogue says after a request that was lost, which says nothing of the session: its button can be pressed again. The page's
// own `fetch` loses it: of one that the network loses a browser complains.
async function lose(page) {
  await page.evaluate(() => {
    const { fetch } = window;
    window.fetch = () => Promise.reject(new TypeError("lost"));
    document.activeElement.click();
    window.fetch = fetch;
  });
  return says(page, 0);
}

// What the dialogue says so many minutes later; nothing where it is closed.
async function says(page, minutes) {
  await page.clock.runFor(minutes * MINUTE);
  return page.locator("#stay[open] [data-say]:visible").allInnerTexts();
}
