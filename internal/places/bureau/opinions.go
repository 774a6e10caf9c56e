package bureau

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// opinions are the turns of the procedure, the open ones first.
func (p casePage) opinions() []frame.Opinion {
	var open, done []frame.Opinion
	for _, t := range p.Turns {
		o := p.opinion(t)
		if t.Open() {
			open = append(open, o)
		} else {
			done = append(done, o)
		}
	}
	slices.Reverse(done)
	return slices.Concat(p.tallies(), open, done)
}

// tallies are how the countersigns stand, and what they came to.
func (p casePage) tallies() []frame.Opinion {
	var all []frame.Opinion
	for _, t := range p.Tallies {
		o := frame.Opinion{Agency: t.Name, Person: "会签情况", Tone: frame.Blue, Verdict: "会签中"}
		switch {
		case t.Over && t.Passed:
			o.Tone, o.Verdict = frame.Green, "会签通过"
		case t.Over:
			o.Tone, o.Verdict = frame.Red, "会签没有通过"
		default:
			o.Text = fmt.Sprintf("%d个部门会签，%d个同意即通过；现在同意%d，不同意%d", t.Of, t.Need, t.Agreed, t.Against)
		}
		all = append(all, o)
	}
	return all
}

// opinion is a turn: who has it or had it, what they said, and what it waits for.
func (p casePage) opinion(t cases.Turn) frame.Opinion {
	o := p.said(t)
	if t.Open() {
		p.waits(t, &o)
		return o
	}
	switch {
	case t.Back != "":
		o.Verdict, o.Tone, o.Text, o.When = "已退回", frame.Amber, p.backTo(t)+t.Back, moment(t.Closed)
	case len(t.Said) == 0:
		o.Verdict, o.Tone, o.When = "已收回", frame.Plain, moment(t.Closed)
	case len(t.Said) > 1:
		o.Person = p.agency.Name(t.Work.Agency) + " " + t.Said[0].By.Name + "、" + t.Said[len(t.Said)-1].By.Name
	}
	return o
}

// said is who has a turn, and what was signed in it.
func (p casePage) said(t cases.Turn) frame.Opinion {
	o := frame.Opinion{Agency: t.Work.Name, Person: p.agency.Name(t.Work.Agency) + " " + t.Work.Post, Tone: frame.Plain, Verdict: "待签收"}
	if t.Holder.Name != "" {
		o.Person, o.Verdict, o.Tone = p.agency.Name(t.Holder.Agency)+" "+t.Holder.Name, "办理中", frame.Blue
	}
	for _, s := range t.Said {
		o.Verdict, o.Tone, o.When = s.Opinion, opinionTone(s.Opinion), moment(s.At)
		if s.Reason != "" {
			o.Text += s.By.Name + "：" + s.Reason + " "
		}
	}
	return o
}

// waits adds for whom an open turn waits, and how long it may take.
func (p casePage) waits(t cases.Turn, o *frame.Opinion) {
	if len(t.Said) > 0 {
		if o.Verdict, o.Tone = "待第二人签署", frame.Amber; !t.Work.Short() {
			o.Verdict = "等加签人签署"
		}
	}
	for _, s := range slices.Backward(t.Said) {
		o.Text = s.By.Name + "已签署“" + s.Opinion + "”。" + o.Text
	}
	if names := p.unsigned(t.Work); len(names) > 0 {
		o.Text = strings.TrimSpace(o.Text + "等" + strings.Join(names, "、") + "加签")
	}
	if t.Clock.Started != 0 {
		o.Left = t.Clock.Say(p.now, p.days)
	}
	if t.Clock.Late(p.now, p.days) {
		o.Tone, o.Verdict = frame.Red, o.Verdict+"，超期"
	}
}

// backTo says to which step a turn was sent back.
func (p casePage) backTo(t cases.Turn) string {
	n, known := p.Edition.Procedure.Node(t.BackTo)
	if !known {
		return ""
	}
	return "退回到“" + n.Name + "”："
}

// unsigned are the names of those who were asked to sign and have not.
func (p casePage) unsigned(w flow.Work) (names []string) {
	for _, signer := range w.Signers {
		if cases.Asked(w, identity.Actor{Account: signer}) {
			names = append(names, p.asked(cases.Awaited{Work: w, Signer: signer}))
		}
	}
	return names
}
