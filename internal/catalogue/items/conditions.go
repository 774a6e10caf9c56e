package items

import "strings"

// conditionRules keep conditions apart from papers, and free of catch-alls.
var conditionRules = []Rule{
	{"items.condition.shape", Error, "条件须有标识和内容，标识不得重复", "实施清单受理条件", shapelessConditions},
	{"items.condition.none", Warning, "行政许可应写明准予条件", "行政许可法第三十条", noConditions},
	{"items.condition.papers", Error, "受理条件不得只罗列材料", "阿营组发〔2018〕3号", conditionListsPapers},
	{"items.condition.catchall", Warning, "条件不得兜底", "阿营组发〔2018〕3号：清理兜底条款", catchAllConditions},
	{"items.condition.proof", Error, "条件中要求的证明须列入申请材料", "阿营组发〔2018〕3号", unlistedProofs},
}

func shapelessConditions(e *Edition, say report) {
	seen := map[string]bool{}
	for i, c := range e.Conditions {
		if c.ID == "" || strings.TrimSpace(c.Text) == "" {
			say(at("conditions", i), "请填写条件的标识和内容")
		}
		if c.ID != "" && seen[c.ID] {
			say(at("conditions", i)+".id", "条件标识“%s”重复", c.ID)
		}
		seen[c.ID] = true
	}
}

func noConditions(e *Edition, say report) {
	if e.Type == Licence && len(e.Conditions) == 0 {
		say("conditions", "行政许可事项没有写准予条件，请补充")
	}
}

// conditionListsPapers finds a condition that says no more than that papers
// are complete or names one of them.
func conditionListsPapers(e *Edition, say report) {
	for i, c := range e.Conditions {
		text := strings.Trim(c.Text, "。；;，, ")
		for _, m := range e.Materials {
			if text == m.Name || text == "提供"+m.Name || text == "提交"+m.Name || text == "持有"+m.Name {
				say(at("conditions", i)+".text", "“%s”是申请材料，不是条件，请写明须具备的情况", c.Text)
			}
		}
	}
}

// catchAlls are the words by which a list is left open (兜底条款).
var catchAlls = []string{"其他材料", "其它材料", "其他有关材料", "其他相关材料", "其他资料", "其它资料", "其他文件", "其他证明", "其他需要提供", "其他需要提交", "需要的其他", "要求的其他", "规定的其他", "规定的其它", "要求提供的其他", "认为需要", "认为必要", "等相关材料", "等有关材料"}

func catchAllConditions(e *Edition, say report) {
	for i, c := range e.Conditions {
		if word := catchAll(c.Text); word != "" || strings.Contains(c.Text, "其他条件") {
			say(at("conditions", i)+".text", "“%s”是兜底条款，请逐项列明或者删去", c.Text)
		}
	}
}

func catchAll(text string) string {
	for _, w := range catchAlls {
		if strings.Contains(text, w) {
			return w
		}
	}
	return ""
}

// unlistedProofs finds a proof that a condition demands, as in 提供无犯罪记录证明,
// and no material carries.
func unlistedProofs(e *Edition, say report) {
	for i, c := range e.Conditions {
		for _, proof := range proofsIn(c.Text) {
			if !e.lists(proof) {
				say(at("conditions", i)+".text", "条件要求“%s”，但申请材料中没有，请列入材料或者改写条件", proof)
			}
		}
	}
}

// proofsIn finds the proofs a condition asks to be handed in: what stands
// between 提供, 提交, 出具 and the 证明, 报告 or 证书 that ends it.
func proofsIn(text string) []string {
	var proofs []string
	for _, verb := range []string{"提供", "提交", "出具"} {
		_, rest, found := strings.Cut(text, verb)
		if !found {
			continue
		}
		clause, _, _ := strings.Cut(rest, "，")
		for _, end := range []string{"证明", "报告", "证书"} {
			if before, _, ok := strings.Cut(clause, end); ok && before != "" {
				proofs = append(proofs, strings.TrimPrefix(before, "的")+end)
				break
			}
		}
	}
	return proofs
}

// lists reports whether a material's name holds the paper, or the other way round.
func (e *Edition) lists(paper string) bool {
	for _, m := range e.Materials {
		if strings.Contains(m.Name, paper) || strings.Contains(paper, m.Name) {
			return true
		}
	}
	return false
}
