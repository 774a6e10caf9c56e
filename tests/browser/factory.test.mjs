// A factory before its four stages (工程建设项目, 国办发〔2019〕11号): the unit registers
// its project and applies for the first stage on a phone with no script at all; the
// steward sees it on the board, answers what holds it up, and its pages hold in
// every mode, as those of a joint visit do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { actForFirm, answerAll, handIn, reachMaterials } from "./applying.mjs";
import { as, browser, caller, keep, lookAt, press, program, sizes, until } from "./lib.mjs";

const stageAnswers = { "建设规模和内容": "两栋厂房", "总投资": "12000000", "用地面积": "8000" };

let b, site;
before(async () => { site = await program({ at: "2026-11-16T10:00:00+08:00" }); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

const sign = (login, options) => as(b, site.base, login, options);
const actForWorks = async (page) => { await page.goto("/my/account"); await press(page, "main form:has-text('样本机械') button"); };

test("a factory is registered, applied for and helped along", { timeout: 240_000 }, async () => {
  const unit = await sign("xupeng", { size: sizes.phone, js: false });
  await actForWorks(unit);
  await unit.goto("/my/projects/new");
  await unit.fill("[name=code]", "2026-990300-35-03-123456");
  await unit.fill("[name=name]", "三期厂房");
  await unit.fill("[name=place]", "徐州市铜山区示例路40号");
  await unit.check("[name=type][value=industrial]");
  for (const question of ["特殊建设工程", "有地下室", "自备取水", "迁移古树"]) await unit.check(`[name='q.${question}'][value=否]`);
  await press(unit, "button:text-is('登记')");
  assert.match(await unit.textContent("main"), /项目代码第二段“990300”应是6位行政区划代码/);
  await unit.fill("[name=code]", "2026-320300-35-03-123456");
  await press(unit, "button:text-is('登记')");
  const own = new URL(unit.url()).pathname, board = own.replace("/my", "");

  await unit.fill("[name=text]", "厂区出入口能不能早点定下来？");
  await unit.selectOption("[name=agency]", "xz-land");
  await press(unit, "button:text-is('提出诉求')");
  await press(unit, "button:has-text('填表申报立项用地规划许可')");
  const materials = await answerAll(unit, stageAnswers);
  await handIn(unit, materials, "徐鹏");
  await until(unit, own, /立项用地规划许可：在办[^]*看本阶段的办理进度/);

  const steward = await sign("window1");
  await steward.goto(board);
  await press(steward, "button:text-is('担任项目管家')");
  assert.ok(await steward.isVisible("[aria-label='四阶段并联图'] svg"));
  assert.match(await steward.getAttribute("[aria-label='四阶段并联图'] svg", "aria-label"), /立项用地规划许可.*在办/);
  await steward.fill("[name=answer]", "周五前到现场定下来");
  await press(steward, "button:text-is('答复')");
  await unit.goto(own);
  assert.match(await unit.textContent("main"), /任国：周五前到现场定下来/);

  await lookAt(b, site.base, steward, [board], keep("factory"));
  const eye = await sign("xupeng");
  await actForWorks(eye);
  await lookAt(b, site.base, eye, [own, "/my/projects/new"], keep("factory"));
});

test("two departments call and agree on one visit", { timeout: 240_000 }, async () => {
  const firm = await sign("zhangwei", { size: sizes.phone, js: false });
  await actForFirm(firm);
  const receipt = await handIn(firm, await reachMaterials(firm, "theme.restaurant"), "张伟");
  const joint = await caller(site.base)("window1", "POST", "/joint/" + receipt.split("/").pop(), { act: "accept" });

  const market = await sign("market-r");
  await market.waitForTimeout(1500); // until the parts are told of
  await market.goto("/visits/new?case=" + joint.parts.find((p) => p.item === "food-permit").case);
  await market.fill("[name=where]", "徐州市云龙区示例路18号");
  await press(market, "button:text-is('召集联合踏勘')");
  const visit = new URL(market.url()).pathname;
  assert.match(visit, /^\/visits\//);
  const firemen = await sign("fire-r", { js: false });
  await firemen.goto(visit);
  await press(firemen, "button:has-text('能来')");
  assert.match(await firemen.textContent("main"), /同意时间/);
  await lookAt(b, site.base, market, [visit], keep("factory"));
});
