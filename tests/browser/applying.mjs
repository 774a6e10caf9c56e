// What the browser tests share of an application: of a firm for a food permit,
// and of anybody for anything.
export const pdf = Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");
const answers = {
  "经营场所地址": "徐州市云龙区示例路18号", "经营面积": "120", "食品安全管理员姓名": "张伟",
  "食品安全管理员手机": "19900000002", "从业人员数": "8",
};

/** Goes on to the next step of what is being applied for. */
export const next = (page) => Promise.all([page.waitForNavigation(), page.click(".bt .btn-p")]);

/** Has 张伟 act for the restaurant that he may act for. */
export async function actForFirm(page) {
  await page.goto("/my/account");
  await Promise.all([page.waitForNavigation(), page.click("main form:has-text('示例餐饮') button")]);
}

/** Begins an application and answers all questions; returns where its materials are handed in. */
export async function reachMaterials(page) {
  await page.goto("/apply/food-permit");
  await Promise.all([page.waitForNavigation(), page.click("main .btn-p")]);
  return answerAll(page, answers);
}

/** Answers all questions, with what answers says or else the first choice; returns where it leads. */
export async function answerAll(page, answers) {
  for (let i = 0; i < 40 && page.url().includes("/ask/"); i++) {
    await answer(page, answers);
    await next(page);
  }
  return new URL(page.url()).pathname;
}

async function answer(page, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const field = page.locator(`[name="${name}"]`);
    if (await field.count()) await field.fill(value);
  }
  for (const set of await page.locator("main fieldset").all()) {
    const options = set.locator("input[type=radio],input[type=checkbox]");
    if (await options.count() && !(await set.locator("input:checked").count())) await options.first().check({ force: true });
  }
}
