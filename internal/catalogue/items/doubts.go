package items

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"tongban/internal/civic/codes"
	"tongban/internal/engine/forms"
)

// doubtRules find what real lists say between the lines: tiers of limits in a
// remark, papers that only some must bring, conditions that are deadlines.
// Nobody can tell by a program what was meant, so a person has to confirm.
var doubtRules = []Rule{
	{"items.type.proof", Warning, "开具证明一般不是行政许可", "行政许可法第二条", proofAsLicence},
	{"items.name.several", Warning, "一个事项不宜合并多类业务", "政务服务事项数据质量规则：最小颗粒度", severalBusinesses},
	{"items.lead", Warning, "对申请人的期限须写入申请条件并设为校验", "政务服务事项数据质量规则", leadTimes},
	{"items.limit.tiers", Warning, "按情形分档或者可以延长的时限须分别写明", "时限不得推定", limitTiers},
	{"items.limit.unfounded", Warning, "法律没有规定的时限不得填作法定时限", "政务服务事项数据质量规则", unfoundedLimit},
	{"items.limit.excluded", Warning, "不计入时限的时间须列为特别程序", "行政许可法第四十五条", excludedTime},
	{"items.condition.situational", Warning, "分情形的条件须设情形条件", "徐政发〔2022〕21号（四）", casesInConditions},
	{"items.condition.choice", Warning, "符合其一即可的条件，所对应的材料须设情形条件", "徐政发〔2022〕21号（四）", choiceOfConditions},
	{"items.material.copies", Warning, "份数须与说明一致，不宜过多", "行政许可法第三十一条", doubtfulCopies},
	{"items.material.limits", Warning, "对文件的要求须设为校验，不只写在说明里", "情形引导", fileLimitsInNotes},
	{"items.material.dated", Warning, "有起止日期的要求须分版本公布", "实施清单计划生效、取消日期", datedNotes},
	{"items.material.source", Warning, "政府部门核发的证件不宜标为申请人自备", "国务院关于在线政务服务的若干规定第四条", ownedByGovernment},
	{"items.form.organisation", Warning, "个人可以申请的，表单不得要求人人填写单位才有的代码", "行政许可法第三十一条", organisationsOnly},
	{"items.unasked", Warning, "无须申请即办的事项应列为免申即享", "免申即享", unasked},
}

func proofAsLicence(e *Edition, say report) {
	if e.Type == Licence && strings.Contains(e.Name, "证明") && (strings.Contains(e.Name, "开具") || strings.Contains(e.Name, "出具")) {
		say("type", "“%s”是开具证明，却列为行政许可，请确认事项类型", e.Name)
	}
}

var inBrackets = regexp.MustCompile(`（含([^）]+)）`)

func severalBusinesses(e *Edition, say report) {
	if m := inBrackets.FindStringSubmatch(e.Name); m != nil {
		if n := strings.Count(m[1], "、") + 1; n >= 3 {
			say("name", "一个事项合并了%d类业务，材料和条件因业务而异的，请拆成业务办理项或者设置情形", n)
		}
	}
}

// A lead is a period before or after an event in which the applicant must act.
var lead = regexp.MustCompile(`[0-9０-９一二三四五六七八九十百]+个?(工作|自然)?(日|天|月)(以)?(前|内)(提出|申请|报备|备案|办理|报送|申报)|之日起[0-9一二三四五六七八九十百]+个?(工作)?日(以)?内|(?:^|[^月0-9])[0-9]+个?(工作)?日(以)?前`)

func leadTimes(e *Edition, say report) {
	look := func(path, text string) {
		if m := lead.FindString(text); m != "" {
			say(path, "“%s”像是申请人须遵守的期限，不是办理时限，请写入申请条件并说明如何计算", brief(text, 60))
		}
	}
	for i, c := range e.Conditions {
		look(at("conditions", i)+".text", c.Text)
	}
	for _, n := range e.Procedure.Nodes {
		look("procedure."+n.ID, n.Name)
	}
	look("statutoryNote", e.StatutoryNote)
	look("promisedNote", e.PromisedNote)
}

var (
	period = regexp.MustCompile(`[0-9一二三四五六七八九十百]+个?(?:工作日|自然日|工作小时|小时|日|天|月|年|个)`)
	tier   = regexp.MustCompile(`一般情况|简单|复杂|重大|偏远|延长|不能当场|分别为`)
)

// limitTiers finds several limits, or one that may be extended, in the remark
// beside a limit.
func limitTiers(e *Edition, say report) {
	for _, l := range []struct{ path, note string }{{"statutory", e.StatutoryNote}, {"promised", e.PromisedNote}} {
		found := period.FindAllString(l.note, -1)
		slices.Sort(found)
		found = slices.Compact(found)
		switch {
		case len(found) >= 2:
			say(l.path, "说明中有%d种时限（%s），一个数值表达不了，请按情形分别写明", len(found), strings.Join(found, "、"))
		case tier.MatchString(l.note):
			say(l.path, "说明“%s”表明时限因情形而异或者可以延长，请分别写明", brief(l.note, 60))
		}
	}
}

func unfoundedLimit(e *Edition, say report) {
	if e.Statutory.N > 0 && (strings.Contains(e.StatutoryNote, "未规定") || strings.Contains(e.StatutoryNote, "没有规定") || strings.Contains(e.StatutoryNote, "无规定")) {
		say("statutory", "说明写“%s”，却填了法定时限%d，请删去法定时限或者写明依据", brief(e.StatutoryNote, 40), e.Statutory.N)
	}
}

func excludedTime(e *Edition, say report) {
	for _, l := range []struct{ path, note string }{{"statutoryNote", e.StatutoryNote}, {"promisedNote", e.PromisedNote}} {
		for _, w := range []string{"不含", "不包括", "不计入", "不计算在"} {
			if strings.Contains(l.note, w) && len(e.Special) == 0 {
				say(l.path, "“%s”有不计入时限的时间，请列为特别程序并写明时限", brief(l.note, 60))
				break
			}
		}
	}
}

var caseLabel = regexp.MustCompile(`^[^：，。；]{2,6}：`)

func casesInConditions(e *Edition, say report) {
	for i, c := range e.Conditions {
		if strings.HasPrefix(c.Text, "其他") && c.When == "" && c.Kind != Prohibition && i > 0 {
			say(at("conditions", i)+".when", "“%s”只适用于前面各条之外的情形，请设置情形条件", brief(c.Text, 40))
		}
		if m := caseLabel.FindString(c.Text); m != "" && c.When == "" && c.Kind != Prohibition {
			say(at("conditions", i)+".when", "“%s”只适用于一种情形（%s），请设置情形条件", brief(c.Text, 40), strings.TrimSuffix(m, "："))
		}
	}
}

func choiceOfConditions(e *Edition, say report) {
	for i, c := range e.Conditions {
		if (strings.Contains(c.Text, "之一") || strings.Contains(c.Text, "其中一项")) && c.When == "" && len(e.Questions) == 0 {
			say(at("conditions", i)+".when", "“%s”符合其一即可，请用情形问题区分，只收取相应的材料", brief(c.Text, 40))
		}
	}
	for i, m := range e.Materials {
		if m.When == "" && m.Necessity != Optional && (strings.Contains(m.Note, "之一") || strings.Contains(m.Note, "选一")) {
			say(at("materials", i)+".when", "“%s”多选一即可（%s），请用情形问题区分", m.Name, brief(m.Note, 40))
		}
	}
}

// numberOfCopies is the number of sheets or copies a remark names: 一寸三张.
var numberOfCopies = regexp.MustCompile(`([0-9]+|[一二两三四五六七八九十])(?:张|份)`)

const manyCopies = 5

func doubtfulCopies(e *Edition, say report) {
	for i, m := range e.Materials {
		if m.Copies >= manyCopies {
			say(at("materials", i)+".copies", "“%s”要求%d份，请确认是否确需，能用电子件的不应要求多份", m.Name, m.Copies)
		}
		if found := numberOfCopies.FindStringSubmatch(m.Note); found != nil && m.Copies > 0 {
			if n, ok := codes.Numeral(found[1]); ok && n > 0 && n != m.Copies {
				say(at("materials", i)+".copies", "“%s”的份数是%d，说明却写“%s”，请更正", m.Name, m.Copies, found[0])
			}
		}
	}
}

var fileLimit = regexp.MustCompile(`(?i)像素|dpi|[0-9]\s*[km]b|[0-9]\s*[×xX*]\s*[0-9]`)

func fileLimitsInNotes(e *Edition, say report) {
	for i, m := range e.Materials {
		if found := fileLimit.FindString(m.Note); found != "" && m.MaxMB == 0 {
			say(at("materials", i)+".note", "“%s”对文件的要求（%s）只写在说明里，请设为上传时的校验", m.Name, brief(m.Note, 40))
		}
	}
}

var dated = regexp.MustCompile(`[0-9]{4}(?:-[0-9]{1,2}-[0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)(?:起|后|前|之前|以前)`)

func datedNotes(e *Edition, say report) {
	for i, m := range e.Materials {
		if found := dated.FindString(m.Note); found != "" {
			say(at("materials", i)+".note", "“%s”的说明有日期（%s），请分版本写明施行和停用日期", m.Name, found)
		}
	}
}

// byGovernment are papers that only the government gives out.
var byGovernment = []string{"身份证（", "居民身份证", "户口簿", "营业执照", "结婚证", "离婚证", "出生医学证明", "机动车行驶证", "机动车驾驶证", "不动产权证书", "不动产权属证书"}

func ownedByGovernment(e *Edition, say report) {
	for i, m := range e.Materials {
		if m.Channel != ByApplicant && m.Channel != ByOther {
			continue
		}
		for _, w := range byGovernment {
			if strings.Contains(m.Name, w) || m.Name == "身份证" {
				say(at("materials", i)+".channel", "“%s”由政府部门核发，来源渠道却是“%s”，请更正", m.Name, m.Channel)
				break
			}
		}
	}
}

// organisationsOnly finds what only an organisation has, and a form asks of everybody
// although a person may apply, who then cannot finish.
func organisationsOnly(e *Edition, say report) {
	if !slices.Contains(e.Objects, Person) {
		return
	}
	for g, group := range e.Form.Groups {
		for i, f := range group.Fields {
			own := strings.HasPrefix(f.Prefill, "org.") || f.Element == "统一社会信用代码"
			if f.Kind == forms.USCC && own && f.Required && f.When == "" && group.When == "" {
				say(fmt.Sprintf("form.groups[%d].fields[%d].required", g, i), "服务对象有自然人，表单却要求人人填写“%s”，没有单位的个人填不了：请改为选填，或者设定什么情况下填写", f.Label)
			}
		}
	}
}

func unasked(e *Edition, say report) {
	for _, n := range e.Procedure.Nodes {
		for _, w := range []string{"无需申请", "无须申请", "免申", "主动发放", "打卡发放", "通知本人"} {
			if strings.Contains(n.Name, w) {
				say("procedure."+n.ID, "环节“%s”表明由部门主动办理，请确认是否为免申即享事项", brief(n.Name, 40))
				return
			}
		}
	}
}

// brief is a text shortened to n characters.
func brief(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return fmt.Sprint(string(r[:n]), "…")
	}
	return s
}
