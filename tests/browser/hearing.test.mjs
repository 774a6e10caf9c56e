// A hearing that the public is told of (听证公告), by whoever has to do with it: the
// applicant, a neighbour without JavaScript, and the reviewer; from the notice
// to the minutes that they sign.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { as, browser, caller, lookAt, open, press, program } from "./lib.mjs";

let b, site;
before(async () => { site = await program({ at: "2026-09-21T10:00:00+08:00" }); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

async function look(page, name) {
  if (!process.env.SHOTS) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  await page.screenshot({ path: join(process.env.SHOTS, `hearing-${name}.png`), fullPage: true });
}

/** Looks at pages in every mode and width. */
const see = (as, name, paths) => lookAt(b, site.base, as, paths, async (eye, at, mode, width) => {
  if (mode === "standard") await look(eye, `${name}-${paths.indexOf(at)}-${width}`);
});

/** A case of 欧阳雪's that is being reviewed by the market supervision. */
async function underReview() {
  const call = caller(site.base);
  const all = (await call("ouyangxue", "GET", "/cases")).items.filter((c) => c.agency === "xz-market" && c.state === "accepted");
  assert.ok(all.length, "欧阳雪 has a case under review in the sample city");
  return all[0];
}

/** Writes on a pad with the mouse. */
async function sign(page, pad) {
  await pad.scrollIntoViewIfNeeded();
  const at = await pad.boundingBox();
  await page.mouse.move(at.x + 20, at.y + 30);
  await page.mouse.down();
  for (const [x, y] of [[60, 50], [110, 25], [150, 60]]) await page.mouse.move(at.x + x, at.y + y, { steps: 4 });
  await page.mouse.up();
}

test("a hearing is announced, a neighbour is chosen to speak, and the minutes are signed", async () => {
  const k = await underReview();
  let reviewer = await as(b, site.base, "market-r");
  await reviewer.goto(`/bureau/cases/${k.id}?do=call-hearing`);
  await reviewer.fill("[name=about]", "拟准予食品经营许可");
  await reviewer.fill("[name=reason]", "相邻住户的油烟和噪声");
  await reviewer.fill("[name=on]", "2026-11-10");
  await reviewer.fill("[name=place]", "市政务服务中心三楼听证室");
  await reviewer.fill("[name=host]", "陈新");
  await reviewer.check("[name=public][value=yes]", { force: true });
  await look(reviewer, "call");
  await press(reviewer, "button:has-text('出具听证通知书')");
  assert.match(await reviewer.textContent("main"), /请选择为什么向社会公告/);
  await reviewer.check("[name=ground] >> nth=1", { force: true });
  await reviewer.fill("[name=signBy]", "2026-10-20");
  await reviewer.fill("[name=seats]", "3");
  await reviewer.fill("[name=contact]", "市市场监管局 0516-00000000 石波");
  await press(reviewer, "button:has-text('出具听证通知书')");
  const book = await reviewer.getAttribute("a:has-text('公告和报名')", "href");
  assert.match(await reviewer.textContent(".rt"), /计时中止/);

  const applicant = await as(b, site.base, "ouyangxue");
  await applicant.goto("/my");
  assert.match(await applicant.textContent("main"), /将举行听证/);
  const neighbour = await as(b, site.base, "zhangwei", { js: false });
  await neighbour.goto("/hearings");
  await press(neighbour, "main tbody a");
  const notice = new URL(neighbour.url()).pathname;
  assert.doesNotMatch(await neighbour.textContent("main"), /欧阳雪/);
  await applicant.goto(notice);
  assert.match(await applicant.textContent("main"), /这是您申请的许可/);
  await press(neighbour, "a:has-text('我要报名')");
  await neighbour.check("[name=relation][value=concerned]");
  await neighbour.check("[name=speak]");
  await press(neighbour, "main button:has-text('报名')");
  assert.match(await neighbour.textContent("main"), /请写明这件许可关系到您的什么利益/);
  await neighbour.fill("[name=interest]", "住在二楼，正对排烟口");
  await neighbour.fill("[name=view]", "请把排烟口改到屋顶");
  await neighbour.fill("[name=phone]", "19900000002");
  await press(neighbour, "main button:has-text('报名')");
  assert.match(await neighbour.textContent("main"), /您已经报名：等待选定/);

  await see(null, "public", [notice, "/hearings"]);
  await see(await as(b, site.base, "chenjie"), "signup", [`/my${notice}`]);
  await see(reviewer, "choose", [book]);
  await reviewer.goto(book);
  await reviewer.check("input[value=speaker]", { force: true });
  await press(reviewer, "button:has-text('确定并通知本人')");
  await neighbour.goto("/my/messages");
  assert.match(await neighbour.textContent("main"), /您被选定参加听证并发言/);

  site = await site.later("2026-11-10T11:00:00+08:00");
  reviewer = await as(b, site.base, "market-r");
  await reviewer.goto(`/bureau/cases/${k.id}?do=note-hearing`);
  assert.match(await reviewer.inputValue("[name=attended]"), /欧阳雪、张伟、陈新/);
  await reviewer.fill("[name=text]", "张伟质证油烟检测报告，欧阳雪答应把排烟口改到屋顶。");
  const pads = reviewer.locator("canvas"); // of the applicant, the neighbour and the host
  assert.equal(await pads.count(), 3);
  for (const pad of await pads.all()) await sign(reviewer, pad);
  await look(reviewer, "minutes");
  await press(reviewer, "button:has-text('出具听证笔录')");
  assert.match(await reviewer.textContent(".rt"), /笔录在案/);
  assert.doesNotMatch(await reviewer.textContent(".rt"), /未签字的情况/);
  const anyone = await open(b, { base: site.base });
  await anyone.goto(notice);
  assert.match(await anyone.textContent("main"), /已经举行，将根据听证笔录作出决定/);
});
