package experts

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// Answer notes what an invited expert said; who cannot come, or declares an
// interest, makes room for the next in the order.
func (r *Review) Answer(id ExpertID, comes bool, why string, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	c, err := r.Speaks(Answer, id, by)
	if err != nil {
		return Moved{}, err
	}
	now, why := r.Now(), strings.TrimSpace(why)
	open := slices.ContainsFunc(now.Invited, func(i Invitation) bool {
		return i.Expert == id && (i.Reply == "" || i.Reply == Accepted && !comes && !r.Opined(id))
	})
	switch n := utf8.RuneCountInString(why); {
	case !open:
		return Moved{}, refuse(Answer, "none", "没有等%s答复的邀请", c.Name)
	case !comes && n == 0 || n > longestSay:
		return Moved{}, fault.New(fault.Invalid, "experts.answer.why", "请写明不能参加的原因").At("why", "required", "请写明原因，有利害关系的也在这里申报，最多%d个字", longestSay)
	}
	reply := Accepted
	if !comes {
		reply = Declined
	}
	now.settle(id, reply, why, at)
	now.fill(days, at)
	return r.moved(Answer, c.Name, strings.Trim(reply.Han()+"。"+why, "。"), at).with(now), nil
}

// Ring notes who let the day to answer pass, and invites the next; false if
// nobody did.
func (r *Review) Ring(days clock.Days, at time.Time) (Moved, bool) {
	now, today := r.Now(), calendar.DayOf(at)
	var missed []string
	for _, i := range now.Invited {
		if i.Reply == "" && i.By < today && r.Ended.IsZero() {
			c, _ := r.Find(i.Expert)
			missed = append(missed, c.Name)
			now.settle(i.Expert, Silent, "", at)
		}
	}
	if len(missed) == 0 {
		return Moved{}, false
	}
	now.fill(days, at)
	return r.moved(Miss, identity.TheSystem.Name, strings.Join(missed, "、"), at).with(now), true
}

// Call sets the day on which the experts meet, when all seats are taken; the
// applicant is told who they are (专家评审通知书).
func (r *Review) Call(day calendar.Day, place string, by identity.Actor, at time.Time) (Moved, error) {
	if err := r.May(Call, by, calendar.DayOf(at)); err != nil {
		return Moved{}, err
	}
	place = strings.TrimSpace(place)
	bad := fault.New(fault.Invalid, "experts.call", "评审通知还有需要修改的地方")
	if day <= calendar.DayOf(at) {
		bad = bad.At("day", "past", "请选择明天或者以后的日期，好让申请人申请回避")
	}
	if n := utf8.RuneCountInString(place); n == 0 || n > 100 {
		bad = bad.At("place", "required", "请填写评审地点，最多100个字")
	}
	if len(bad.Fields) > 0 {
		return Moved{}, bad
	}
	m := r.moved(Call, by.Name, day.Han()+"，"+place, at)
	m.Call = &Meeting{day, place}
	return m, nil
}

// Opine takes what an expert concludes, signed, on the day or later. Whoever
// disagrees signs too: nobody's opinion is left out.
func (r *Review) Opine(id ExpertID, o cases.PanelOpinion, by identity.Actor, at time.Time) (Moved, error) {
	c, err := r.Signs(id, by, calendar.DayOf(at))
	if err != nil {
		return Moved{}, err
	}
	o.Name, o.Text, o.At = c.Name, strings.TrimSpace(o.Text), at
	bad := fault.New(fault.Invalid, "experts.opine", "专家意见还有需要补充的地方")
	if !slices.Contains(Verdicts, o.Verdict) {
		bad = bad.At("verdict", "option", "请选择结论")
	}
	if n := utf8.RuneCountInString(o.Text); n == 0 || n > longestSay {
		bad = bad.At("text", "required", "请写明理由，最多%d个字", longestSay)
	}
	if plain(o.Signed.Name) != plain(c.Name) {
		bad = bad.At("sign", "signed", "请由%s本人签名", c.Name)
	}
	if len(bad.Fields) > 0 {
		return Moved{}, bad
	}
	m := r.moved(Opine, c.Name, o.Verdict+"："+o.Text, at)
	m.Opinion = &Opinion{id, o}
	return m, nil
}

// Sum ends the review with the summary opinion, when every expert has signed. It
// begins with how many concluded what, so that no summary hides who disagreed.
func (r *Review) Sum(text string, by identity.Actor, at time.Time) (Moved, error) {
	text = strings.TrimSpace(text)
	if err := r.May(Sum, by, calendar.DayOf(at)); err != nil {
		return Moved{}, err
	}
	if n := utf8.RuneCountInString(text); n == 0 || n > longestSay-100 {
		return Moved{}, fault.New(fault.Invalid, "experts.sum.text", "请写汇总意见").At("text", "required", "请写汇总意见，不同意见也要写明，最多%d个字", longestSay-100)
	}
	return r.moved(Sum, by.Name, fmt.Sprintf("专家%d位：%s。%s", r.Wanted, r.Tally(), text), at), nil
}
