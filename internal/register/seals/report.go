package seals

import (
	"fmt"
	"strings"
)

// An Outcome is what a step of a verification came to.
type Outcome string

// The outcomes of a step. Unchecked is not a failure: what it would need is
// not at hand, and the report says what that is.
const (
	Passed    Outcome = "通过"
	Failed    Outcome = "不通过"
	Unchecked Outcome = "未核验"
)

// A Step is one thing that a verification looked at.
type Step struct {
	Name    string
	Outcome Outcome
	Say     string
	Trust   bool // asks who signed and when, not whether the content is as it was signed
}

// OK reports whether the step passed.
func (s Step) OK() bool { return s.Outcome == Passed }

// A Detail is one thing that the verified document says of itself.
type Detail struct{ Label, Text string }

// A Report tells each step of a verification apart (GB/T 39046 asks for at
// least seal version, signer, signing time, type, name and dates).
type Report struct {
	Title   string
	Details []Detail
	Steps   []Step
	Signed  bool // there was a signature to look at
}

// A Verdict sums a report up.
type Verdict string

// The verdicts, from best to worst.
const (
	Genuine   Verdict = "genuine"   // every step passed
	Untrusted Verdict = "untrusted" // unaltered, but not by a signer whom the root vouches for
	Unsigned  Verdict = "unsigned"  // nothing to verify
	Forged    Verdict = "forged"    // altered, or no such signature
)

// Verdict is the worst that any step came to. A step left unchecked keeps a
// report from being Genuine.
func (r Report) Verdict() Verdict {
	verdict := Genuine
	if !r.Signed {
		verdict = Unsigned
	}
	for _, s := range r.Steps {
		switch {
		case s.Outcome == Failed && !s.Trust:
			return Forged
		case s.Outcome != Passed && verdict == Genuine:
			verdict = Untrusted
		}
	}
	return verdict
}

// Genuine reports whether every step passed.
func (r Report) Genuine() bool { return r.Verdict() == Genuine }

// Say is the verdict as people read it, with the first step that stood in the way.
func (r Report) Say() string {
	switch r.Verdict() {
	case Genuine:
		return "核验通过：文件真实、完整，由所示机关签章"
	case Unsigned:
		return "文件没有电子签章或签名，无法核验其来源，请向出具机关索取带电子印章的文件"
	case Untrusted:
		return "内容未发现改动，但有事项不能确认：" + r.first(func(s Step) bool { return !s.OK() })
	}
	return "核验不通过，请勿采信：" + r.first(func(s Step) bool { return s.Outcome == Failed && !s.Trust })
}

// Text is the whole report in lines, for a terminal.
func (r Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", r.Title, r.Say())
	for _, s := range r.Steps {
		fmt.Fprintf(&b, "[%s] %s：%s\n", s.Outcome, s.Name, s.Say)
	}
	for _, d := range r.Details {
		fmt.Fprintf(&b, "%s：%s\n", d.Label, d.Text)
	}
	return strings.TrimLeft(b.String(), "\n")
}

func (r Report) first(is func(Step) bool) string {
	for _, s := range r.Steps {
		if is(s) {
			return s.Name + "，" + s.Say
		}
	}
	return ""
}

// Pass adds a step, as Fail and Leave do; Doubt adds a failed step of trust.
func (r *Report) Pass(name, say string) { r.add(name, Passed, say, false) }

// Fail adds a step that shows the content is not as it was signed.
func (r *Report) Fail(name, say string) { r.add(name, Failed, say, false) }

// Doubt adds a failed step about who signed and when.
func (r *Report) Doubt(name, say string) { r.add(name, Failed, say, true) }

// Leave adds a step that could not be looked at.
func (r *Report) Leave(name, say string) { r.add(name, Unchecked, say, true) }

// Tell adds a detail, unless there is nothing to tell.
func (r *Report) Tell(label, text string) {
	if text = strings.TrimSpace(text); text != "" {
		r.Details = append(r.Details, Detail{label, text})
	}
}

func (r *Report) add(name string, o Outcome, say string, trust bool) {
	r.Steps = append(r.Steps, Step{name, o, say, trust})
}
