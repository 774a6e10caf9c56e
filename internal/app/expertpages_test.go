package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/experts"
)

// Experts find on their own page what waits for them; who organises the review
// answers for those without an account, one form at a time, and a form that was
// refused stands open with what was written.
func TestExpertsReviewOnTheirPages(t *testing.T) {
	c := openCity(t)
	ctx, host := t.Context(), c.official("urban-r")
	e, err := c.Items.Open(ctx, "ancient-tree", calendar.DayOf(c.now))
	if err != nil {
		t.Fatal(err)
	}
	filed, err := c.Cases.Submit(ctx, app.Example(e, cases.Applicant{Party: limin.Party, Name: limin.Name}, nil, nil, calendar.DayOf(c.now)), limin)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.Cases.Accept(ctx, filed.ID, nil, nil, window1); err != nil {
		t.Fatal(err)
	}
	r, err := c.Experts.Announce(ctx, filed.ID, "土球直径够不够", []string{"古树名木", "园林绿化"}, 5, host)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.Experts.Waive(ctx, r.ID, limin); err != nil {
		t.Fatal(err)
	}
	if r, err = c.Experts.Draw(ctx, r.ID, host); err != nil {
		t.Fatal(err)
	}
	if i := r.Now().Invited[0]; i.Expert != "ex-01" { // the place goes to the sixth, or to nobody who matters here
		c.answers(r, i.Expert, false)
	}
	own, desk := "/my/reviews/"+string(r.ID), "/reviews/"+string(r.ID)
	expert := c.signedIn("ouyangxue")
	expert.get("/my")
	expert.sees(http.StatusOK, "专家评审：迁移古树名木审批", "请在", "去评审")
	organiser := c.signedIn("urban-r")
	organiser.get(desk)
	if n := strings.Count(organiser.raw, `name="comes"`); n != 0 {
		t.Errorf("%d answers to choose on one page, where forms stand for one another", n)
	}
	r, _ = c.Experts.Store.Review(ctx, r.ID)
	for _, i := range r.Now().Invited {
		if i.Reply == "" {
			c.answers(r, i.Expert, true)
		}
	}
	expert.get("/my")
	expert.misses("去评审")
	if _, err = c.Experts.Call(ctx, r.ID, calendar.DayOf(c.now)+1, "线上", host); err != nil {
		t.Fatal(err)
	}
	c.now = c.now.AddDate(0, 0, 1)
	expert = c.signedIn("ouyangxue")
	expert.get("/my")
	expert.sees(http.StatusOK, "专家评审：迁移古树名木审批", "当天起请签署意见")
	answer := url.Values{"act": {"opine"}, "expert": {"ex-01"}, "verdict": {"不同意"}, "text": {""}, "sign.typed": {"欧阳雪"}}
	expert.post(own, answer)
	expert.sees(http.StatusUnprocessableEntity, "请写明理由")
	if strings.Contains(expert.raw, `<details class="more"`) || !strings.Contains(expert.raw, `name="verdict"`) {
		t.Error("the form that was refused is folded away")
	}
	answer.Set("text", "土球只有胸径的6倍")
	expert.post(own, answer)
	expert.sees(http.StatusOK, "欧阳雪：不同意", "土球只有胸径的6倍")
	organiser = c.signedIn("urban-r")
	organiser.get("/bureau/cases/" + string(filed.ID))
	organiser.sees(http.StatusOK, "出具专家意见 欧阳雪")
}

// answers says whether an expert comes, by themselves or by who organises it.
func (c *city) answers(r *experts.Review, id experts.ExpertID, comes bool) {
	c.t.Helper()
	by := c.official("urban-r")
	if id == "ex-01" {
		by = c.official("ouyangxue")
	}
	if _, err := c.Experts.Answer(c.t.Context(), r.ID, id, comes, "有事", by); err != nil {
		c.t.Fatal(err)
	}
}

// Who declines is led to their list, where the review does not stand any more, and
// is told so if they open it by its address.
func TestAnExpertWhoDeclinedSeesNoMoreOfTheReview(t *testing.T) {
	c := openCity(t)
	ctx, host := t.Context(), c.official("urban-r")
	r := c.announcedTree()
	var err error
	if _, err = c.Experts.Waive(ctx, r.ID, limin); err != nil {
		t.Fatal(err)
	}
	if r, err = c.Experts.Draw(ctx, r.ID, host); err != nil {
		t.Fatal(err)
	}
	if i := r.Now().Invited[0]; i.Expert != "ex-01" {
		c.answers(r, i.Expert, false)
	}
	expert := c.signedIn("ouyangxue")
	expert.get("/my/reviews")
	expert.sees(http.StatusOK, "土球直径够不够")
	expert.post("/my/reviews/"+string(r.ID), url.Values{"act": {"answer"}, "expert": {"ex-01"}, "comes": {"no"}, "why": {"有事"}})
	expert.sees(http.StatusOK, "没有专家评审")
	expert.get("/my/reviews/" + string(r.ID))
	expert.sees(http.StatusForbidden, "您不参加这次评审")
	expert.misses("土球直径够不够")
}

// announcedTree is a review of an application of limin's, with five experts to be drawn.
func (c *city) announcedTree() *experts.Review {
	c.t.Helper()
	ctx := c.t.Context()
	e := c.edition("ancient-tree")
	filed, err := c.Cases.Submit(ctx, app.Example(e, cases.Applicant{Party: limin.Party, Name: limin.Name}, nil, nil, calendar.DayOf(c.now)), limin)
	if err == nil {
		_, err = c.Cases.Accept(ctx, filed.ID, nil, nil, window1)
	}
	if err != nil {
		c.t.Fatal(err)
	}
	r, err := c.Experts.Announce(ctx, filed.ID, "土球直径够不够", []string{"古树名木", "园林绿化"}, 5, c.official("urban-r"))
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

// Nobody is kept on the panel, and nobody declines, by a choice that was not made: an
// objection was dismissed so, and whoever had declined without saying why was offered
// to accept.
func TestAChoiceThatWasNotMadeDecidesNothing(t *testing.T) {
	c := openCity(t)
	ctx, r := t.Context(), c.announcedTree()
	own, desk := "/my/reviews/"+string(r.ID), "/reviews/"+string(r.ID)
	holder, head, organiser := c.signedIn("limin"), c.signedIn("urban-a"), c.signedIn("urban-r")
	holder.post(own, url.Values{"act": {"object"}, "expert": {"ex-03"}, "why": {"与我有诉讼"}})
	holder.sees(http.StatusOK, "与我有诉讼", "等承办部门决定")
	holder.misses(`value="ex-03"`)
	head.post(desk, url.Values{"act": {"rule"}, "expert": {"ex-03"}, "answer": {"确有诉讼"}})
	head.sees(http.StatusUnprocessableEntity, "请选择其中一项", "确有诉讼")
	head.post(desk, url.Values{"act": {"rule"}, "expert": {"ex-03"}, "upheld": {"yes"}, "answer": {"确有诉讼"}})
	head.sees(http.StatusOK, "成立，回避。确有诉讼")
	if _, err := c.Experts.Waive(ctx, r.ID, limin); err != nil {
		t.Fatal(err)
	}
	r, err := c.Experts.Draw(ctx, r.ID, c.official("urban-r"))
	if err != nil {
		t.Fatal(err)
	}
	drawn := r.Now().Invited[0].Expert
	if drawn == "ex-01" {
		drawn = r.Now().Invited[1].Expert
	}
	answer := url.Values{"act": {"answer"}, "expert": {string(drawn)}}
	organiser.post(desk, answer)
	organiser.sees(http.StatusUnprocessableEntity, "请选择其中一项")
	answer.Set("comes", "no")
	organiser.post(desk, answer)
	organiser.sees(http.StatusUnprocessableEntity, "请写明原因")
	if got := organiser.asked(nil)["comes"]; len(got) != 1 || got[0] != "no" {
		t.Errorf("who had declined is shown as %v", got)
	}
}
