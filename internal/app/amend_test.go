package app_test

import (
	"net/url"
	"strings"
	"testing"

	"tongban/internal/civic/calendar"
)

// The window asks for an answer of the form to be put right, by page; the
// applicant changes it and another one with the correction, and reads what cannot
// be at its field (行政许可法第三十二条; 徐政发〔2022〕21号（六）).
func TestAnswersArePutRightByPages(t *testing.T) {
	c := openCity(t)
	zhang, window := c.signedIn("zhangwei"), c.signedIn("window1")
	number := zhang.apply()
	id := string(c.find(number).ID)
	window.get("/window/cases/" + id + "/do/correct")
	window.sees(200, "申请表里有要更正的？", "“经营面积”怎样更正")
	window.post("/window/cases/"+id+"/do/correct", url.Values{"f.经营面积": {"1"}, "fs.经营面积": {"平面图标的是一百四十"}, "until": {"2026-09-30"}, "request": {"w1"}})
	window.sees(200)
	notice := c.find(number).Notices
	if len(notice) != 1 || notice[0].Items[0].Field != "经营面积" || notice[0].Until != calendar.Parse("2026-09-30") {
		t.Fatalf("%+v\n%s", notice, window.page)
	}
	correct := "/my/cases/" + number + "/correct"
	zhang.get(correct)
	zhang.sees(200, "申请表：经营面积", "平面图标的是一百四十", "申请表还有写错的？可以一起更正")
	sent := zhang.asked(url.Values{"request": {"k1"}})
	zhang.post(correct, sent)
	zhang.sees(422, "请更正“申请表：经营面积”")
	sent = zhang.asked(url.Values{"request": {"k2"}, "经营面积": {"很大"}})
	zhang.post(correct, sent)
	zhang.sees(422, "经营面积")
	sent = zhang.asked(url.Values{"request": {"k3"}, "经营面积": {"140"}, "食品安全管理员手机": {"13911110000"}})
	zhang.post(correct, sent)
	zhang.sees(200, "等窗口核对")
	done := c.find(number)
	if len(done.Amended) != 1 || len(done.Amended[0].Fields) != 2 || done.Answers["经营面积"] != "140" {
		t.Fatalf("%+v", done.Amended)
	}
	if sealed := done.Answers["食品安全管理员手机"]; sealed == "" || sealed == "13911110000" {
		t.Errorf("kept as %q", sealed)
	}
	zhang.get("/my/cases/" + number)
	zhang.sees(200, "13911110000")

	number = zhang.apply()
	id = string(c.find(number).ID)
	window.post("/window/cases/"+id+"/do/correct", url.Values{"f.经营面积": {"1"}, "until": {"2026-09-30"}, "request": {"w2"}})
	corrected := "/window/cases/" + id + "/do/corrected"
	window.get(corrected)
	window.sees(200, "申请表：经营面积", "申请表还有写错的？可以一起更正")
	if !strings.Contains(window.raw, "****") {
		t.Error("no telephone stands there masked")
	}
	window.sends(corrected, nil)
	window.sees(422, "请更正“申请表：经营面积”")
	window.sends(corrected, url.Values{"answers.经营面积": {"140"}})
	window.sees(200, "已收件")
	if done = c.find(number); len(done.Amended) != 1 || len(done.Amended[0].Fields) != 1 || done.Answers["经营面积"] != "140" {
		t.Errorf("what is shown masked and was left alone was changed: %+v", done.Amended)
	}
}

// The applicant stands at the window and puts a figure right there: no notice, the day
// of receipt stays, and who looks reads old and new (行政许可法第三十二条).
func TestAnErrorIsPutRightAtTheWindow(t *testing.T) {
	c := openCity(t)
	zhang, window := c.signedIn("zhangwei"), c.signedIn("window1")
	number := zhang.apply()
	before := c.find(number)
	window.get("/window/cases/" + string(before.ID))
	window.sees(200, "当场更正")
	rectify := "/window/cases/" + string(before.ID) + "/do/rectify"
	window.get(rectify)
	window.sees(200, "经营面积", "重新收下", "由申请人当面自行更正")
	window.sends(rectify, url.Values{"answers.经营面积": {"很大"}})
	window.sees(422, "经营面积", "要由申请人确认")
	window.sends(rectify, url.Values{"answers.经营面积": {"140"}, "confirmed": {"1"}})
	window.sees(200, "已收件")
	done := c.find(number)
	if done.Answers["经营面积"] != "140" || len(done.Amended) != 1 || len(done.Amended[0].Fields) != 1 || done.Received != before.Received || len(done.Notices) != 0 {
		t.Fatalf("%+v", done.Amended)
	}
	window.get("/window/cases/" + string(before.ID) + "?tab=history")
	window.sees(200, "当场更正", "“经营面积”由", "改为140", "申请人当面自行更正")
	zhang.get("/my/cases/" + number)
	zhang.sees(200, "当场更正", "改为140")
}
