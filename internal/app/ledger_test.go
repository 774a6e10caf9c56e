package app_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
)

// again publishes a changed copy of an item of the sample.
func (c *city) again(item items.ID, change func(*items.Edition)) {
	c.t.Helper()
	e := *c.edition(item)
	change(&e)
	if _, err := c.Items.PublishAll(c.t.Context(), []*items.Edition{&e}, identity.TheSystem); err != nil {
		c.t.Fatal(err)
	}
}

// The reduction ledger: sums with the items behind them, targets reached or not,
// files for a spreadsheet, and a summary that anybody may read.
func TestTheLedgerShowsWhatWasCutAndByWhom(t *testing.T) {
	c := openCity(t)
	before := c.edition("food-permit").Burden()
	c.again("food-permit", func(e *items.Edition) { e.Materials = e.Materials[2:] })
	after := c.edition("food-permit").Burden()
	if after.Materials >= before.Materials {
		t.Fatal("nothing was cut")
	}
	for _, login := range []string{"supervisor", "items"} {
		who := c.signedIn(login)
		who.get("/desk/ledger")
		who.sees(http.StatusOK, "压减台账", "申请材料压减三分之一", "没有达到", "建设项目审批时限压减二分之一", "按部门", "少")
	}
	keeper := c.signedIn("items")
	keeper.get("/desk/ledger?agency=" + c.edition("food-permit").Agency)
	keeper.sees(http.StatusOK, "食品经营许可（新办）", strconv.Itoa(before.Materials)+" → "+strconv.Itoa(after.Materials), "第2版比第1版", "没有改过")
	keeper.misses("按部门")
	keeper.get("/desk/ledger/food-permit")
	keeper.sees(http.StatusOK, "第2版", "第1版", strconv.Itoa(before.Materials)+" → "+strconv.Itoa(after.Materials))
	keeper.get("/desk/ledger?from=" + calendar.DayOf(c.Now()).String())
	keeper.sees(http.StatusOK, "没有变")
	keeper.get("/desk/ledger?region=420000000000&list=1")
	keeper.sees(http.StatusOK, "徐州市")

	anybody := c.visitor()
	anybody.get("/ledger")
	anybody.sees(http.StatusOK, "申请材料", "压减目标", "按部门")
	if strings.Contains(anybody.raw, "/desk/") {
		t.Error("the public summary leads to the desk")
	}
	anybody.get("/desk/ledger")
	anybody.misses("压减台账")

	keeper.get("/desk/ledger/file/export.csv?agency=" + c.edition("food-permit").Agency)
	keeper.sees(http.StatusOK, "事项标识,事项名称,实施主体", "food-permit,食品经营许可（新办）")
	keeper.get("/desk/ledger/file/export.xlsx")
	book, err := excelize.OpenReader(bytes.NewReader([]byte(keeper.raw)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("压减台账")
	if err != nil || len(rows) < 30 || rows[0][0] != "事项标识" {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// The same catalogue code at two levels: what is not alike is shown with who says
// what, and what goes beyond the level above is named (四级统一).
func TestWhatIsNotAlikeIsShown(t *testing.T) {
	c := openCity(t)
	e := *c.edition("food-permit")
	lower := e
	lower.Item, lower.Level, lower.Region, lower.AgencyName = "food-permit-yl", items.County, "320303000000", "云龙区市场监督管理局"
	lower.Materials = append([]items.Material{}, e.Materials...)
	lower.Materials[0].Name = "云龙区自己的申请书"
	lower.Codes.Handling, lower.Visits = e.Codes.Handling, e.Visits+3
	if _, err := c.Items.PublishAll(t.Context(), []*items.Edition{&lower}, identity.TheSystem); err != nil {
		t.Fatal(err)
	}
	for _, login := range []string{"items", "supervisor"} {
		who := c.signedIn(login)
		who.get("/desk/unity")
		who.sees(http.StatusOK, "几处都办的事项", e.Codes.Catalogue)
		who.get("/desk/unity?code=" + url.QueryEscape(e.Codes.Catalogue))
		who.sees(http.StatusOK, "不一致的要素", "云龙区自己的申请书", "申请材料", "到办事现场次数", "云龙区市场监督管理局", "超出上级目录")
		who.get("/desk/unity?code=000000000000")
		who.sees(http.StatusOK, "没有这个编码的在用事项")
	}
}
