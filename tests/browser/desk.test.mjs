// The supervisor's and the administrator's pages: in every mode and width, with
// a case filed, accepted and urged on the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, lookAt, open, program } from "./lib.mjs";

let b, site;
before(async () => { site = await program(); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

async function signedIn(login, options) {
  const page = await open(b, { base: site.base, ...options });
  await page.goto("/signin?back=/mode");
  await page.fill("[name=login]", login);
  await page.fill("[name=password]", "Tongban-2026");
  await Promise.all([page.waitForNavigation(), page.click("main form button.btn-p")]);
  return page;
}

const pages = {
  supervisor: ["/desk", "/desk/cases", "/desk/cases?q=没有这个人", "/desk/figures", "/desk/ratings"],
  admin: ["/desk/admin", "/desk/admin/people", "/desk/admin/people/new", "/desk/admin/people/import", "/desk/admin/agencies", "/desk/admin/agencies/xz-market",
    "/desk/admin/halls", "/desk/admin/halls/xz-centre", "/desk/admin/calendars", "/desk/admin/seals?agency=xz-market", "/desk/admin/types", "/desk/admin/words", "/desk/admin/words/decision-denied", "/desk/admin/numbers"],
};

/** Opens the first row of a list. */
const first = (list) => async (page) => {
  await page.goto(list);
  await Promise.all([page.waitForNavigation(), page.click("[data-rowopen]")]);
  return page.url();
};

for (const [login, paths] of Object.entries(pages)) {
  test(`the pages of ${login} hold in every mode and width`, async () => {
    const page = await signedIn(login);
    await page.goto("/desk/cases");
    const some = login === "supervisor" && await page.$("[data-rowopen]"); // a fresh city may have no case yet
    await lookAt(b, site.base, page, [...paths, ...(login === "admin" ? [first("/desk/admin/people")] : []), ...(some ? [first("/desk/cases")] : [])]);
    await page.context().close();
  });
}

test("an empty form of a new account comes back with its faults, without script", async () => {
  const page = await signedIn("admin", { js: false });
  await page.goto("/desk/admin/people/new");
  await page.click("main form button.btn-p");
  assert.match(await page.title(), /处需要修改/);
  assert.ok(await page.isVisible("text=请填写姓名"));
  await page.context().close();
});

test("the palette finds cases by name while one types", async () => {
  const page = await signedIn("supervisor");
  await page.goto("/desk");
  await page.keyboard.press("/");
  await page.fill("#palette [name=q]", "无此人");
  await page.waitForTimeout(400);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
