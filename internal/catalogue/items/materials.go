package items

import (
	"regexp"
	"slices"
	"strings"
)

// materialRules keep the list of papers short, founded and plain.
var materialRules = []Rule{
	{"items.material.shape", Error, "材料须有标识、名称、份数，标识不得重复", "实施清单申请材料", shapelessMaterials},
	{"items.material.catchall", Error, "申请材料不得兜底", "阿营组发〔2018〕3号：取消“其他材料”等兜底条款", catchAllMaterials},
	{"items.material.basis", Error, "申请材料须有依据", "苏协调小组〔2021〕1号、阿营组发〔2018〕3号：没有法律法规依据的一律取消", unfoundedMaterials},
	{"items.material.unused", Warning, "每份材料须对应条件或者有受理标准", "没有用处的材料不得收取", unusedMaterials},
	{"items.material.proves", Error, "材料证明的条件须存在", "条件与材料一一对应", provesNothing},
	{"items.material.repeated", Warning, "同名材料不得重复", "政务服务事项数据质量规则", repeatedMaterials},
	{"items.material.bundle", Warning, "一份材料不得并列多份文书", "政务服务事项数据质量规则", bundledMaterials},
	{"items.material.situational", Warning, "特定情形才需要的材料须设情形条件", "徐政发〔2022〕21号（四）", situationalMaterials},
	{"items.material.defer", Error, "标为容缺后补的材料须可容缺，容缺的须是必要材料", "徐政发〔2022〕21号（七）", deferMismatch},
	{"items.material.fetch", Warning, "政府部门核发的材料应通过共享获取", "国务院关于在线政务服务的若干规定第四条", unfetchedMaterials},
	{"items.material.holder", Error, "材料的持有人须由表单里填写号码的问题说明", "行政许可法第三十三条、个人信息保护法第六条：只调取申请人本人的证照", holderless},
	{"items.material.paper", Warning, "能网上办理的事项不得只收纸质材料", "国务院关于在线政务服务的若干规定第八条", paperOnly},
	{"items.material.original", Warning, "只收电子件的材料不能要求原件", "政务服务事项数据质量规则", electronicOriginal},
	{"items.material.internal", Warning, "机关内部文书不得要求申请人提交", "行政许可法第三十一条", internalPapers},
}

func shapelessMaterials(e *Edition, say report) {
	seen := map[string]bool{}
	for i, m := range e.Materials {
		path := at("materials", i)
		if m.ID == "" || strings.TrimSpace(m.Name) == "" {
			say(path, "请填写材料的标识和名称")
		}
		if m.ID != "" && seen[m.ID] {
			say(path+".id", "材料标识“%s”重复", m.ID)
		}
		if m.Copies < 1 || m.Copies > 100 {
			say(path+".copies", "材料%s的份数应在1至100之间", quoted(m.Name, i))
		}
		if m.Necessity == "" || m.Kind == "" || m.Form == "" || m.Channel == "" {
			say(path, "请写明材料%s的必要性、材料类型、材料形式和来源渠道", quoted(m.Name, i))
		}
		if m.MaxMB < 0 {
			say(path+".maxMB", "文件大小上限不能是负数")
		}
		seen[m.ID] = true
	}
}

func catchAllMaterials(e *Edition, say report) {
	for i, m := range e.Materials {
		for _, field := range [][2]string{{"name", m.Name}, {"standard", m.Standard}, {"note", m.Note}} {
			if word := catchAll(field[1]); word != "" {
				say(at("materials", i)+"."+field[0], "“%s”是兜底条款，请逐项列明材料名称或者删去", word)
			}
		}
	}
}

func unfoundedMaterials(e *Edition, say report) {
	for i, m := range e.Materials {
		if !founded(m.Basis) {
			say(at("materials", i)+".basis", "材料%s没有依据；没有法律、法规、规章依据的材料不得要求提交", quoted(m.Name, i))
		}
	}
}

func unusedMaterials(e *Edition, say report) {
	for i, m := range e.Materials {
		if len(m.Proves) == 0 && m.Standard == "" {
			say(at("materials", i)+".proves", "材料%s既不证明任何条件，也没有受理标准，请说明为何收取", quoted(m.Name, i))
		}
	}
}

func provesNothing(e *Edition, say report) {
	for i, m := range e.Materials {
		for j, id := range m.Proves {
			if !slices.ContainsFunc(e.Conditions, func(c Condition) bool { return c.ID == id }) {
				say(at(at("materials", i)+".proves", j), "没有标识为“%s”的条件", id)
			}
		}
	}
}

func repeatedMaterials(e *Edition, say report) {
	seen := map[string]int{}
	for i, m := range e.Materials {
		if first, again := seen[m.Name]; again && e.Materials[first].When == m.When {
			say(at("materials", i)+".name", "“%s”与第%d份材料同名，请合并或者写明区别", m.Name, first+1)
			continue
		}
		seen[m.Name] = i
	}
}

func bundledMaterials(e *Edition, say report) {
	for i, m := range e.Materials {
		if strings.Count(m.Name, "、") >= 2 {
			say(at("materials", i)+".name", "“%s”并列了多份文书，请拆成几份材料", m.Name)
		}
	}
}

// situations are the words that show, outside the condition, that a paper is
// asked of some applicants only.
var situations = []string{"仅在", "仅限", "情形下提供", "的提供", "的须提供", "的需提供", "的还应", "的另", "时提供", "时提交", "如有", "涉及的", "要求的提供", "须经批准的", "外文", "可不提供", "代办", "另提交", "另交"}

// oneGroup is a remark that is no more than the name of those it is for:
// 新就业职工, 香港、澳门、台湾居民, 有授权时.
var oneGroup = regexp.MustCompile(`^(?:[^，。；;]{2,20}(?:人员|职工|居民|项目|企业|外国人|华侨|类型)|[^，。；;]{2,12}[的时])$`)

func situationalMaterials(e *Edition, say report) {
	for i, m := range e.Materials {
		if m.When != "" || m.Necessity == Optional {
			continue
		}
		for _, w := range situations {
			if strings.Contains(m.Note, w) || strings.Contains(m.Name, w) {
				say(at("materials", i)+".when", "“%s”看来只在特定情形才需要（“%s”），请设置情形条件或者改为非必要", m.Name, w)
				break
			}
		}
		if oneGroup.MatchString(m.Note) {
			say(at("materials", i)+".when", "“%s”看来只对一部分人（“%s”）才需要，请设置情形条件或者改为非必要", m.Name, m.Note)
		}
	}
}

func deferMismatch(e *Edition, say report) {
	for i, m := range e.Materials {
		path := at("materials", i)
		switch {
		case m.Necessity == LaterOK && !m.Deferrable:
			say(path+".deferrable", "“%s”标为容缺后补，应同时设为可容缺", m.Name)
		case m.Deferrable && m.Necessity == Optional:
			say(path+".deferrable", "“%s”本就不是必要材料，无须容缺", m.Name)
		}
	}
}

func unfetchedMaterials(e *Edition, say report) {
	for i, m := range e.Materials {
		if m.Channel == ByGovernment && m.Certificate == "" {
			say(at("materials", i)+".certificate", "“%s”由政府部门核发，应写明电子证照类型以便自动获取，不能获取的请说明", m.Name)
		}
	}
}

func paperOnly(e *Edition, say report) {
	if !slices.Contains(e.Ways, Net) && !slices.Contains(e.Ways, Phone) {
		return
	}
	for i, m := range e.Materials {
		if m.Form == Paper && !m.Fetched() {
			say(at("materials", i)+".form", "事项可以网上办理，“%s”却只收纸质，请改为纸质或电子", m.Name)
		}
	}
}

func electronicOriginal(e *Edition, say report) {
	for i, m := range e.Materials {
		if m.Form == Electronic && (m.Kind == Original || m.Kind == OriginalAndCopy) {
			say(at("materials", i)+".kind", "“%s”只收电子件，却要求原件，请更正", m.Name)
		}
	}
}

func internalPapers(e *Edition, say report) {
	for i, m := range e.Materials {
		for _, w := range []string{"审批表", "工作联系单", "内部", "会议纪要", "汇总表", "审查意见表"} {
			if strings.Contains(m.Name, w) {
				say(at("materials", i)+".name", "“%s”像是机关内部文书，不应由申请人提交，请确认", m.Name)
				break
			}
		}
	}
}
