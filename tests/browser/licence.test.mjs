// Industries with one licence: found, read and asked about in every mode, and
// without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { as, browser, lookAt, open, press, program, sizes, until } from "./lib.mjs";

let b, site;
before(async () => { site = await program(); b = await browser(); });
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
  await press(page, "button:has-text('下一步')");
  const text = await page.textContent("main");
  assert.match(text, /您的证上会列 3 项许可/);
  assert.match(text, /高危险性体育项目经营许可证/);
  await page.context().close();
});

test("a shop with a composite licence: one permit suspended, then cancelled, the other untouched", { timeout: 240_000 }, async () => {
  const keeper = await as(b, site.base, "chenjie", { size: sizes.phone, js: false });
  await keeper.goto("/my/certificates");
  await press(keeper, "a:has-text('行业综合许可证')");
  assert.match(await keeper.textContent("main"), /便利店.*第 4 版.*烟花爆竹.*食品经营许可证/s);
  const [paper] = new URL(keeper.url()).pathname.split("/").slice(-1);

  const approver = await as(b, site.base, "emergency-a");
  await approver.goto("/bureau/licences");
  await press(approver, "td a:has-text('便利店')");
  const licence = new URL(approver.url()).pathname;
  await press(approver, "a.btn:has-text('暂扣')");
  await approver.fill("[name=reason]", "徐应急罚〔2026〕1号：超量存放");
  await press(approver, "button:has-text('登记暂扣')");
  assert.match(await approver.textContent("main"), /只动这一项许可/);
  await until(keeper, `/verify/${paper}`, /第 5 版.*部分有效.*暂扣/s);
  await keeper.goto("/my/messages");
  await press(keeper, "a:has-text('被暂扣：徐应急罚〔2026〕1号：超量存放')");
  assert.match(await keeper.textContent("main"), /第 5 版：[^第]*暂扣.*超量存放/s);

  // what ends a permit is proposed and decided on its case, by two
  const reviewer = await as(b, site.base, "emergency-r");
  await reviewer.goto(licence);
  await press(reviewer, "a.btn:has-text('撤销、撤回、吊销、注销')");
  const about = new URL(reviewer.url()).pathname;
  await reviewer.check("input[name=ground][value^='cancel：法律、法规规定']");
  await reviewer.fill("[name=reason]", "持证人不再经营烟花爆竹");
  await press(reviewer, "button:has-text('提出')");
  await approver.goto(`${about}?do=dismiss-later`);
  await approver.check("input[name=grant][value=yes]");
  await press(approver, "form[action$='dismiss-later'] button.btn-p");
  await until(approver, licence, /第 6 版：烟花爆竹经营（零售）许可凭证注销/);
  await until(keeper, `/verify/${paper}`, /第 6 版.*部分有效.*注销.*食品经营许可证\s*有效/s);

  const food = await as(b, site.base, "market-a");
  await food.goto(licence);
  await press(food, "a.btn:has-text('暂扣')");
  await lookAt(b, site.base, food, ["/bureau/licences", licence, food.url().slice(site.base.length)]);
  await lookAt(b, site.base, keeper, [`/my/certificates/${paper}`]);
  for (const page of [keeper, approver, reviewer, food]) await page.context().close();
});
