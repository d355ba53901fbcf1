// One member of staff asks for a person and for a client of a partner, another approves: each hands on a half of the invitation, and
// the partner's own manager is told of the client and makes its secret.
import { comeBack, press, shoot, told, visitor, walk } from "./lib.mjs";
import { look } from "./look.mjs";

await walk(async (browser) => {
  const faults = [];
  const [asks, approves, manager] = await Promise.all(
    ["demo-partner-manager", "demo", "demo-manager"].map(async (name) => comeBack(await (await visitor(browser)).newPage(), name)),
  );
  const see = async (page, name) => {
    await shoot(page, name);
    faults.push(...(await look(page)));
  };
  const ask = async (room, what, fill) => {
    await asks.goto(`/admin/${room}/${what}/add/`);
    await asks.selectOption("#id_partner", { label: told.partner });
    await fill();
    await press(asks, "[name=_save]");
    await see(asks, `${what}-asked`);
  };
  const approve = async (what) => {
    await approves.goto("/admin/");
    await see(approves, `${what}-waits`);
    await approves.goto("/admin/partners/accessrequest/");
    await approves.click("#result_list tbody th a");
    await approves.click("a[href$='/decide/']");
    await see(approves, `${what}-decide`);
    await press(approves, "[name=approve]");
    await see(approves, `${what}-approved`);
  };

  await ask("people", "invitation", async () => {
    await asks.fill("#id_recipient", "Vagt om natten");
    await asks.selectOption("#id_role", "READER");
  });
  const second = await asks.textContent("#content code");
  await approve("invitation");
  const invited = await accept(browser, await approves.textContent("#content code"), second);

  await ask("partners", "client", () => asks.fill("#id_name", told.client));
  await approve("client");
  await manager.goto("/account/");
  const notice = manager.locator("tr", { hasText: told.client });
  const announced = await notice.count();
  await see(manager, "announced");
  const client = await notice.locator("button").getAttribute("value");
  await press(manager, `button[value='${client}']`);
  const announcedStill = await notice.count();
  await manager.goto("/account/secrets/");
  await press(manager, `button[value='${client}']`);
  const made = /^hv_live_/.test(await manager.textContent(".once code"));
  await manager.goto("/account/reads/");
  await see(manager, "reads");
  return { invited, announced, announcedStill, made, faults };
});

// Where the invitee is led to with the link alone, and with both halves.
async function accept(browser, link, second) {
  const page = await (await visitor(browser)).newPage();
  const ways = [];
  for (const half of ["", second]) {
    await page.goto(link);
    await page.fill("input[name=username]", told.invitee);
    await page.fill("input[name=second]", half);
    for (const field of ["password1", "password2"]) await page.fill(`input[name=${field}]`, "a-long-enough-password");
    await press(page, "main form button");
    await shoot(page, half ? "accepted" : "half");
    ways.push(new URL(page.url()).pathname);
  }
  return ways;
}
