package items

import (
	"fmt"
	"slices"

	"tongban/internal/ground/fault"
)

// A Severity says whether a finding stands in the way of publication.
type Severity string

// The severities of a finding.
const (
	Error   Severity = "error"   // 不得发布
	Warning Severity = "warning" // 须经人工确认
)

// Blocks reports whether what has a finding of s may not be published.
func (s Severity) Blocks() bool { return s == Error }

// Han is the severity in Chinese.
func (s Severity) Han() string {
	if s.Blocks() {
		return "错误"
	}
	return "提示"
}

// A Finding is one fault of an edition, at the field where it stands (体检发现).
type Finding struct {
	Rule     string   `json:"rule"` // stable: "items.material.basis"
	Severity Severity `json:"severity"`
	Path     string   `json:"path"`          // "materials[2].basis"
	Say      string   `json:"say"`           // what is wrong and what to do
	Run      []string `json:"run,omitempty"` // steps that lead to a fault of the procedure
}

// Weighed counts findings by what they ask: to be mended, or to be looked at.
func Weighed(found []Finding) (errors, warnings int) {
	for _, f := range found {
		if f.Severity.Blocks() {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}

// A Rule is one thing an edition must keep to be published.
type Rule struct {
	ID       string
	Severity Severity
	Title    string // what must be so
	Because  string // who says so
	find     func(*Edition, report)
}

// report states one fault found by a rule.
type report func(path, say string, args ...any)

// Rules are the rules of the check before publication (体检), in the order of
// the fields they look at. The form and the procedure are checked by their own
// rooms besides, whose findings keep their names: forms.…, flow.….
func Rules() []Rule {
	return slices.Concat(elementRules, codeRules, limitRules, jointRules, quantityRules, technicalRules, firstReviewRules, conditionRules, materialRules, situationRules, procedureRules, automaticRules, pledgeRules, deliveryRules, extraRules, doubtRules, mixupRules, citationRules)
}

// Check looks an edition over before it is published (事项体检). Nothing that
// has a finding of severity Error may be published.
func (e *Edition) Check() []Finding {
	var found []Finding
	for _, r := range Rules() {
		if r.find == nil {
			continue // asks more than the edition; see Citations
		}
		r.find(e, func(path, say string, args ...any) {
			found = append(found, Finding{Rule: r.ID, Severity: r.Severity, Path: path, Say: fmt.Sprintf(say, args...)})
		})
	}
	return slices.Concat(found, e.formFindings(), e.flowFindings())
}

// Refusal is the fault that stops publication: every finding of severity
// Error, each at its field; nil when there is none.
func Refusal(findings []Finding) error {
	var refused *fault.Error
	for _, f := range findings {
		if !f.Severity.Blocks() {
			continue
		}
		if refused == nil {
			refused = fault.New(fault.Invalid, "items.check", "事项体检未通过，请按所列各处修改后再发布")
		}
		refused = refused.At(f.Path, f.Rule, "%s", f.Say)
	}
	if refused == nil {
		return nil
	}
	return refused
}
