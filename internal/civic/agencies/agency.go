package agencies

import (
	"fmt"
	"regexp"
	"slices"

	"tongban/internal/civic/codes"
	"tongban/internal/ground/fault"
)

// A Kind is what sort of body an agency is.
type Kind string

// The kinds of agency.
const (
	Government Kind = "政府"
	Department Kind = "部门"
	Centre     Kind = "中心" // a public institution: 政务服务中心, 公积金管理中心
	Town       Kind = "镇街" // town government or street office
	Village    Kind = "村居" // village or residents' committee
)

// Kinds lists them in the order in which pages offer them.
var Kinds = []Kind{Government, Department, Centre, Town, Village}

// An Agency is one body (部门).
type Agency struct {
	ID      string `yaml:"id" json:"id"`           // short and lasting: "xz-market"
	Name    string `yaml:"name" json:"name"`       // as on its seal
	Short   string `yaml:"short" json:"short"`     // as people call it
	USCC    string `yaml:"uscc" json:"uscc"`       // unified social credit code
	Region  string `yaml:"region" json:"region"`   // 12-digit division code it governs
	Kind    Kind   `yaml:"kind" json:"kind"`       //
	Parent  string `yaml:"parent" json:"parent"`   // agencies.ID; "" for the top
	Phone   string `yaml:"phone" json:"phone"`     // for questions and complaints
	Address string `yaml:"address" json:"address"` //
	Review  string `yaml:"review" json:"review"`   // who hears an administrative reconsideration (复议机关)
	Court   string `yaml:"court" json:"court"`     // where it is sued (行政诉讼管辖法院)
	Closed  bool   `yaml:"closed" json:"closed"`   // merged or abolished: kept for old papers
	Version int    `yaml:"-" json:"version"`
}

// Level is the agency's level, as its region tells.
func (a Agency) Level() codes.Level {
	d, err := codes.ParseDivision(a.Region)
	if err != nil {
		return codes.NoLevel
	}
	return d.Level()
}

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// Check refuses an agency that papers could not name: without id, name or
// region, with an unknown kind, or with a credit code that cannot be one. A
// credit code whose check character fails may be lawful and is let pass.
func (a Agency) Check() error {
	all := fault.New(fault.Invalid, "agencies.check", "部门信息有误，请按提示修改")
	need := func(ok bool, path, say string) {
		if !ok {
			all = all.At(path, "form", "%s", say)
		}
	}
	need(idForm.MatchString(a.ID), "id", "部门编号须为小写字母、数字和短横线，最长40位")
	need(a.Name != "" && len(a.Name) <= 200, "name", "请填写部门全称")
	need(a.Short != "" && len(a.Short) <= 60, "short", "请填写部门简称")
	need(slices.Contains(Kinds, a.Kind), "kind", "机构类型应为政府、部门、中心、镇街或村居")
	need(len(a.Region) == 12 && a.Level() != codes.NoLevel, "region", "请填写12位行政区划代码")
	need(a.Parent != a.ID, "parent", "上级部门不能是自己")
	if _, severity, err := codes.ParseUSCC(a.USCC); severity == codes.Wrong {
		need(false, "uscc", fault.Say(err))
	}
	if len(all.Fields) > 0 {
		return all
	}
	return nil
}

// Remedy is the sentence that every refusal owes to its reader: where and in
// how long they may complain (行政复议法第二十条: 六十日; 行政诉讼法第四十六条: 六个月).
func (a Agency) Remedy() string {
	return fmt.Sprintf("如不服本决定，可以自收到之日起六十日内向%s申请行政复议，或者六个月内依法向%s提起行政诉讼。", a.Review, a.Court)
}
