package halls

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"

	"tongban/internal/ground/fault"
)

// Board is what a place writes itself on the public board of its halls (公示栏);
// the list of items, their courses and the windows come from what is kept of
// them (徐政发〔2022〕21号（十二）).
type Board struct {
	Rules      []Notice `yaml:"rules"`      // 规章制度
	Complaints []Notice `yaml:"complaints"` // 投诉受理方式
}

// A Notice is one line of the board.
type Notice struct {
	Name   string `yaml:"name"`
	Say    string `yaml:"say"`
	Source string `yaml:"source"` // what it rests on
	Href   string `yaml:"href"`   // of the page on which to do it, of this installation
}

// ReadBoard reads a board, and refuses one that leaves out what the notice wants
// on it, or leads elsewhere.
func ReadBoard(text []byte) (b Board, err error) {
	if err := yaml.UnmarshalWithOptions(text, &b, yaml.Strict()); err != nil {
		return b, fmt.Errorf("read the board: %w", err)
	}
	if len(b.Rules) == 0 || len(b.Complaints) == 0 {
		return b, fault.New(fault.Invalid, "halls.board.empty", "公示栏须写明规章制度（rules）和投诉受理方式（complaints）")
	}
	for _, n := range append(append([]Notice{}, b.Rules...), b.Complaints...) {
		switch {
		case n.Name == "" || n.Say == "":
			return b, fault.New(fault.Invalid, "halls.board.line", "公示栏的每一条都要有名称（name）和内容（say）")
		case n.Href != "" && (!strings.HasPrefix(n.Href, "/") || strings.HasPrefix(n.Href, "//")):
			return b, fault.New(fault.Invalid, "halls.board.href", "公示栏“%s”的链接须是本平台的地址，以一个 / 开头", n.Name)
		}
	}
	return b, nil
}

// Complaints are the ways to complain about a hall: its own first.
func (h Hall) Complaints(b Board) []Notice {
	var all []Notice
	var appeal []string
	for _, w := range h.Windows {
		if w.Kind == Appeal {
			appeal = append(appeal, w.No)
		}
	}
	if len(appeal) > 0 {
		all = append(all, Notice{Name: "办不成事反映窗口", Say: "本大厅" + strings.Join(appeal, "、") + "号窗口，当面反映，当场登记"})
	}
	if h.Phone != "" {
		all = append(all, Notice{Name: "本大厅电话", Say: h.Phone})
	}
	return append(all, b.Complaints...)
}
