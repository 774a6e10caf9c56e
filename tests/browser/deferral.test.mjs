// A minor material brought later (容缺受理, 徐政发〔2022〕21号（七）): promised,
// accepted so and brought on a phone with no script at all; the page of the
// promise and the one on which it is kept, in every mode and width.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { actForFirm, next, pdf, reachMaterials } from "./applying.mjs";
import { browser, lookAt, open, program, signIn, sizes } from "./lib.mjs";

const password = "Tongban-2026";

let b, site, page;
before(async () => {
  site = await program({ at: "2026-11-16T10:00:00+08:00" });
  b = await browser();
  page = await open(b, { base: site.base, size: sizes.phone, js: false });
});
after(async () => { await b?.close(); await site?.stop(); });

/** Looks at a page of the applicant's in every mode and width. */
async function look(path) {
  const person = await open(b, { base: site.base });
  await signIn(person, "zhangwei", password);
  await actForFirm(person);
  await lookAt(b, site.base, person, [path], async (eye, at, mode, width) => {
    if (process.env.SHOTS && mode === "standard") await eye.screenshot({ path: `${process.env.SHOTS}/deferral-${at.split("/").pop()}-${width}.png`, fullPage: true });
  });
  await person.context().close();
}

/** Accepts the case at the window with what its applicant offered. */
async function accept(number) {
  const headers = { "Content-Type": "application/json" };
  const { token } = await fetch(site.base + "/api/v1/sessions", { method: "POST", headers, body: JSON.stringify({ login: "window1", password }) }).then((r) => r.json());
  const r = await fetch(`${site.base}/api/v1/cases/${number}/accept`, { method: "POST", headers: { ...headers, Authorization: `Bearer ${token}` }, body: JSON.stringify({ promises: [{ material: "m6", by: "2026-11-20" }] }) });
  assert.ok(r.ok, JSON.stringify(await r.json()));
}

test("a minor material is promised on a phone with no script, and brought later", { timeout: 200_000 }, async () => {
  await signIn(page, "zhangwei", password);
  await actForFirm(page);
  const list = await reachMaterials(page);
  await page.click("text=选择稍后补交");
  const later = new URL(page.url()).pathname;
  assert.equal(later, list.replace("/materials", "/later"));
  await look(later);
  await next(page);
  assert.match(await page.title(), /处需要修改/);
  assert.ok(await page.isVisible("text=请选择要稍后补交的材料"));
  await page.check("[name='later.m6']", { force: true });
  await page.fill("[name='by.m6']", "2026-11-20");
  await page.fill("[name='signed.typed']", "张伟");
  await next(page);
  assert.ok(await page.isVisible("text=承诺2026年11月20日前补交"));
  for (const link of await page.locator(".tasks a").evaluateAll((all) => all.map((a) => a.getAttribute("href")))) {
    if (link.endsWith("/m6")) continue;
    await page.goto(link);
    if (!await page.locator("#f-file").count()) continue;
    await page.setInputFiles("#f-file", { name: "材料.pdf", mimeType: "application/pdf", buffer: pdf });
    await next(page);
  }
  await page.goto(list);
  await next(page);
  await page.check("input[value=electronic]", { force: true });
  await next(page);
  await page.check("[name=agree]", { force: true });
  const typed = page.locator("[name='sign.typed']");
  if (await typed.count()) await typed.fill("张伟");
  await next(page);
  const number = new URL(page.url()).pathname.split("/")[3];

  await accept(number);
  await page.goto("/my");
  assert.ok(await page.isVisible("text=请补交承诺的材料"));
  await look(`/my/cases/${number}/correct`);
  await page.goto(`/my/cases/${number}/correct`);
  await page.setInputFiles("[name='materials.m6']", { name: "制度.pdf", mimeType: "application/pdf", buffer: pdf });
  await next(page);
  await page.goto(`/my/cases/${number}/correct`);
  assert.ok(await page.isVisible("text=现在没有要补交的材料"));
  assert.deepEqual(page.problems, []);
});
