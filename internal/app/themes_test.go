package app_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

// Everybody finds the themes of the notice, what each takes and what it saves
// (苏协调小组〔2021〕1号 三：形成一张材料清单，方便群众一次性阅知).
func TestThemesAreThereForEverybody(t *testing.T) {
	v := openCity(t).visitor()
	for _, tt := range []struct {
		path string
		says []string
	}{
		{"/themes", []string{"精品", "省定标准", "企业开办", "新生儿出生", "开药店", "退休", "身后（正常死亡）", "工程建设项目审批"}},
		{"/themes?stage=出生", []string{"新生儿出生"}},
		{"/themes/birth", []string{"出生医学证明首次签发", "省卫生健康委", "省公安厅", "母亲居民身份证", "不用交", "分别办", "由“出生医学证明首次签发”办出", "示例数据，不能当真"}},
		{"/themes/birth/check", []string{"给宝宝办社会保障卡吗？", "妈妈要报销生育医疗费用吗？"}},
		{"/themes/birth/check?办社保卡=否&报销生育费用=否", []string{"出生医学证明上要不要写父亲信息？", "孩子跟谁上户口？"}},
		{"/themes/birth/check?办社保卡=否&报销生育费用=否&登记父亲信息=是&随谁落户=随父亲&父母已婚=是&邮寄户口簿=否", []string{"您要办 4 件事", "您要准备 2 份材料，另有 3 份看是谁的", "您本人的，有电子证照就不用交；别人的，请上传", "新生儿父亲居民身份证", "新生儿姓名确认书"}},
		{"/search?q=生孩子要办什么", []string{"新生儿出生一件事"}},
		{"/search?q=领证", []string{"结婚一件事"}},
		{"/themes/construction", []string{"省电力公司", "先办什么，后办什么"}},
	} {
		v.get(tt.path)
		v.sees(http.StatusOK, tt.says...)
		v.misses("style=")
	}
	v.get("/themes?stage=出生")
	v.misses("开药店")
	v.get("/themes/birth/check?办社保卡=否&报销生育费用=否&登记父亲信息=是&随谁落户=随父亲&父母已婚=是&邮寄户口簿=否")
	v.misses("社会保障卡申领", "非婚生育说明")
	for _, path := range []string{"/themes/none", "/themes/none/check"} {
		v.get(path)
		v.sees(http.StatusNotFound)
	}
}

// Who only reads a theme reads the names of what was chosen, and lines as lines.
func TestAThemeIsReadInWordsAndNotInCodes(t *testing.T) {
	c := openCity(t)
	items := c.signedIn("items")
	items.get("/desk/themes/restaurant")
	items.sees(http.StatusOK, "现在只能查看", "徐州市市场监督管理局")
	items.misses("xz-market", "承诺时限\n事项的组成")
}

// An item manager writes the next edition of a theme, an auditor publishes it,
// and the public page shows it (苏协调小组〔2021〕1号 四：编制申报表单、办事指南和审批流程).
func TestAThemeIsWrittenCheckedAndPublished(t *testing.T) {
	c := openCity(t)
	items := c.signedIn("items")
	items.get("/desk/themes")
	items.sees(http.StatusOK, "新生儿出生", "编制新版")
	items.get("/desk/themes?q=xse")
	items.sees(http.StatusOK, "新生儿出生")
	items.misses("开药店")
	items.sends("/desk/themes", url.Values{"id": {"birth"}})
	items.sees(http.StatusOK, "草稿，以第1版为底稿", "推算结果")
	items.sends("/desk/themes/birth/save", url.Values{"promised": {"38个工作日"}, "find": {"items"}, "items.find": {"登记"}})
	items.sees(http.StatusOK, "找到的事项，勾选的加进来", "再看后面的", "新生儿出生")
	items.sends("/desk/themes/birth/save", url.Values{"items.pick": {"pension-end"}, "find": {"items?page=1"}, "items.find": {"登记"}})
	items.sees(http.StatusOK, "养老待遇终止和丧葬抚恤待遇")
	items.misses("再看后面的")
	items.sends("/desk/themes/birth/save", url.Values{"components[6].delete": {"1"}, "items.find": {""}})
	items.sends("/desk/themes/birth/save", url.Values{"components[0].item": {"no-such-item"}})
	items.sees(http.StatusOK, "清单中没有事项", "不得发布")
	items.sends("/desk/themes/birth/submit", url.Values{})
	items.sees(http.StatusUnprocessableEntity, "清单中没有事项")
	items.sends("/desk/themes/birth/save", url.Values{"components[0].item": {"birth-certificate"}})
	items.sends("/desk/themes/birth/submit", url.Values{})
	items.sees(http.StatusOK, "待审核")

	auditor := c.signedIn("auditor")
	auditor.get("/desk/themes/birth")
	auditor.sends("/desk/themes/birth/publish", url.Values{})
	c.now = c.now.Add(2 * time.Second)
	everybody := c.visitor()
	everybody.get("/themes/birth")
	everybody.sees(http.StatusOK, "38 个工作日", "第 2 版")
}

const schemeOfElsewhere = `name: 结婚落户一件事
lead: 市民政局
承诺时限: 20个工作日
items:
- {name: 内地居民结婚登记, promise_limit: 20个工作日}
- 变更户口婚姻状况
- 婚俗改革宣传
申请条件: [一方户口在本市]
hue: 红
`

// A city that has its scheme in a file does not type it again: the items are those of
// this city by name, and what was not understood is told (苏协调小组〔2021〕1号 四).
func TestAThemeBeginsWithASchemeOfAnotherCity(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	keeper.get("/desk/themes")
	keeper.upload("/desk/themes/scheme", "file", "方案.yaml", []byte(schemeOfElsewhere), url.Values{"scheme.id": {""}})
	keeper.sees(http.StatusUnprocessableEntity, "请填写标识")
	keeper.upload("/desk/themes/scheme", "file", "方案.yaml", []byte("themes: [{name: 甲, items: [A]}, {name: 乙, items: [B]}]"), url.Values{"scheme.id": {"wed"}})
	keeper.sees(http.StatusUnprocessableEntity, "文件里有：甲、乙")
	keeper.upload("/desk/themes/scheme", "file", "方案.yaml", []byte("[1"), url.Values{"scheme.id": {""}})
	keeper.sees(http.StatusUnprocessableEntity, "第1行", "请填写标识")
	keeper.upload("/desk/themes/scheme", "file", "方案.yaml", []byte(schemeOfElsewhere), url.Values{"scheme.id": {"wed"}, "request": {"r1"}})
	keeper.sees(http.StatusOK, "读方案文件时发现的", "hue", "marriage-registration", "household-marital", "一方户口在本市", "清单中没有事项", "请填写人生阶段或者企业生命周期")
	keeper.get("/desk/themes/wed")
	keeper.sees(http.StatusOK, "结婚落户", "草稿")
	d, err := c.Themes.Store.Draft(t.Context(), "wed")
	if err != nil || d.Text.Region != "320300000000" || d.Text.Name != "结婚落户" {
		t.Errorf("%q is offered in %q (%v): no window would find what is applied for", d.Text.Name, d.Text.Region, err)
	}

	limin := c.signedIn("limin")
	limin.upload("/desk/themes/scheme", "file", "方案.yaml", []byte(schemeOfElsewhere), url.Values{"scheme.id": {"mine"}})
	limin.sees(http.StatusForbidden)
	keeper.missing("/desk/themes/mine")
}

// Who may only read a theme is not offered to add anything to it.
func TestWhoOnlyReadsAThemeAddsNothing(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	keeper.get("/desk/themes/company-end")
	keeper.sees(200, "现在只能查看", "没有")
	keeper.misses("添加一")
}
