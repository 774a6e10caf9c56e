package cases

import (
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/papers"
)

func composeExperts(s *Sheet, c *Case, m Moved, _ *items.Edition, _ clock.Days, v papers.Values) {
	p := m.Panel
	v["评审日期"], v["评审地点"] = p.Day.Han(), p.Place
	for _, special := range c.Specials {
		if special.ID == p.Special {
			v["所需时间"] = special.Limit.String()
		}
	}
	for _, member := range p.Members {
		s.List = append(s.List, Line{member.Name, strings.Trim(member.Employer+"，"+member.Title, "，")})
	}
	s.Receipt = true
}

func composeHearing(s *Sheet, _ *Case, m Moved, _ *items.Edition, _ clock.Days, v papers.Values) {
	h := m.Hearing
	if i := h.other(h.Of); i >= 0 {
		h = s.to(h, h.Others[i])
	}
	for _, o := range h.Others {
		if o.Admitted && m.Act == CallHearing {
			s.List = append(s.List, Line{o.Name, "利害关系人"})
		}
	}
	v["拟作决定"], v["理由"], v["申请期限"] = h.About, h.Reason, h.Until.Han()
	v["听证时间"], v["听证地点"], v["主持人"], v["听证事由"], v["公开"] = at(h.At), h.Place, h.Host, h.About, "公开举行"
	if h.Shut {
		v["公开"] = "不公开举行"
	}
	if p := h.Public; p != nil {
		s.Facts = append(s.Facts, Fact{"向社会公告", p.Ground}, Fact{"公告报名", p.SignBy.Han() + "前（含当日），联系方式：" + p.Contact})
	}
	s.Receipt = true
}

// composeMinutes writes the minutes; what was said stands as it was written down.
func composeMinutes(s *Sheet, _ *Case, m Moved, _ *items.Edition, _ clock.Days, v papers.Values) {
	h := m.Hearing
	n := h.Minutes
	v["听证时间"], v["听证地点"], v["主持人"], v["记录人"] = "", h.Place, h.Host, n.Clerk
	if !h.At.IsZero() {
		v["听证时间"] = at(h.At)
	}
	for _, o := range h.Objections {
		s.Facts = append(s.Facts, Fact{"主持人回避", o.Say()})
	}
	v["听证事由"], v["参加人"], v["听证经过"], v["未签字情况"] = h.About, strings.Join(n.Attended, "、"), n.Text, n.Unsigned
	s.Signed = n.Signed
}

// to writes the paper to somebody concerned besides the applicant.
func (s *Sheet) to(h *Hearing, o Other) *Hearing {
	own := *h
	s.To, own.Reason, own.Until = o.Name, o.Relation, o.Until
	return &own
}

// composeReply answers who asked to be heard, or that the host stand aside.
func composeReply(s *Sheet, c *Case, m Moved, e *items.Edition, _ clock.Days, v papers.Values) {
	h := m.Hearing
	v[papers.Remedies] = "对本答复有异议的，可以在对最后作出的决定申请复议或者起诉时一并提出：" + s.against("不服该决定的，可以自收到之日起")
	if m.Act == JudgeDemand {
		o := h.Others[h.other(h.Of)]
		s.To, v["申请人"] = o.Name, o.Name
		v["请求"], v["答复"], v["理由"] = "听证要求", "不同意举行听证。您仍可以书面陈述意见", o.Refused
		return
	}
	o := h.Objections[len(h.Objections)-1]
	s.To, v["申请人"] = o.By, o.By
	v["请求"], v["答复"], v["理由"] = "主持人"+o.Host+"回避的申请", "不同意回避，听证仍由"+o.Host+"主持", o.Why
	if o.Upheld {
		v["答复"] = "同意回避，听证改由" + o.Next + "主持"
	}
}
