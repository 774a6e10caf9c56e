package frame

import (
	"strconv"
	"strings"
)

// A Level is one list of a Region: 县（市、区）.
type Level struct {
	Name, Label, Value string
	Choices            []Choice
}

type choiceGroup struct {
	name    string
	choices []Choice
}

// groups keeps choices in order, those of one Group together.
func groups(choices []Choice) []choiceGroup {
	var all []choiceGroup
	for _, c := range choices {
		if n := len(all); n == 0 || all[n-1].name != c.Group {
			all = append(all, choiceGroup{name: c.Group})
		}
		all[len(all)-1].choices = append(all[len(all)-1].choices, c)
	}
	return all
}

// dateCut is the year, month or day of "2026-09-24", without a leading nought.
func dateCut(day string, part int) string {
	parts := strings.Split(day, "-")
	if part >= len(parts) {
		return ""
	}
	return strings.TrimLeft(parts[part], "0")
}

func errorTitle(err error) string {
	return "有 " + strconv.Itoa(len(Errors(err))) + " 处需要修改"
}

// faces are the five levels of a rating, each with the face shown beside it
// (GB/T 39735).
var faces = []Choice{
	{Value: "5", Label: "非常满意", Tag: "laugh"},
	{Value: "4", Label: "满意", Tag: "smile"},
	{Value: "3", Label: "基本满意", Tag: "meh"},
	{Value: "2", Label: "不满意", Tag: "frown"},
	{Value: "1", Label: "非常不满意", Tag: "angry"},
}

// partsSay tells the bar of parts in words.
func partsSay(parts []Part) string {
	count := map[Tone]int{}
	for _, p := range parts {
		count[p.Tone]++
	}
	say := strconv.Itoa(len(parts)) + " 项"
	for _, w := range []struct {
		tone Tone
		word string
	}{{Green, "已办结"}, {Blue, "办理中"}, {Amber, "等您补正"}, {Red, "超时或未通过"}, {Plain, "未开始"}} {
		if count[w.tone] > 0 {
			say += "，" + strconv.Itoa(count[w.tone]) + " 项" + w.word
		}
	}
	return say
}
