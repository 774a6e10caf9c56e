// A word given instead of a proof: pledged on a phone with no script at all,
// checked by the bureau, put on record, objected to and answered; every page of
// it in every mode and width.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { actForFirm, next, pdf, reachMaterials } from "./applying.mjs";
import { browser, lookAt, open, program, signIn, sizes } from "./lib.mjs";

const password = "Tongban-2026";

let b, site, page, number, id;
before(async () => {
  site = await program();
  b = await browser();
  page = await open(b, { base: site.base, size: sizes.phone, js: false });
});
after(async () => { await b?.close(); await site?.stop(); });

/** Looks at pages as somebody, in every mode and width. */
async function look(login, paths, firm = false) {
  const person = await open(b, { base: site.base });
  await signIn(person, login, password);
  if (firm) await actForFirm(person);
  await lookAt(b, site.base, person, paths, async (eye, at, mode, width) => {
    if (process.env.SHOTS && mode === "standard") await eye.screenshot({ path: `${process.env.SHOTS}/${login}-${at.replace(/\W+/g, "_").slice(0, 50)}-${width}.png`, fullPage: true });
  });
  await person.context().close();
}

/** Asks the open interface as somebody. */
async function ask(login, method, path, body) {
  const session = await fetch(site.base + "/api/v1/sessions", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ login, password }) }).then((r) => r.json());
  const r = await fetch(site.base + "/api/v1" + path, { method, headers: { "Content-Type": "application/json", Authorization: "Bearer " + session.token }, body: body && JSON.stringify(body) });
  const said = await r.json();
  assert.ok(r.ok, `${login} ${path}: ${JSON.stringify(said)}`);
  return said;
}

test("somebody pledges on a phone, with no script", { timeout: 200_000 }, async () => {
  await signIn(page, "zhangwei", password);
  await actForFirm(page);
  const list = await reachMaterials(page);
  const pledge = list.replace("/materials", "/pledge");
  await look("zhangwei", [list, pledge], true);
  await page.goto(pledge);
  await page.check("[name='pledge.m7']", { force: true });
  await next(page);
  assert.match(await page.title(), /处需要修改/);
  await page.check("[name=free]", { force: true });
  await page.fill("[name='signed.typed']", "张伟");
  await next(page);
  assert.ok(await page.isVisible("text=书面承诺代替"));
  for (const link of await page.locator(".tasks a").evaluateAll((all) => all.map((a) => a.getAttribute("href")))) {
    await page.goto(link);
    if (link.endsWith("/m7") || await page.isVisible("text=这项不用交")) continue;
    await page.setInputFiles("#f-file", { name: "材料.pdf", mimeType: "application/pdf", buffer: pdf });
    await next(page);
  }
  await page.goto(list);
  await next(page);
  await page.check("input[value=electronic]", { force: true });
  await next(page);
  assert.ok(await page.isVisible("text=书面承诺"));
  await page.check("[name=agree]", { force: true });
  await next(page);
  number = new URL(page.url()).pathname.split("/")[3];
});

test("the bureau grants and checks, and the record can be objected to", { timeout: 400_000 }, async () => {
  await look("window1", ["/window/owed", "/window"]);
  id = (await ask("window1", "POST", `/cases/${number}/accept`, {})).id;
  for (let state = "accepted"; state === "accepted";) {
    const work = (await ask("supervisor", "GET", "/cases/" + id)).work[0];
    const who = work.agency === "xz-fire" ? ["fire-r"] : work.decides ? ["market-a", "market-a2"] : ["market-r", "market-r2"];
    const by = who[work.signed % who.length];
    state = (await ask(by, "POST", `/cases/${id}/work/${work.id}/${work.decides ? "decide" : "review"}`, work.decides ? { grant: true } : { opinion: "同意" })).state;
  }
  await look("market-r", ["/bureau/words", `/bureau/cases/${id}?do=check-pledge`]);
  const clerk = await open(b, { base: site.base });
  await signIn(clerk, "market-r", password);
  await clerk.goto(`/bureau/cases/${id}?do=check-pledge`);
  await clerk.check("[name=result][value=broken]", { force: true });
  await clerk.fill("[name=reason]", "三名从业人员没有健康证明");
  await clerk.fill("[name=basis]", "《中华人民共和国行政许可法》第六十九条");
  await clerk.setInputFiles("[name=evidence]", { name: "现场.pdf", mimeType: "application/pdf", buffer: pdf });
  await Promise.all([clerk.waitForNavigation(), clerk.click("button:has-text('出具核查结果')")]);
  assert.ok(await clerk.isVisible("text=承诺不实"));
  await clerk.waitForTimeout(1500);
  await page.goto("/my/credit");
  assert.ok(await page.isVisible("text=告知承诺不实"));
  const record = await page.locator("main a[href^='/my/credit/']").first().getAttribute("href");
  await look("zhangwei", ["/my/credit", record, "/my/cases/" + number], true);
  await page.goto(record);
  await page.check("[value=objection]", { force: true });
  await page.fill("[name=text]", "核查当天是试营业，人员尚未上岗");
  await Promise.all([page.waitForNavigation(), page.click("main form .btn-p")]);
  assert.ok(await page.isVisible("text=异议处理中"));
  await look("supervisor", ["/desk/credit", record.replace("/my/", "/desk/")]);
});
