// Whoever is invited comes with a browser of her own, and sets up an app: the page shows its secret.
import { giveCode, press, shoot, visitor } from "./lib.mjs";
import { look } from "./look.mjs";

// Her page, where the recovery codes stand, and whether the address had lost the invitation.
export async function accept(browser, invitation, name, faults, options = {}) {
  const page = await (await visitor(browser, options)).newPage();
  await page.goto(invitation);
  const hidden = !page.url().includes("#");
  await page.fill("input[name=username]", name);
  for (const field of ["password1", "password2"]) await page.fill(`input[name=${field}]`, "a-long-enough-password");
  await press(page, "main form button");
  faults.push(...(await look(page)));
  await page.click("a[href='/account/factors/app/']");
  await page.waitForLoadState();
  await shoot(page, "app");
  faults.push(...(await look(page)));
  await giveCode(page, await page.textContent("main code"));
  await shoot(page, "codes");
  faults.push(...(await look(page)));
  return [page, hidden];
}
