// What follows a decision (变更、延续、注销): the holder's pages without
// JavaScript, the window's with keys, and both in every mode and width.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, lookAt, open, program, signIn } from "./lib.mjs";

let b, site, password;
before(async () => { site = await program({ at: "2026-11-16T10:00:00+08:00" }); b = await browser(); password = site.accounts().password; });
after(async () => { await b?.close(); await site?.stop(); });

async function look(page, name) {
  if (!process.env.SHOTS) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
}

/** Where the holder may ask about a certificate of theirs: its page. */
async function aCertificate(page) {
  await page.goto("/my/certificates");
  const all = await page.$$eval("main a[href*='/my/certificates/']", (links) => [...new Set(links.map((a) => a.getAttribute("href").split(/[?#]/)[0]))]);
  for (const href of all) {
    await page.goto(href);
    if (await page.$("a[href*='kind=change']")) return href;
  }
  return "";
}

test("a holder asks for a change without JavaScript, and everything holds in every mode", async () => {
  let login = "", mine = "";
  for (const one of ["limin", "zhangwei", "chenjie"]) {
    const page = await open(b, { base: site.base, js: false });
    await signIn(page, one, password);
    mine = await aCertificate(page);
    login = one;
    if (mine) { await page.context().close(); break; }
    await page.context().close();
  }
  assert.ok(mine, "somebody of the sample city holds a certificate");
  const identifier = mine.split("/").pop();
  const citizen = await open(b, { base: site.base });
  await signIn(citizen, login, password);
  const clerk = await open(b, { base: site.base });
  await signIn(clerk, "window1", password);
  const people = { citizen, clerk };
  const paths = {
    citizen: [mine, ...["change", "renew", "cancel"].map((kind) => `${mine}/later?kind=${kind}`)],
    clerk: ["/window/today", "/window/later", "/window/later?q=无", `/window/later?q=${identifier}`, ...["change", "renew", "cancel"].map((kind) => `/window/later/${identifier}?kind=${kind}`)],
  };
  for (const [who, list] of Object.entries(paths)) {
    await lookAt(b, site.base, people[who], list, async (eye, at, mode, width) => { if (mode === "standard") await look(eye, `later-${who}-${list.indexOf(at)}-${width}`); });
  }
  const plain = await open(b, { base: site.base, js: false });
  await signIn(plain, login, password);
  await plain.goto(`${mine}/later?kind=cancel`);
  await plain.click("button:has-text('申请注销')");
  assert.match(await plain.textContent("main"), /请写明理由/);
  await plain.fill("[name=reason]", "不再使用");
  await plain.click("button:has-text('申请注销')");
  assert.match(await plain.textContent("main"), /注销/);
  await clerk.goto(`/window/later/${identifier}?kind=change`);
  assert.match(await clerk.textContent("main"), /正在办理，决定以后才能办理别的/);
  await plain.context().close();
  await citizen.context().close();
  await clerk.context().close();
});
