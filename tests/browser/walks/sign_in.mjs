// Everybody signs in with a password and a code, sees the own home, and signs out.
import { path, shoot, signIn, told, visitor, walk } from "./lib.mjs";

await walk(async (browser) => {
  const seen = {};
  for (const name of Object.keys(told.people)) {
    const context = await visitor(browser);
    const page = await signIn(await context.newPage(), name);
    const at = path(page.url());
    await shoot(page, name);
    await page.goto("/account/");
    const home = { at, greets: await page.textContent("main strong") };
    await page.click("nav a[href='/account/logout/']");
    await page.click("main form button");
    await page.goto("/account/");
    seen[name] = { ...home, after: path(page.url()) };
    await context.close();
  }
  return seen;
});
