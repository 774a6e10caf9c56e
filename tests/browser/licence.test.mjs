// Industries with one licence: found, read and asked about in every mode, and
// without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, lookAt, open, program, signIn, sizes } from "./lib.mjs";

let b, site, password;
before(async () => { site = await program(); b = await browser(); password = site.accounts().password; });
after(async () => { await b?.close(); await site?.stop(); });

test("anybody reads what an industry takes", { timeout: 240_000 }, async () => {
  await lookAt(b, site.base, null, ["/industries", "/industries/store", "/industries/gym", "/industries/gym/check"]);
});

test("one's own list is asked for without JavaScript", { timeout: 120_000 }, async () => {
  const page = await open(b, { base: site.base, size: sizes.phone, js: false });
  await page.goto("/industries");
  await page.click("text=健身房");
  await page.click("text=看看我要准备什么");
  await page.check("input[name=有高危险项目][value=是]");
  await page.check("input[name=卖食品饮料][value=否]");
  await Promise.all([page.waitForNavigation(), page.click("button:has-text('下一步')")]);
  const text = await page.textContent("main");
  assert.match(text, /您的证上会列 3 项许可/);
  assert.match(text, /高危险性体育项目经营许可证/);
  await page.context().close();
});

/** Somebody signed in, with or without JavaScript. */
async function as(login, options = {}) {
  const page = await open(b, { base: site.base, ...options });
  await signIn(page, login, password);
  return page;
}

/** Loads path again until the words stand there: news reaches a licence a moment later. */
async function until(page, path, words) {
  for (let i = 0; i < 20; i++) {
    await page.goto(path);
    if (words.test(await page.textContent("main"))) return;
    await page.waitForTimeout(100);
  }
  assert.match(await page.textContent("main"), words);
}

test("a shop with a composite licence: one permit suspended, then cancelled, the other untouched", { timeout: 240_000 }, async () => {
  const keeper = await as("chenjie", { size: sizes.phone, js: false });
  await keeper.goto("/my/certificates");
  await Promise.all([keeper.waitForNavigation(), keeper.click("a:has-text('行业综合许可证')")]);
  assert.match(await keeper.textContent("main"), /便利店.*第 4 版.*烟花爆竹.*食品经营许可证/s);
  const [paper] = new URL(keeper.url()).pathname.split("/").slice(-1);

  const approver = await as("emergency-a");
  await approver.goto("/bureau/licences");
  await Promise.all([approver.waitForNavigation(), approver.click("td a:has-text('便利店')")]);
  const licence = new URL(approver.url()).pathname;
  await Promise.all([approver.waitForNavigation(), approver.click("a.btn:has-text('暂扣')")]);
  await approver.fill("[name=reason]", "徐应急罚〔2026〕1号：超量存放");
  await Promise.all([approver.waitForNavigation(), approver.click("button:has-text('登记暂扣')")]);
  assert.match(await approver.textContent("main"), /只动这一项许可/);
  await until(keeper, `/verify/${paper}`, /第 5 版.*部分有效.*暂扣/s);
  await keeper.goto("/my/messages");
  await Promise.all([keeper.waitForNavigation(), keeper.click("a:has-text('被暂扣：徐应急罚〔2026〕1号：超量存放')")]);
  assert.match(await keeper.textContent("main"), /第 5 版：[^第]*暂扣.*超量存放/s);

  // what ends a permit is proposed and decided on its case, by two
  const reviewer = await as("emergency-r");
  await reviewer.goto(licence);
  await Promise.all([reviewer.waitForNavigation(), reviewer.click("a.btn:has-text('撤销、撤回、吊销、注销')")]);
  const about = new URL(reviewer.url()).pathname;
  await reviewer.check("input[name=ground][value^='cancel：法律、法规规定']");
  await reviewer.fill("[name=reason]", "持证人不再经营烟花爆竹");
  await Promise.all([reviewer.waitForNavigation(), reviewer.click("button:has-text('提出')")]);
  await approver.goto(`${about}?do=dismiss-later`);
  await approver.check("input[name=grant][value=yes]");
  await Promise.all([approver.waitForNavigation(), approver.click("form[action$='dismiss-later'] button.btn-p")]);
  await until(approver, licence, /第 6 版：烟花爆竹经营（零售）许可凭证注销/);
  await until(keeper, `/verify/${paper}`, /第 6 版.*部分有效.*注销.*食品经营许可证\s*有效/s);

  const food = await as("market-a");
  await food.goto(licence);
  await Promise.all([food.waitForNavigation(), food.click("a.btn:has-text('暂扣')")]);
  await lookAt(b, site.base, food, ["/bureau/licences", licence, food.url().slice(site.base.length)]);
  await lookAt(b, site.base, keeper, [`/my/certificates/${paper}`]);
  for (const page of [keeper, approver, reviewer, food]) await page.context().close();
});
