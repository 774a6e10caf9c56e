// A company is opened once for all (企业开办: licence, seals, tax, bank;
// 苏协调小组〔2021〕1号附件): its founder fills in one form on a phone with no script at
// all, every department does its part, and the register shows one record to the
// founder, to the registrar and to everybody.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answerAll, grantAll, handIn } from "./applying.mjs";
import { as, browser, caller, keep, lookAt, press, program, sizes, until } from "./lib.mjs";

const name = "徐州云汐商贸有限公司";
const answers = {
  "招用员工": "否", "预约开户": "是", "银行网点": "徐州示例银行云龙支行", "预约日期.year": "2026", "预约日期.month": "11", "预约日期.day": "20",
  "公司名称": name, "注册资本": "500000", "经营范围": "日用百货销售", "住所": "徐州市云龙区示例路19号", "法定代表人姓名": "李敏",
  "法定代表人公民身份号码": "320399199003070025", "登记联络员": "李敏", "联络员手机": "19900000001", "股东和出资额": "李敏 50万元", "受益所有人": "李敏",
  "财务负责人姓名": "李敏", "财务负责人手机": "19900000001",
};

let b, site;
before(async () => { site = await program({ at: "2026-11-16T10:00:00+08:00" }); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

test("a company is opened on the portal and stands on the desk's register", { timeout: 240_000 }, async () => {
  const founder = await as(b, site.base, "limin", { size: sizes.phone, js: false });
  await founder.goto("/apply/theme.company-start");
  await press(founder, "main .btn-p");
  const materials = await answerAll(founder, answers);
  assert.match(materials, /materials|delivery/, `stopped at ${decodeURI(materials)}: ${(await founder.textContent("main")).slice(0, 400)}`);
  const number = (await handIn(founder, materials, "李敏")).split("/").pop();
  await founder.goto("/my/joint/" + number);
  assert.match(await founder.textContent("main"), /公章刻制备案\s*等前一项办好/);
  await grantAll(caller(site.base), number);
  await until(founder, "/my/joint/" + number, /银行预约开户[^]*办好了/);

  await founder.goto("/my/account");
  await press(founder, `main form:has-text('${name}') button`);
  await founder.goto("/my/company");
  await press(founder, `a:has-text('${name}')`);
  const own = new URL(founder.url()).pathname, code = own.split("/").pop();
  for (const step of ["设立登记", "公章刻制备案", "税务报到", "银行预约开户"]) assert.match(await founder.textContent("main"), new RegExp(step));

  const registrar = await as(b, site.base, "yl-window1");
  await registrar.goto("/registry");
  assert.match(await registrar.textContent("main"), new RegExp(name));
  await registrar.goto("/registry/" + code);
  assert.match(await registrar.textContent("main"), /存续（在营）/);
  await lookAt(b, site.base, registrar, ["/registry", "/registry/" + code], keep("company"));
  await lookAt(b, site.base, null, ["/companies/" + code], keep("company"));
  const eye = await as(b, site.base, "limin");
  await eye.goto("/my/account");
  await press(eye, `main form:has-text('${name}') button`);
  await lookAt(b, site.base, eye, [own], keep("company"));
});
