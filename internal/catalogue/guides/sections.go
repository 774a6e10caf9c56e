package guides

import (
	"fmt"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
)

func text(format string, args ...any) []Block { return []Block{{Text: fmt.Sprintf(format, args...)}} }

// list is a block of lines, or nothing when there are none.
func list(lines []string) []Block {
	if len(lines) == 0 {
		return nil
	}
	return []Block{{List: lines}}
}

// facts leaves out what has no value.
func facts(all ...Fact) []Block {
	var told []Fact
	for _, f := range all {
		if f.Value != "" {
			told = append(told, f)
		}
	}
	if len(told) == 0 {
		return nil
	}
	return []Block{{Facts: told}}
}

func join[T ~string](list []T) string {
	all := make([]string, len(list))
	for i, s := range list {
		all[i] = string(s)
	}
	return strings.Join(all, "、")
}

// cited are bases as a sentence cites them.
func cited(all []items.Basis) string {
	cited := make([]string, len(all))
	for i, b := range all {
		cited[i] = b.String()
	}
	return strings.Join(cited, "、")
}

func scope(e *items.Edition, _ *Guide) []Block {
	return text("本指南适用于%s的申请和办理。服务对象：%s。", e.Name, join(e.Objects))
}

func review(e *items.Edition, _ *Guide) []Block {
	return facts(Fact{"事项类型", string(e.Type)}, Fact{"办件类型", string(e.Kind)}, Fact{"审查类型", e.Review}, Fact{"办理性质", filing(e)})
}

func filing(e *items.Edition) string {
	if e.Filing {
		return "备案"
	}
	return ""
}

func bases(e *items.Edition, _ *Guide) []Block {
	var lines []string
	for _, b := range e.Bases {
		line := b.String()
		if b.Text != "" {
			line += "：" + b.Text
		}
		lines = append(lines, line)
	}
	return list(lines)
}

func accepting(e *items.Edition, _ *Guide) []Block {
	var lines []string
	for _, p := range e.Places {
		lines = append(lines, strings.TrimSpace(p.Name+" "+p.Windows))
	}
	if len(lines) == 0 {
		lines = []string{e.AgencyName}
	}
	return list(lines)
}

func deciding(e *items.Edition, _ *Guide) []Block { return text("%s", e.AgencyName) }

func quota(e *items.Edition, _ *Guide) []Block {
	return list(e.QuantitySays())
}

func conditions(e *items.Edition, _ *Guide) []Block   { return list(ofKind(e, items.Eligibility)) }
func prohibitions(e *items.Edition, _ *Guide) []Block { return list(ofKind(e, items.Prohibition)) }

// ofKind are the conditions of a kind, each with the situation it holds in.
func ofKind(e *items.Edition, kind items.ConditionKind) []string {
	var lines []string
	for _, c := range e.Conditions {
		if c.Kind != kind {
			continue
		}
		lines = append(lines, c.Text+situation(e, c.When))
	}
	return lines
}

func materials(e *items.Edition, _ *Guide) []Block {
	if len(e.Materials) == 0 {
		return nil
	}
	t := &Table{Head: []string{"序号", "材料名称", "必要性", "类型和形式", "份数", "来源", "要求依据", "说明"}}
	for i, m := range e.Materials {
		t.Rows = append(t.Rows, []string{fmt.Sprint(i + 1), m.Name, string(m.Necessity), string(m.Kind) + "，" + string(m.Form), fmt.Sprint(m.Copies),
			source(m), cited(m.Basis), remark(e, m)})
	}
	return []Block{{Table: t}}
}

func source(m items.Material) string {
	switch {
	case m.Fetched():
		return string(m.Channel) + "，可自动调取"
	case m.FetchedIfOwn():
		return string(m.Channel) + "，是申请人本人的可自动调取"
	case m.Issuer != "":
		return string(m.Channel) + "（" + m.Issuer + "）"
	}
	return string(m.Channel)
}

// remark is all that must be said of a material besides its columns.
func remark(e *items.Edition, m items.Material) string {
	var said []string
	if s := situation(e, m.When); s != "" {
		said = append(said, strings.Trim(s, "（）"))
	}
	for _, one := range []struct {
		holds bool
		say   string
	}{
		{m.MayFollow(), "可以容缺后补"}, {m.Promisable, "可以告知承诺代替"}, {m.Note != "", m.Note}, {m.Standard != "", "受理标准：" + m.Standard},
	} {
		if one.holds {
			said = append(said, one.say)
		}
	}
	return strings.Join(said, "；")
}

func receiving(e *items.Edition, _ *Guide) []Block {
	mail := ""
	if e.Mail.Materials {
		mail = "可以邮寄申请材料"
	}
	appointment := ""
	if e.Appointment {
		appointment = "支持预约"
	}
	return facts(Fact{"接收方式", join(e.Ways)}, Fact{"受理时限", limit(e.AcceptLimit)}, Fact{"邮寄", mail}, Fact{"预约", appointment})
}

func procedure(_ *items.Edition, g *Guide) []Block {
	if len(g.Steps) == 0 {
		return nil
	}
	t := &Table{Head: []string{"序号", "环节", "办理部门和岗位", "时限", "审查标准"}}
	for _, s := range g.Steps {
		name := s.Name
		if s.Beside {
			name += "（与同组环节并行）"
		}
		t.Rows = append(t.Rows, []string{fmt.Sprint(s.No), name, s.Agency + s.Post, s.Limit, s.Standard})
	}
	return []Block{{Table: t}}
}

func ways(e *items.Edition, _ *Guide) []Block {
	visits := fmt.Sprintf("%d次", e.Visits)
	if e.VisitReason != "" {
		visits += "（" + e.VisitReason + "）"
	}
	return facts(Fact{"办理形式", join(e.Ways)}, Fact{"网上办理深度", join(e.Online)}, Fact{"到办事现场次数", visits},
		Fact{"通办范围", string(e.Scope)}, Fact{"自助终端", yes(e.Kiosk)}, Fact{"告知承诺", pledged(e, e.PledgeSay()+"。自愿选择，不承诺的按一般程序提交材料")}, Fact{"承诺的核查", pledged(e, e.Pledge.CheckSay())},
		Fact{"承诺书公开", pledged(e, e.Pledge.PublicSay())}, Fact{"承诺不实的后果", pledged(e, items.PledgeLiability)}, Fact{"容缺受理", e.FollowSay()})
}

// pledged is what is said of the pledges of an item on which any may be given.
func pledged(e *items.Edition, say string) string {
	if !e.Pledgeable() {
		return ""
	}
	return say
}

func yes(b bool) string {
	if b {
		return "支持"
	}
	return ""
}

func limits(e *items.Edition, _ *Guide) []Block {
	blocks := facts(Fact{"法定时限", noted(limit(e.Statutory), e.StatutoryNote)}, Fact{"承诺时限", noted(limit(e.Promised), e.PromisedNote)})
	if n, limit, on := e.Lower(); on {
		blocks = append(blocks, text("先由下级机关“%s”：自下级机关受理之日起%s内审查完毕，审查意见和全部材料直接报送%s，不要求申请人重复提供（%s）。", n.Name, limit, e.AgencyName, clock.FirstReview.Article)...)
	}
	if len(e.Special) == 0 {
		return blocks
	}
	t := &Table{Head: []string{"特别程序", "种类", "时限", "是否计入办理时限", "依据"}}
	for _, s := range e.Special {
		counted := "不计入"
		if s.Counted {
			counted = "计入"
		}
		t.Rows = append(t.Rows, []string{s.Name, string(s.Kind), limit(s.Limit), counted, cited(s.Basis)})
	}
	blocks = append(blocks, Block{Table: t})
	if s, on := e.Technical(); on {
		blocks = append(blocks, text("“%s”按技术标准、技术规范进行：自受理之日起%s内指派两名以上工作人员；不需要进一步技术分析即可认定合格的，当场作出决定（%s）。", s.Name, clock.Inspection.Limit, clock.Inspection.Article)...)
	}
	return blocks
}

func noted(value, note string) string {
	switch {
	case note == "":
		return value
	case value == "":
		return note
	}
	return value + "（" + note + "）"
}

func fees(e *items.Edition, _ *Guide) []Block {
	if len(e.Fees) == 0 {
		return text("不收费")
	}
	t := &Table{Head: []string{"收费项目", "标准", "依据", "减免情形"}}
	for _, f := range e.Fees {
		t.Rows = append(t.Rows, []string{f.Name, f.Standard, cited(f.Basis), f.Relief})
	}
	return []Block{{Table: t}}
}

func results(e *items.Edition, _ *Guide) []Block {
	var lines []string
	for _, r := range e.Results {
		if r.Kind == items.NoResult {
			continue
		}
		line := r.Name + "（" + string(r.Kind) + "）"
		if r.Validity != "" {
			line += "，有效期：" + r.Validity
		}
		line += situation(e, r.When)
		lines = append(lines, line)
	}
	return list(lines)
}

func delivery(e *items.Edition, _ *Guide) []Block {
	var lines []string
	for _, r := range e.Results {
		if r.CertificateType != "" {
			lines = append(lines, "电子证照自动进入“我的证照”")
			break
		}
	}
	if e.Mail.Result {
		lines = append(lines, "可以邮寄送达")
	}
	return list(append(lines, "可以到受理窗口领取"))
}

func rights(e *items.Edition, _ *Guide) []Block {
	var blocks []Block
	if len(e.Rights) > 0 {
		blocks = append(blocks, Block{Text: "权利"}, Block{List: e.Rights})
	}
	if len(e.Duties) > 0 {
		blocks = append(blocks, Block{Text: "义务"}, Block{List: e.Duties})
	}
	return append(blocks, facts(Fact{"行政复议", remedy(e.Remedies.Review)}, Fact{"行政诉讼", remedy(e.Remedies.Suit)})...)
}

func remedy(r items.Remedy) string {
	var said []string
	for _, s := range []string{r.Body, r.Address, r.Phone} {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, "，")
}

func consulting(e *items.Edition, _ *Guide) []Block {
	blocks := facts(Fact{"咨询电话", e.Phone}, Fact{"窗口咨询", join(hallsOf(e))})
	if len(e.FAQ) > 0 {
		blocks = append(blocks, Block{QA: e.FAQ})
	}
	return blocks
}

func hallsOf(e *items.Edition) []string {
	var names []string
	for _, p := range e.Places {
		names = append(names, p.Name)
	}
	return names
}

func complaints(e *items.Edition, _ *Guide) []Block {
	return facts(Fact{"监督投诉电话", e.Complaint}, Fact{"网上投诉", "在“我的办件”中评价或者反映“办不成事”"})
}

func places(e *items.Edition, _ *Guide) []Block {
	if len(e.Places) == 0 {
		return nil
	}
	t := &Table{Head: []string{"地点", "地址", "窗口", "时间", "电话"}}
	for _, p := range e.Places {
		t.Rows = append(t.Rows, []string{p.Name, p.Address, p.Windows, p.Hours, p.Phone})
	}
	return []Block{{Table: t}}
}

func progress(e *items.Edition, _ *Guide) []Block {
	lines := []string{"登录后在“我的办件”中查询，或者凭受理编号查询"}
	if e.Publicity.Notice {
		lines = append(lines, "作出决定前向社会公示")
	}
	if e.Publicity.Result {
		lines = append(lines, "办理结果自作出之日起7个工作日内向社会公开")
	}
	return list(lines)
}
