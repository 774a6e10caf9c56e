package window

import (
	"fmt"
	"strings"

	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// judges reports whether the materials of a case are still to be judged, now or
// when what was asked for comes in.
func judges(c *cases.Case) bool { return c.State == cases.Received || c.State == cases.Correcting }

// under takes the promise under which the case was accepted without the material.
func (k check) under(promises []cases.Promise) check {
	for i, p := range promises {
		if p.Material == k.Material.ID {
			k.Promise = &promises[i]
		}
	}
	if k.Word && !k.there() {
		k.Finding, k.Typed = cases.OnWord, ""
	}
	return k
}

func pastRows(all []check) []frame.Material {
	rows := make([]frame.Material, len(all))
	for i, k := range all {
		rows[i] = k.past()
	}
	return rows
}

// past is a material of a case that is past its judging: what was found of it
// stays, nothing is offered and nothing waited for.
func (k check) past() frame.Material {
	m := k.row(false)
	m.Body, m.Note = nil, ""
	m.Tone, m.Verdict = k.became()
	if !k.there() {
		m.Source = "未提交"
	}
	return m
}

// became is what was found of a material in the end.
func (k check) became() (frame.Tone, string) {
	switch {
	case k.Promise != nil && k.Promise.Kept:
		return frame.Green, "已补齐"
	case k.Finding != "":
		return verdictWord(k.Finding)
	case k.there():
		return frame.Plain, "未逐项核对"
	}
	return frame.Plain, "未提交"
}

// tallied is the table's last line of a case past its judging: 材料 6 项：齐全 5 项，已补齐 1 项.
func tallied(all []check) string {
	var order []string
	count := map[string]int{}
	for _, k := range all {
		_, word := k.became()
		if count[word]++; count[word] == 1 {
			order = append(order, word)
		}
	}
	for i, word := range order {
		order[i] = fmt.Sprintf("%s %d 项", word, count[word])
	}
	if len(order) == 0 {
		return "不用交材料"
	}
	return fmt.Sprintf("材料 %d 项：%s", len(all), strings.Join(order, "，"))
}

// owes is a line on a material that was to follow.
func owes(c *cases.Case, p cases.Promise) frame.CheckLine {
	switch {
	case p.Kept:
		return frame.CheckLine{Tone: frame.Green, Text: "已补齐：" + p.Name}
	case c.State.Final():
		return frame.CheckLine{Text: "容缺的没有补齐：" + p.Name, Note: "办件已经结束，不再补交"}
	case p.Lapsed:
		return frame.CheckLine{Tone: frame.Red, Text: "逾期未补：" + p.Name, Note: "应于" + p.By.Han() + "前"}
	}
	return frame.CheckLine{Tone: frame.Amber, Text: "容缺待补：" + p.Name, Note: p.By.Han() + "前"}
}

// awaits is a line on what the applicant was asked to correct and has not.
func awaits(c *cases.Case, n cases.Notice) frame.CheckLine {
	if c.State.Final() {
		return frame.CheckLine{Text: fmt.Sprintf("要求补正的 %d 项没有补正", len(n.Items)), Note: "办件已经结束，不用再补"}
	}
	return frame.CheckLine{Tone: frame.Amber, Text: fmt.Sprintf("等申请人补正 %d 项", len(n.Items)), Note: n.Until.Han() + "前"}
}
