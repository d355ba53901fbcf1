// A manager's round on a telephone: what is expected, that there was nothing, keys, people, what was read, the feedback.
import { comeBack, press, shoot, told, visitor, walk } from "./lib.mjs";
import { look } from "./look.mjs";

const SCREEN = { locale: "da-DK", viewport: { width: 390, height: 844 } };
const PAGES = { keys: "/account/secrets/", people: "/account/people/", agreement: "/account/agreement/", reads: "/account/reads/" };

await walk(async (browser) => {
  const faults = {};
  const page = await comeBack(await (await visitor(browser, SCREEN)).newPage(), told.who);
  const see = async (name) => {
    await shoot(page, name);
    const broken = await look(page);
    if (broken.length) faults[name] = broken;
    await page.setViewportSize(SCREEN.viewport);
  };
  await page.goto("/send/");
  await see("home");
  // The button has the words of the state that it brings about: only the states are read.
  const states = () => page.$$eval("td[data-name='Status']", (all) => all.map((cell) => cell.textContent.trim()));
  const count = async () => ({ open: (await page.$$("form[action*='/complete/']")).length, nil: (await states()).filter((state) => state.startsWith("Intet at indberette")).length });
  const before = await count();
  if (before.open) await press(page, "form[action*='/complete/'] button");
  const after = await count();
  const answered = before.open ? after.open === before.open - 1 && after.nil === before.nil + 1 : before.nil > 0;
  await see("nothing");
  const menus = new Set();
  const current = [];
  for (const [name, at] of Object.entries(PAGES)) {
    await page.goto("/send/");
    await page.click(".menu-fold > summary");
    await page.click(".menu summary");
    await page.click(`nav a[href='${at}']`);
    await page.waitForLoadState();
    await see(name);
    menus.add((await page.$$eval(".menu a", (all) => all.map((link) => link.getAttribute("href")))).join(" "));
    current.push(await page.getAttribute(".menu a[aria-current]", "href"));
  }
  await page.click(".menu-fold > summary");
  await page.click("nav a[href='/send/feedback/']");
  await page.click(`main a[href='/send/feedback/${told.year}/']`);
  await page.waitForLoadState();
  await see("feedback");
  const heading = (await page.textContent("h1")).trim();
  return { answered, menus: menus.size, current, heading, faults };
});
