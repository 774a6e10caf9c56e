package app_test

import (
	"bytes"
	"net/url"
	"os/exec"
	"strings"
	"testing"

	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// A paper is the same file for whoever may have it, today and next year.
func TestAPaperIsAFileWithItsLettersInside(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	number := zhang.apply()
	c.deliver()
	at := "/my/cases/" + number + "/papers/receipt-1"
	zhang.get(at)
	zhang.sees(200, "下载 PDF", "打开核对页面")
	zhang.get(at + "?as=pdf")
	first := []byte(zhang.raw)
	if !bytes.HasPrefix(first, []byte("%PDF-1.7")) || !bytes.Contains(first, []byte("/FontFile2")) || !bytes.Contains(first, []byte("/ToUnicode")) {
		t.Fatalf("no PDF with its letters inside: %.60q", first)
	}
	if n := bytes.Count(first, []byte("/Type/Page/")); n != 1 {
		t.Errorf("an ordinary receipt takes %d pages", n)
	}
	zhang.get(at + "?as=pdf")
	if zhang.raw != string(first) {
		t.Error("the same paper is another file")
	}
	if tool, err := exec.LookPath("pdftotext"); err == nil {
		read := exec.Command(tool, "-", "-")
		read.Stdin = bytes.NewReader(first)
		text, err := read.Output()
		if err != nil || !strings.Contains(string(text), "申请材料接收凭证") || !strings.Contains(string(text), number) {
			t.Errorf("%v: %.300s", err, text)
		}
	}
	limin := c.signedIn("limin")
	limin.get(at + "?as=pdf")
	limin.sees(404, "没有找到")
}

func TestAnAdministratorChangesWhatPapersSay(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	before := zhang.apply()
	c.deliver()

	admin := c.signedIn("admin")
	admin.get("/desk/admin/words")
	admin.sees(200, "申请材料接收凭证", "不予行政许可（办理）决定书", "第1版")
	at := "/desk/admin/words/receipt"
	admin.get(at)
	admin.sees(200, "您于{收到时间}提交的", "必须写：行政许可法第三十二条", "预览（示例数据）", "2026年9月21日10时05分", "使用中")
	today := c.Now().Format("2006-01-02")
	words := func(text string) url.Values {
		return url.Values{"text": {text}, "why": {"写得更简单"}, "from": {today}, "do": {"publish"}}
	}
	admin.post(at, words("材料收到。\n{收到时间}{清单}"))
	admin.sees(422, "第2行第7个字：“{清单}”要单独占一行", "第2行第1个字：缺少“{告知期限}”：行政许可法第三十二条要求写明")
	look := words("已于{收到时间}收到，{告知期限}前答复。\n{清单}")
	look.Set("do", "preview")
	admin.post(at, look)
	admin.sees(200, "已于2026年9月21日10时05分收到")
	admin.post(at, words("已于{收到时间}收到，{告知期限}前答复。\n{清单}"))
	admin.sees(200, "新版已发布", "第2版", "写得更简单")
	admin.get(at + "?edition=1")
	admin.sees(200, "您于{收到时间}提交的")

	after := zhang.apply()
	c.deliver()
	zhang.get("/my/cases/" + after + "/papers/receipt-1")
	zhang.sees(200, "前答复。")
	zhang.get("/my/cases/" + before + "/papers/receipt-1")
	zhang.sees(200, "申请材料已收到，清单如下")
	for _, number := range []string{before, after} {
		k, err := c.Cases.Store.ByNumber(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		if d, err := c.Cases.AuditOne(t.Context(), k.ID); d != nil || err != nil {
			t.Errorf("%s: %v %v", number, d, err)
		}
	}
	window := c.signedIn("window1")
	window.get(at)
	window.sees(403)
}

func TestNumbersThatNoPaperBearsAreExplained(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	number := ""
	for range 3 {
		number = zhang.apply()
	}
	c.deliver()
	admin := c.signedIn("admin")
	admin.get("/desk/admin/numbers")
	admin.sees(200, "没有未说明的断号", "徐州市市场监督管理局收〔2026〕", "1—3号")
	var b sqldb.Batch
	b.Exec(`DELETE FROM cases_papers WHERE kind = $1 AND serial = 2`, string(cases.Receipt))
	if err := c.DB.Commit(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if err := c.Cases.CheckNumbers(t.Context()); err != nil {
		t.Fatal(err)
	}
	admin.get("/desk/admin/numbers")
	admin.sees(200, "1处断号没有说明", "徐州市市场监督管理局收〔2026〕2号")
	k, err := c.Cases.Store.ByNumber(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	gap := url.Values{"agency": {k.Agency}, "kind": {"receipt"}, "year": {"2026"}, "from": {"2"}, "to": {"2"}}
	admin.post("/desk/admin/numbers", gap)
	admin.sees(422, "请写明这些文号为什么没有文书")
	name := "reason." + k.Agency + ".receipt.2"
	if !strings.Contains(admin.raw, `aria-describedby="`+frame.FieldID(name)+`-err"`) {
		t.Error("it is not said beside the input of the gap")
	}
	gap.Set(name, "停电时手工出具")
	admin.post("/desk/admin/numbers", gap)
	admin.sees(200, "说明已登记", "停电时手工出具", "没有未说明的断号")
	admin.get("/desk/admin/numbers?as=csv")
	if want := "徐州市市场监督管理局收〔2026〕,,徐州市市场监督管理局收〔2026〕2号,0,,断号,停电时手工出具,"; !strings.Contains(admin.raw, want) {
		t.Errorf("the file does not explain the gap: %s", admin.raw)
	}
}
