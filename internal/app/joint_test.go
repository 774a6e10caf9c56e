package app_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
)

var baby = url.Values{
	"办社保卡": {"否"}, "报销生育费用": {"否"}, "登记父亲信息": {"否"}, "随谁落户": {"随母亲"}, "父母已婚": {"是"}, "邮寄户口簿": {"否"},
	"新生儿姓名": {"李小宝"}, "新生儿性别": {"女"}, "新生儿出生日期.year": {"2026"}, "新生儿出生日期.month": {"9"}, "新生儿出生日期.day": {"1"}, "出生医院": {"徐州示例医院"},
	"母亲姓名": {"李敏"}, "母亲公民身份号码": {"320399199003070025"}, "民族": {"汉族"}, "落户地址": {"徐州市云龙区示例路1号"}, "参保地.county": {"320303000000"},
}

// aBaby has a mother apply for everything that follows a birth, on one form with
// one set of materials (一表申请、一套材料、一次提交, 苏协调小组〔2021〕1号 二).
func aBaby(v *visitor) string {
	t := v.city.t
	t.Helper()
	v.get("/themes/birth")
	v.sees(http.StatusOK, "开始办")
	v.get("/apply/theme.birth")
	v.sees(http.StatusOK, "新生儿出生一件事", "40个工作日", "徐州市卫生健康委员会", "徐州市人力资源和社会保障局")
	v.post("/apply/theme.birth", nil)
	v.fill(baby)
	v.sees(http.StatusOK, "准备材料", "新生儿姓名确认书")
	draft := v.at
	for _, m := range regexp.MustCompile(`materials/(m\d+)"`).FindAllStringSubmatch(v.raw, -1) {
		v.upload(draft+"/"+m[1], "file", m[1]+".pdf", paper, nil)
	}
	v.post(draft, nil)
	v.sees(http.StatusOK, "结果怎么给您")
	v.post(v.at, url.Values{"way": {"electronic"}})
	v.sees(http.StatusOK, "提交前再看一遍", "李小宝")
	check := v.at
	v.post(check, url.Values{"agree": {"1"}})
	v.sees(http.StatusOK, "联办编号", "出生医学证明首次签发", "等窗口核对", "等前一项办好")
	number := strings.TrimPrefix(v.at, "/my/joint/")
	v.post(check, url.Values{"agree": {"1"}})
	if v.at != "/my/joint/"+number {
		t.Fatalf("pressed twice, it led to %s, not %s", v.at, number)
	}
	return number
}

// through has whoever holds the posts work on every part that is under way.
func (c *city) through(number string) {
	c.t.Helper()
	ctx := c.t.Context()
	j, err := c.Joint.Store.ByNumber(ctx, number)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, p := range j.Parts {
		if p.State != joint.Filed {
			continue
		}
		for {
			found, err := c.Cases.Store.Case(ctx, p.Case)
			if err != nil {
				c.t.Fatal(err)
			}
			if found.State != cases.Accepted || len(found.Flow.Open) == 0 {
				break
			}
			w := found.Flow.Open[0]
			by := identity.Actor{Account: "u-" + w.ID, Name: "某人", Posts: []identity.Post{{Agency: w.Agency, Role: w.Role, Title: w.Post, Region: found.Region}}}
			if w.Decides {
				_, err = c.Cases.Decide(ctx, p.Case, w.ID, cases.Ruling{Grant: true}, by)
			} else {
				_, err = c.Cases.Review(ctx, p.Case, w.ID, "同意", "", by)
			}
			if err != nil {
				c.t.Fatal(err)
			}
		}
	}
	c.deliver()
}

func TestAMotherAppliesForEverythingAtOnce(t *testing.T) {
	c := openCity(t)
	limin := c.signedIn("limin")
	number := aBaby(limin)
	c.deliver()
	limin.get("/my")
	limin.sees(http.StatusOK, "新生儿出生一件事", "共 4 项")

	window := c.official("window1")
	accept := func() {
		t.Helper()
		j, err := c.Joint.Find(t.Context(), number, window)
		if err == nil {
			_, err = c.Joint.Accept(t.Context(), j.ID, window)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	accept()
	c.through(number)
	limin.get("/my/joint/" + number)
	limin.sees(http.StatusOK, "办好了", "看电子证照", "办好 1 项")
	clerk := c.signedIn("window1")
	clerk.get("/window/joint")
	clerk.sees(http.StatusOK, number, "新生儿出生", "李敏")
	clerk.get("/window/joint/" + number)
	clerk.sees(http.StatusOK, "一并受理", "联合一次性告知", "统一出件", "父母结婚证")
	clerk.sends("/window/joint/"+number+"/notify", url.Values{"say.newborn-household.m3": {"照片看不清"}, "say.vaccination-card.m1": {"请上传副页"}, "say.vaccination-card.f.儿童姓名": {"与出生证上的不一致"}})
	clerk.sees(http.StatusOK, "待补正", "已办好", "一次性告知书已经发出")
	limin.get("/my/joint/" + number)
	limin.sees(http.StatusOK, "请补 2 项的材料", "一次性告知", "照片看不清", "申请表：儿童姓名")
	correct := "/my/joint/" + number + "/correct"
	limin.get(correct)
	limin.sees(http.StatusOK, "照片看不清", "请上传副页", "与出生证上的不一致", "申请表还有写错的？可以一起更正")
	wanted := regexp.MustCompile(`name="(part\.[^"]+)" type="file"|type="file"[^>]* name="(part\.[^"]+)"`).FindAllStringSubmatch(limin.raw, -1)
	if len(wanted) != 2 {
		t.Fatalf("%d files are asked for on the one page, want 2", len(wanted))
	}
	limin.upload(correct, wanted[0][1]+wanted[0][2], "一.pdf", paper, nil)
	limin.sees(http.StatusUnprocessableEntity, "有 1 处需要修改")
	files := map[string][]byte{wanted[0][1] + wanted[0][2]: paper, wanted[1][1] + wanted[1][2]: paper}
	limin.get(correct)
	name := regexp.MustCompile(`name="(part\.[^"]+儿童姓名)"`).FindStringSubmatch(limin.raw)[1]
	limin.uploads(correct, files, limin.asked(nil))
	limin.sees(http.StatusUnprocessableEntity, "请更正“申请表：儿童姓名”")
	limin.uploads(correct, files, limin.asked(url.Values{name: {"李小满"}}))
	limin.sees(http.StatusOK, "等窗口核对")
	clerk.get("/window/joint/" + number)
	clerk.sends("/window/joint/"+number+"/accept", nil)
	clerk.sees(http.StatusOK, "已受理", "已一并受理")
	c.through(number)
	limin.get("/my/joint/" + number)
	limin.sees(http.StatusOK, "请补充 1 项", "城乡居民医保参保")
	supply := "/my/joint/" + number + "/supply/medical-resident"
	limin.get(supply)
	limin.sees(http.StatusOK, "参保人公民身份号码")
	limin.post(supply, url.Values{"参保人公民身份号码": {"123"}})
	limin.sees(http.StatusUnprocessableEntity, "需要修改")
	limin.post(supply, url.Values{"参保人公民身份号码": {"320399199003070025"}})
	limin.sees(http.StatusOK, "等窗口核对")
	accept()
	c.through(number)
	clerk.get("/window/joint/" + number)
	clerk.sends("/window/joint/"+number+"/deliver", url.Values{"receiver": {"李敏"}})
	clerk.sees(http.StatusOK, "准予")
	clerk.misses("/deliver\"")
	limin.get("/my/joint/" + number)
	limin.sees(http.StatusOK, "全部办结：办好 4 项", "去评价")
	limin.post("/my/joint/"+number+"/rate", url.Values{"grade": {"5"}, "text": {"一次办好，省心"}})
	limin.sees(http.StatusOK, "您的评价", "非常满意")
	limin.get("/my")
	limin.sees(http.StatusOK, "办结")

	other := c.signedIn("zhangwei")
	for _, path := range []string{"", "/correct", "/rate", "/supply/medical-resident"} {
		other.get("/my/joint/" + number + path)
		other.sees(http.StatusNotFound)
	}
	other.post("/my/joint/"+number+"/withdraw", nil)
	other.sees(http.StatusNotFound)
	if _, err := c.Joint.Audit(t.Context(), func(say string) { t.Error(say) }); err != nil {
		t.Fatal(err)
	}
}

// uploads posts a form with several files and fields.
func (v *visitor) uploads(path string, files map[string][]byte, fields url.Values) {
	v.city.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, content := range files {
		part, err := w.CreateFormFile(field, "a.pdf")
		if err != nil {
			v.city.t.Fatal(err)
		}
		part.Write(content)
	}
	for field, values := range fields {
		for _, value := range values {
			w.WriteField(field, value)
		}
	}
	w.Close()
	v.take(v.Post(v.city.site.URL+path, w.FormDataContentType(), &body))
}

// News told twice, and told while another hand is at the same matter, starts
// every part once: no part is lost and none is an orphan.
func TestNewsToldTwiceStartsAPartOnce(t *testing.T) {
	c := openCity(t)
	limin := c.signedIn("limin")
	number := aBaby(limin)
	window := c.official("window1")
	j, err := c.Joint.Find(t.Context(), number, window)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.Joint.Accept(t.Context(), j.ID, window); err != nil {
		t.Fatal(err)
	}
	c.through(number)
	certificate := j.Parts[0].Case
	told := cases.Moved{Case: certificate, Act: cases.Certify, From: cases.Granted, To: cases.Granted}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := c.Joint.CaseMoved(t.Context(), told, nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	rows, err := c.Cases.List(t.Context(), cases.Filter{Party: "p-limin", Limit: 50}, limin.actor())
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]int{}
	for _, row := range rows {
		of[row.ItemName]++
	}
	if of["出生医学证明首次签发"] != 1 || of["3周岁内国内出生新生儿上户"] != 1 || of["预防接种证办理"] != 1 {
		t.Errorf("filed: %v", of)
	}
	if _, err := c.Joint.Audit(t.Context(), func(say string) { t.Error(say) }); err != nil {
		t.Fatal(err)
	}
}

// actor is who the visitor is to the rooms behind the pages.
func (v *visitor) actor() identity.Actor {
	return identity.Actor{Account: "u-limin", Name: "李敏", Party: "p-limin", Channel: "mobile"}
}

// A matter that is stopped between its cases and its own row keeps neither: the
// commit is one.
func TestASubmissionIsKeptWholeOrNotAtAll(t *testing.T) {
	c := openCity(t)
	limin := c.signedIn("limin")
	aBaby(limin)
	by := limin.actor()
	before, err := c.Cases.List(t.Context(), cases.Filter{Party: "p-limin", Limit: 50}, by)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	store := c.Joint.Store
	c.Joint.Store = cut{store, stop} // the power goes when everything is ready to be kept
	defer func() { c.Joint.Store = store }()
	limin.get("/apply/theme.birth")
	limin.post("/apply/theme.birth", nil)
	limin.fill(baby)
	draft := strings.Split(limin.at, "/")[3]
	_, err = c.Cases.Saved(t.Context(), draft, by, func(d *cases.Draft) error {
		for i := range 12 {
			d.Materials = append(d.Materials, cases.Handed{Material: "m" + strconv.Itoa(i), Files: []cases.File{{Hash: "h", Name: "a.pdf", Type: "pdf", Size: 9}}})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Joint.SubmitDraft(ctx, draft, by); err == nil {
		t.Fatal("it was submitted")
	}
	after, err := c.Cases.List(t.Context(), cases.Filter{Party: "p-limin", Limit: 50}, by)
	if err != nil || len(after) != len(before) {
		t.Errorf("%d cases before, %d after (%v)", len(before), len(after), err)
	}
	c.Joint.Store = store
	if _, err := c.Joint.SubmitDraft(t.Context(), draft, by); err != nil {
		t.Fatal("the second time:", err)
	}
	if _, err := c.Joint.Audit(t.Context(), func(say string) { t.Error(say) }); err != nil {
		t.Fatal(err)
	}
}

// cut is a store whose commit never comes about.
type cut struct {
	joint.Store
	stop context.CancelFunc
}

func (s cut) Add(ctx context.Context, b *sqldb.Batch, m joint.Moved) (*joint.Joint, error) {
	s.stop()
	return s.Store.Add(ctx, b, m)
}
