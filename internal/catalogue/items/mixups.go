package items

import (
	"regexp"
	"slices"
	"strings"

	"tongban/internal/engine/clock"
)

// mixupRules find what stands in the wrong place or says two things at once: an
// order of acts among the conditions, tiers in a remark, a heading in the place of
// a law. They were learnt from lists of several provinces; a person confirms.
var mixupRules = []Rule{
	{"items.type.filing", Warning, "备案不是行政许可，许可和备案不宜合为一个事项", "行政许可法第二条", filingAsLicence},
	{"items.basis.doubtful", Warning, "依据栏须是法律、文件的名称", "政务服务事项数据质量规则", doubtfulBases},
	{"items.condition.order", Warning, "须先后办理的，应写明前后事项并设为校验", "政务服务事项数据质量规则", orderOfActs},
	{"items.condition.exclusive", Warning, "与其他事项互斥的，应先用情形问题分流", "徐政发〔2022〕21号（四）", exclusiveActs},
	{"items.special.long", Warning, "特别程序长于法定时限的，须写明是否计入", "行政许可法第四十五条", longSpecials},
	{"items.special.hearing", Warning, "行政许可的听证须在二十日内组织", "行政许可法第四十七条", lateHearings},
	{"items.material.tiers", Warning, "按规模、年龄分档的材料须设情形条件", "徐政发〔2022〕21号（四）", tieredMaterials},
	{"items.material.business", Warning, "合并了几类业务的事项，材料须按业务设情形条件", "政务服务事项数据质量规则：最小颗粒度", businessMaterials},
	{"items.material.alias", Warning, "同一材料不得以不同名称重复收取", "阿营组发〔2018〕3号：重复证明一律取消", aliasMaterials},
	{"items.material.pledge", Warning, "承诺书本身不宜容缺", "徐政发〔2022〕21号（七）", deferredPledges},
	{"items.rights.none", Warning, "权利和义务须写明，不能写“暂无”", "行政许可法第七条", emptyRights},
}

func filingAsLicence(e *Edition, say report) {
	if e.Type == Licence && !e.Filing && strings.Contains(e.Name, "备案") {
		say("type", "“%s”含有备案，却列为行政许可；许可和备案请分为两个事项", e.Name)
	}
}

// documents are the words of which the name of a law or a notice holds one.
var documents = regexp.MustCompile(`法|条例|规定|办法|细则|决定|通知|意见|规则|规范|规程|标准|公告|函|批复|方案|目录|清单|纲要|解释|令|号|章程|制度|要求|指南|公约|协定|准则|GB|DB|LD|/T`)

func doubtfulBases(e *Edition, say report) {
	e.eachBasis(func(path string, b Basis) {
		if !documents.MatchString(b.Law) {
			say(path, "“%s”不像法律或者文件的名称，请核对是否填错了栏", brief(b.Law, 40))
		}
	})
}

var inOrder = regexp.MustCompile(`(?:之前|以前|之后|以后|前|后)(?:办理|申请|申报|报审|取得|完成|提出申请)|(?:须|应|应当|需)(?:先|事先|预先)(?:取得|办理|完成|经)`)

func orderOfActs(e *Edition, say report) {
	for i, c := range e.Conditions {
		if m := inOrder.FindString(c.Text); m != "" && !lead.MatchString(c.Text) {
			say(at("conditions", i)+".text", "“%s”规定了与其他事项的先后，请写明前置、后置事项，由系统校验", brief(c.Text, 50))
		}
	}
}

var exclusive = regexp.MustCompile(`(?:不需要|不需|无需|无须|不必|免于|免予)(?:取得|办理|申请)?[^，。；]{0,10}(?:许可|备案|审批|登记)`)

func exclusiveActs(e *Edition, say report) {
	for i, c := range e.Conditions {
		if c.When == "" && exclusive.MatchString(c.Text) {
			say(at("conditions", i)+".text", "“%s”说明有的情形不办本事项或者另办他事，请先用情形问题分流", brief(c.Text, 50))
		}
	}
}

func longSpecials(e *Edition, say report) {
	for i, s := range e.Special {
		if !s.Counted && e.Statutory.N > 0 && s.Limit.N > e.Statutory.N {
			say(at("special", i)+".limit", "特别程序%s（%d）比法定时限（%d）还长，请确认它不计入时限，并写明依据", quoted(s.Name, i), s.Limit.N, e.Statutory.N)
		}
	}
}

// lateHearings: a guide may promise a hearing sooner than the law, not later.
func lateHearings(e *Edition, say report) {
	for i, s := range e.Special {
		if law := clock.Hearing.Limit; e.Type == Licence && s.Kind == Hearing && s.Limit.Unit == law.Unit && s.Limit.N > law.N {
			say(at("special", i)+".limit", "特别程序%s写的是%d个工作日：行政许可的听证要在申请人要求之日起%d日内组织，请改短或者核对依据", quoted(s.Name, i), s.Limit.N, law.N)
		}
	}
}

// threshold is a measure by which a remark divides applicants: 100万立方米以下,
// 7岁以下, 超过300平方米.
var threshold = regexp.MustCompile(`[0-9一二三四五六七八九十百千万]+[^，。；、0-9]{0,8}(?:以下|以上|以内|未满|不足)|(?:超过|不足|未满|达到)[0-9]+`)

func tieredMaterials(e *Edition, say report) {
	for i, m := range e.Materials {
		if m.When != "" || m.Necessity == Optional {
			continue
		}
		if found := threshold.FindString(m.Note); found != "" && !fileLimit.MatchString(found) {
			say(at("materials", i)+".when", "“%s”按“%s”等分档，请用情形问题区分各档要交的材料", m.Name, found)
		}
	}
}

func businessMaterials(e *Edition, say report) {
	found := inBrackets.FindStringSubmatch(e.Name)
	if found == nil || strings.Count(found[1], "、") < 2 || slices.ContainsFunc(e.Materials, func(m Material) bool { return m.When != "" }) {
		return
	}
	for i, m := range e.Materials {
		if m.Necessity != Optional {
			say(at("materials", i)+".when", "事项合并了%s，“%s”是否每一类都要？只有一类要的请设情形条件", found[1], m.Name)
		}
	}
}

// plainName is a material's name without the words that change nothing.
var plainName = strings.NewReplacer(republicPrefix, "", "居民身份证", "身份证", "有效身份证件", "身份证", "身份证明", "身份证", "身份证件", "身份证", "有效", "", "本人", "", "申请人", "", "的", "",
	"复印件", "", "原件", "", "《", "", "》", "", "居民户口簿", "户口簿", "户口本", "户口簿", " ", "")

const republicPrefix = "中华人民共和国"

func aliasMaterials(e *Edition, say report) {
	seen := map[string]int{}
	for i, m := range e.Materials {
		plain := plainName.Replace(m.Name)
		if plain == "" {
			continue
		}
		if first, again := seen[plain]; again && e.Materials[first].Name != m.Name && e.Materials[first].When == m.When {
			say(at("materials", i)+".name", "“%s”和第%d份“%s”看来是同一材料，请合并", m.Name, first+1, e.Materials[first].Name)
			continue
		}
		seen[plain] = i
	}
}

func deferredPledges(e *Edition, say report) {
	for i, m := range e.Materials {
		if m.MayFollow() && strings.Contains(m.Name, "承诺书") {
			say(at("materials", i)+".deferrable", "“%s”本身就是承诺，不宜容缺后补，请确认", m.Name)
		}
	}
}

func emptyRights(e *Edition, say report) {
	for _, list := range []struct {
		path  string
		lines []string
	}{{"rights", e.Rights}, {"duties", e.Duties}} {
		for i, text := range list.lines {
			if text = strings.Trim(text, "。 "); text == "无" || text == "/" || strings.HasPrefix(text, "暂无") || strings.HasPrefix(text, "没有申请人") {
				say(at(list.path, i), "“%s”等于没有写，请写明法定的权利和义务", brief(text, 30))
			}
		}
	}
}
