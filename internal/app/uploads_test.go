package app_test

import (
	"bytes"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// materialLink leads from the list of materials to one of them.
var materialLink = regexp.MustCompile(`/my/drafts/[^"]+/materials/[^"]+`)

func TestAFileComesInByPiecesAndGoesOnWhereItStopped(t *testing.T) {
	c := openCity(t)
	limin := c.signedIn("limin")
	limin.post("/apply/medical-resident", nil)
	draft := strings.Join(strings.Split(limin.at, "/")[:4], "/")
	big := append(bytes.Clone(paper), bytes.Repeat([]byte("%\n"), 1000)...)
	limin.ask("POST", "/my/uploads?name=表.pdf&size="+strconv.Itoa(len(big)), nil)
	limin.sees(201)
	id := regexp.MustCompile(`"id":"([^"]+)"`).FindStringSubmatch(limin.raw)[1]
	limin.ask("PATCH", "/my/uploads/"+id+"?offset=0", big[:700])
	limin.sees(200, `"offset":700`)
	limin.ask("PATCH", "/my/uploads/"+id+"?offset=0", big[:700]) // the answer was lost
	limin.sees(409, "请从该处继续上传")
	limin.ask("GET", "/my/uploads/"+id, nil)
	limin.sees(200, `"offset":700`)
	limin.ask("PATCH", "/my/uploads/"+id+"?offset=700", big[700:])
	limin.sees(200)
	limin.get(draft + "/materials")
	material := materialLink.FindString(limin.raw)
	limin.post(material, url.Values{"file.uploaded": {id}})
	limin.sees(200, "已上传 1 个文件")
	limin.get(material)
	limin.sees(200, "表.pdf", "PDF 文档", "删除")
	zhang := c.signedIn("zhangwei")
	zhang.ask("GET", "/my/uploads/"+id, nil)
	zhang.sees(404)
	zhang.get(draft)
	zhang.sees(404, "没有找到这份草稿")
}

func TestTwoFilesSentAtOnceAreBothKept(t *testing.T) {
	c := openCity(t)
	limin := c.signedIn("limin")
	limin.post("/apply/medical-resident", nil)
	draft := strings.Join(strings.Split(limin.at, "/")[:4], "/")
	limin.get(draft + "/materials")
	material := materialLink.FindString(limin.raw)
	var all sync.WaitGroup
	for _, name := range []string{"正面.pdf", "反面.pdf"} {
		phone := &visitor{Client: limin.Client, city: c}
		all.Go(func() { phone.upload(material, "file", name, append(bytes.Clone(paper), name...), nil) })
	}
	all.Wait()
	limin.get(material)
	limin.sees(200, "正面.pdf", "反面.pdf")
}

func TestWhatIsNoTextIsNamedAtItsField(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	zhang.post("/my/account/act", url.Values{"party": {"f-canyin"}})
	zhang.post("/apply/food-permit", nil)
	hostile := url.Values{"经营场所地址": {"徐州市\x00云龙区\xff"}}
	for name, told := range restaurant {
		if hostile[name] == nil {
			hostile[name] = told
		}
	}
	for zhang.code == 200 && strings.Contains(zhang.at, "/ask/") {
		zhang.post(zhang.at, zhang.asked(hostile))
	}
	zhang.sees(422, "含有无法识别的字符，请重新输入")
	zhang.misses("请填写经营场所地址")
}

func TestWhatTheSelfTestWasToldIsNotAskedAgain(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	zhang.post("/my/account/act", url.Values{"party": {"f-canyin"}})
	told := "经营类别=" + url.QueryEscape("餐饮服务") + "&自有房产=" + url.QueryEscape("否") + "&经营面积档=" + url.QueryEscape("150平方米及以下")
	zhang.get("/items/food-permit/check?" + told)
	link := html.UnescapeString(regexp.MustCompile(`/apply/food-permit\?[^"]+`).FindString(zhang.raw))
	if link == "" {
		t.Fatal("the self-test does not lead on with its answers")
	}
	zhang.get(link)
	zhang.sees(200, "开始办理")
	zhang.post(link, nil)
	if strings.Contains(zhang.page, "经营类别") {
		t.Errorf("asked again: %s", zhang.page)
	}
	zhang.sees(200, "申请单位")
}
