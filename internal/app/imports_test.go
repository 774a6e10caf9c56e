package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/engine/flow/bpmn"
	"tongban/internal/ground/blob/s3test"
	"tongban/internal/ground/sheet"
)

// works lets the program do what imports wait for.
func (c *city) works() {
	c.t.Helper()
	if err := c.Imports.Work(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) drafts() int {
	c.t.Helper()
	rows, err := c.Revisions.Store.List(c.t.Context(), revisions.Filter{States: []revisions.State{revisions.Draft}, Limit: 200})
	if err != nil {
		c.t.Fatal(err)
	}
	return len(rows)
}

const catalogueOfElsewhere = `{"name": "户外广告设置审批", "code": "000117099000", "type": "行政许可", "org": "某市城市管理局", "area_code": "511602000000", "promise_limit": {"value": 10}, "hue": "蓝"}
{"name": "食品经营许可（新办）", "code": "000131025000", "type": "行政许可", "org": "云龙区市场监督管理局", "area_code": "320303000000", "levels": ["县级"], "promise_limit": {"value": 30, "unit": "工作日"}}
{"name": 
`

// Other platforms' items become drafts with what was found in them; the same file
// again does nothing (徐政发〔2022〕21号（一）).
func TestAFileOfAnotherPlatformBecomesDrafts(t *testing.T) {
	for name, blobs := range map[string]string{"folder": "", "bucket": s3test.New(t).URL} {
		t.Run(name, func(t *testing.T) { becomesDrafts(t, blobs) })
	}
}

func becomesDrafts(t *testing.T, blobs string) {
	data, _ := apptest.Data(t, opening)
	c := openWith(t, app.Settings{Data: data, Blobs: blobs})
	keeper := c.signedIn("items")
	keeper.get("/desk/imports")
	keeper.sees(http.StatusOK, "还没有导入过")
	keeper.upload("/desk/imports", "file", "外市目录.jsonl", []byte(catalogueOfElsewhere), nil)
	keeper.sees(http.StatusOK, "正在核对")
	at := keeper.at
	c.works()
	keeper.get(at)
	keeper.sees(http.StatusOK, "核对完了", "第3行", "这一行不是一个完整的 JSON 对象", "承诺时限（30个工作日）长于或者多于上级目录（8个工作日）", "只存没有错误的（0个）", "全部存为草稿（2个）")
	keeper.sends(at+"/keep", nil)
	keeper.sees(http.StatusUnprocessableEntity, "请选择存哪些")
	keeper.sends(at+"/keep", url.Values{"which": {"all"}})
	keeper.sees(http.StatusOK, "正在存为草稿")
	c.works()
	keeper.get(at)
	keeper.sees(http.StatusOK, "已完成", "已存为草稿 2个")
	if n := c.drafts(); n != 2 {
		t.Fatalf("%d drafts", n)
	}

	keeper.upload("/desk/imports", "file", "再传一次.jsonl", []byte(catalogueOfElsewhere), nil)
	if keeper.at != at {
		t.Errorf("the same file leads to %s, not %s", keeper.at, at)
	}
	keeper.sends(at+"/again", nil)
	c.works()
	keeper.get(at)
	keeper.sends(at+"/keep", url.Values{"which": {"all"}})
	c.works()
	if n := c.drafts(); n != 2 {
		t.Errorf("after a second time there are %d drafts", n)
	}

	keeper.get("/desk/revisions?state=draft")
	keeper.sees(http.StatusOK, "户外广告设置审批", "食品经营许可")
	rev := draftName.FindString(keeper.raw[strings.Index(keeper.raw, "户外广告")-80:])
	keeper.get(rev + "/check")
	keeper.sees(http.StatusOK, "导入时的发现", "来源里没有对应要素的内容", "hue", "蓝")
	keeper.moves(rev, "submit", nil)
	keeper.sees(http.StatusUnprocessableEntity, "请选定本级或者下级的实施主体")

	keeper.get(at + "/findings.xlsx")
	book, err := sheet.OpenBook(bytes.NewReader([]byte(keeper.raw)), int64(len(keeper.raw)))
	if err != nil || !book.Has("核对结果") {
		t.Errorf("the findings are no workbook: %v", err)
	}
	c.signedIn("auditor").get("/desk/imports")
	stranger := c.signedIn("yl-items")
	stranger.get(at)
	stranger.sees(http.StatusNotFound, "没有找到这次导入")
}

// Our own editions and drawings become drafts too; what is the same as in force
// does not, and what cannot be read changes nothing.
func TestOwnFilesAndDrawingsBecomeDrafts(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	same, changed := *c.edition("water-permit"), *c.edition("food-permit")
	changed.Plain = "更好懂了"
	file := ""
	for _, e := range []items.Edition{same, changed} {
		body, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		file += string(body) + "\n"
	}
	keeper.upload("/desk/imports", "file", "修改.jsonl", []byte(file), nil)
	at := keeper.at
	c.works()
	keeper.get(at)
	keeper.sees(http.StatusOK, "只存没有错误的（2个）")
	keeper.sends(at+"/keep", url.Values{"which": {"good"}})
	c.works()
	keeper.get(at)
	keeper.sees(http.StatusOK, "已存为草稿 1个", "与现行版本或者已有草稿相同 1个")

	drawing := bpmn.Export(c.edition("mass-event").Procedure)
	drawing = bytes.Replace(drawing, []byte(`name="决定"`), []byte(`name="会商后决定"`), 1)
	keeper.upload("/desk/imports", "file", "mass-event.bpmn", drawing, nil)
	at = keeper.at
	c.works()
	keeper.get(at)
	keeper.sends(at+"/keep", url.Values{"which": {"all"}})
	c.works()
	keeper.get(at)
	keeper.sees(http.StatusOK, "已存为草稿 1个")

	for name, broken := range map[string]string{"空.yaml": "\n", "坏.xlsx": "PK\x03\x04坏"} {
		keeper.upload("/desk/imports", "file", name, []byte(broken), nil)
		if keeper.code == http.StatusOK {
			at = keeper.at
			c.works()
			keeper.get(at)
			keeper.sees(http.StatusOK, "这个文件读不懂，什么也没有存")
		}
	}
	keeper.upload("/desk/imports", "other", "x.yaml", nil, nil)
	keeper.sees(http.StatusUnprocessableEntity, "请选择要导入的文件")
}

// The library goes out as one file, and coming back changes nothing.
func TestTheLibraryIsDownloadedAndComesBackTheSame(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	keeper.get("/desk/items?agency=" + c.edition("food-permit").Agency)
	keeper.sees(http.StatusOK, "打包下载")
	keeper.get("/desk/items/all.zip")
	packed, err := zip.NewReader(strings.NewReader(keeper.raw), int64(len(keeper.raw)))
	if err != nil || len(packed.File) < 60 || len(packed.File)%2 != 0 {
		t.Fatalf("the library is no packed file of items with their procedures: %v", err)
	}
	keeper.upload("/desk/imports", "file", "事项库.zip", []byte(keeper.raw), nil)
	at := keeper.at
	c.works()
	keeper.get(at)
	keeper.sees(http.StatusOK, "核对完了", fmt.Sprintf("与现行版本相同 %d个", len(packed.File)/2))
	clerk := c.signedIn("window1")
	clerk.get("/desk/items/all.zip")
	clerk.sees(http.StatusForbidden, "您没有这个岗位")
}

// A number that another city gave without a unit stands in the field until somebody
// knows the unit: it is not lost by saving what stands beside it.
func TestALimitWithoutAUnitIsNotLostInTheEditor(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	keeper.upload("/desk/imports", "file", "外市.jsonl", []byte(strings.Split(catalogueOfElsewhere, "\n")[0]), nil)
	at := keeper.at
	c.works()
	keeper.get(at)
	keeper.sends(at+"/keep", url.Values{"which": {"all"}})
	c.works()
	keeper.get("/desk/revisions?state=draft")
	rev := draftName.FindString(keeper.raw[strings.Index(keeper.raw, "户外广告")-80:])
	basics := rev + "/edit/basics"
	keeper.get(basics)
	if got := keeper.holds(basics).Get("promised"); got != "10" {
		t.Fatalf("the field says %q", got)
	}
	keeper.sends(basics, url.Values{"synonyms": {"广告牌"}})
	keeper.get(rev + "/check")
	keeper.sees(http.StatusOK, "时限10没有写明单位")
	keeper.get(basics)
	keeper.sends(basics, url.Values{"promised": {"11"}})
	keeper.sees(http.StatusUnprocessableEntity, "请写成“20个工作日”的样子")
	keeper.sends(basics, url.Values{"promised": {"10个工作日"}})
	keeper.sees(http.StatusOK, "已保存")
}
