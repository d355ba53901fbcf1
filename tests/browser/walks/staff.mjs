// A superuser adds a partner in the admin and corrects it.
import { comeBack, press, shoot, told, visitor, walk } from "./lib.mjs";

await walk(async (browser) => {
  const page = await comeBack(await (await visitor(browser)).newPage(), "demo");
  await page.goto("/admin/partners/partner/add/");
  await page.fill("#id_name", told.partner);
  await page.selectOption("#id_kind", "NGO");
  await press(page, "[name=_save]");
  await shoot(page, "added");
  await page.fill("#id_umbrella", `${told.partner} Group`);
  await press(page, "[name=_save]");
  await shoot(page, "corrected");
  return (await page.inputValue("#id_umbrella")) === `${told.partner} Group` ? 1 : 0;
});
