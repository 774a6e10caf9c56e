// The supervisor's and the administrator's pages: in every mode and width, with
// a case filed, accepted and urged on the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, checkPage, modes, open, program, sizesIn } from "./lib.mjs";

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

for (const [login, paths] of Object.entries(pages)) {
  for (const [mode, letters] of Object.entries(modes)) {
    for (const [width, size] of Object.entries(sizesIn(mode))) {
      test(`the pages of ${login} hold in ${mode} at ${width}`, async () => {
        const page = await signedIn(login, { size, mode: letters });
        for (const path of paths) {
          const answer = await page.goto(path);
          assert.equal(answer.status(), 200, path);
          await checkPage(page, `${path} ${mode} ${width}`);
        }
        if (login === "admin") {
          await page.goto("/desk/admin/people");
          await page.click("[data-rowopen]");
          await checkPage(page, `a person ${mode} ${width}`);
        }
        if (login === "supervisor") {
          await page.goto("/desk/cases");
          const first = await page.$("[data-rowopen]"); // a fresh city has no case yet
          if (first) {
            await first.click();
            await checkPage(page, `a case ${mode} ${width}`);
          }
        }
        await page.context().close();
      });
    }
  }
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
