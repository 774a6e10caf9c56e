package app_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/projects"
)

// A unit and those who see to its project each find their page, and nobody else does.
func TestAProjectOnItsPages(t *testing.T) {
	c := openCity(t)
	limin := c.signedIn("limin")
	limin.get("/my/projects")
	limin.sees(http.StatusOK, "还没有登记项目")
	limin.post("/my/projects/new", url.Values{"code": {"1"}})
	limin.sees(http.StatusForbidden, "单位身份")

	firm := identity.Actor{Account: "u-limin", Name: "李敏", Party: "p-limin"}
	p, err := c.Projects.Open(t.Context(), projects.Project{
		Code: "2026-320300-35-03-123456", Name: "二期厂房", Place: "示例路1号", Applicant: cases.Applicant{Party: "p-limin", Name: "示例公司", Org: true},
		Answers: forms.Answers{"特殊建设工程": "否", "有地下室": "否", "自备取水": "否", "迁移古树": "否"},
	}, "industrial", firm)
	if err != nil {
		t.Fatal(err)
	}
	own, board := "/my/projects/"+string(p.ID), "/projects/"+string(p.ID)
	limin.get(own)
	limin.sees(http.StatusOK, "二期厂房", "四阶段并联图", "填表申报立项用地规划许可", "要先办好“建设用地规划许可证核发”")
	limin.post(own, url.Values{"act": {"ask"}, "text": {"路口怎么开"}, "request": {"r1"}})
	limin.post(own, url.Values{"act": {"ask"}, "text": {"路口怎么开"}, "request": {"r1"}})
	limin.sees(http.StatusOK, "路口怎么开")
	if n := strings.Count(limin.raw, "路口怎么开"); n != 1 {
		t.Errorf("sent twice, it stands there %d times", n)
	}
	limin.post(own, url.Values{"act": {"attach"}, "number": {"没有"}})
	limin.sees(http.StatusUnprocessableEntity, "没有找到本单位的这个办件")
	limin.post(own, url.Values{"act": {"begin"}, "stage": {"1"}})
	if !strings.HasPrefix(limin.at, "/my/drafts/") {
		t.Errorf("a stage is filled in at %s", limin.at)
	}

	window := c.signedIn("window1")
	window.get("/projects")
	window.sees(http.StatusOK, "二期厂房", "前答复")
	window.post(board, url.Values{"act": {"take"}})
	window.sees(http.StatusOK, "任国", "堵点", "下一步", "召集联合踏勘")
	window.post(board, url.Values{"act": {"answer"}, "asked": {"r1"}, "answer": {"周五现场定"}})
	window.sees(http.StatusOK, "周五现场定")
	window.get("/projects/types/industrial")
	window.sees(http.StatusOK, "四个阶段合计", "50个工作日")

	window.post(board, url.Values{"act": {"steward"}, "to": {"u-supervisor"}, "reason": {"x"}})
	window.sees(http.StatusForbidden, "换人由监督岗位决定")
	aHandover(t, c, board, window)

	for _, login := range []string{"zhangwei", "market-r"} {
		other := c.signedIn(login)
		other.get(own)
		other.sees(http.StatusNotFound)
	}
	market := c.signedIn("market-r")
	market.get(board)
	market.sees(http.StatusNotFound)
}

// A supervisor gives a project to another steward, saying why; both are told
// until they say that they know, and it stays in the record.
func aHandover(t *testing.T, c *city, board string, before *visitor) {
	t.Helper()
	boss := c.signedIn("supervisor")
	boss.get(board)
	boss.sees(http.StatusOK, "更换项目管家")
	boss.post(board, url.Values{"act": {"steward"}, "to": {"u-supervisor"}})
	boss.sees(http.StatusUnprocessableEntity, "请写明为什么换人")
	boss.post(board, url.Values{"act": {"steward"}, "to": {"u-market-r"}, "reason": {"调岗"}})
	boss.sees(http.StatusUnprocessableEntity, "请选择本地窗口或者监督岗位的人")
	boss.post(board, url.Values{"act": {"steward"}, "to": {"u-supervisor"}, "reason": {"任国调离窗口"}})
	for _, one := range []struct {
		v    *visitor
		says string
	}{{before, "接替您担任项目管家"}, {boss, "请您担任项目管家"}} {
		one.v.get("/projects")
		one.v.sees(http.StatusOK, "项目管家有变动", one.says, "任国调离窗口")
		one.v.post(board, url.Values{"act": {"hear"}})
		one.v.post(board, url.Values{"act": {"hear"}})
		one.v.sees(http.StatusOK, "更换", "任国调离窗口")
		one.v.misses("项目管家有变动")
		one.v.get("/projects")
		one.v.misses("项目管家有变动")
	}
	if _, err := c.Projects.Audit(t.Context(), func(say string) { t.Error(say) }); err != nil {
		t.Error(err)
	}
}

// unread is where drafts cannot be read for now.
type unread struct{ cases.Drafts }

func (unread) Draft(context.Context, string) (*cases.Draft, error) {
	return nil, errors.New("no answer")
}

// While the draft of a stage cannot be read the stage is not begun a second time:
// the unit would fill in another and not find what it had written.
func TestAStageIsNotBegunAgainWhileItsDraftCannotBeRead(t *testing.T) {
	c := openCity(t)
	firm := identity.Actor{Account: "u-limin", Name: "李敏", Party: "p-limin"}
	p, err := c.Projects.Open(t.Context(), projects.Project{
		Code: "2026-320300-35-03-123456", Name: "二期厂房", Place: "示例路1号", Applicant: cases.Applicant{Party: "p-limin", Name: "示例公司", Org: true},
		Answers: forms.Answers{"特殊建设工程": "否", "有地下室": "否", "自备取水": "否", "迁移古树": "否"},
	}, "industrial", firm)
	if err != nil {
		t.Fatal(err)
	}
	first, err := c.Projects.Begin(t.Context(), p.ID, 1, firm)
	if err != nil {
		t.Fatal(err)
	}
	there := c.Cases.Drafts
	c.Cases.Drafts = unread{there}
	if again, err := c.Projects.Begin(t.Context(), p.ID, 1, firm); err == nil {
		t.Errorf("begun again as %s", again)
	}
	c.Cases.Drafts = there
	if again, err := c.Projects.Begin(t.Context(), p.ID, 1, firm); err != nil || again != first {
		t.Errorf("the draft is %s, %v; it was %s", again, err, first)
	}
}
