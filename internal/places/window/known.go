package window

import (
	"net/http"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/places/frame"
)

// knownOf is what the register says of the applicant, by prefill source; as
// they are shown, so with numbers masked.
func (p *Window) knownOf(who parties.Party, agent string) map[string]string {
	if who.Kind == parties.Organisation {
		hands := agent // 经办人: who came, or else the head
		if hands == "" {
			hands = who.Head.Name
		}
		return map[string]string{"org.name": who.Name, "org.uscc": who.Document.Number, "org.legal": who.Head.Name, "org.address": who.Address,
			"org.type": who.Sort, "agent.name": hands, "person.name": hands, "person.mobile": who.Mobile}
	}
	known := map[string]string{"person.name": who.Name, "person.idnumber": who.Document.Number, "person.id": who.Document.Number,
		"person.mobile": who.Mobile, "person.address": who.Address, "agent.name": agent}
	return known
}

// unmask puts whole numbers in the place of masked ones that the clerk left as
// they were; that they were used is written down.
func (p *Window) unmask(r *http.Request, v filing, answers forms.Answers) error {
	if !p.masked(v, answers) {
		return nil
	}
	who, err := p.Parties.Unmask(r.Context(), v.Who.ID, "窗口收件代填申请表", frame.Actor(r))
	if err == nil {
		p.put(v, answers, who)
	}
	return err
}

// whole does the same while the page is only judged: nobody gets to see it.
func (p *Window) whole(r *http.Request, v filing, answers forms.Answers) error {
	if !p.masked(v, answers) {
		return nil
	}
	who, err := p.Parties.View(r.Context(), v.Who.ID, identity.TheSystem)
	if err == nil {
		p.put(v, answers, who)
	}
	return err
}

func (p *Window) masked(v filing, answers forms.Answers) bool {
	shown := p.knownOf(v.Who, v.Agent)
	for _, f := range v.Edition.Form.All() {
		if leftMasked(answers[f.ID], shown[f.Prefill]) {
			return true
		}
	}
	return false
}

func (p *Window) put(v filing, answers forms.Answers, who parties.Party) {
	shown, known := p.knownOf(v.Who, v.Agent), p.knownOf(who, v.Agent)
	for _, f := range v.Edition.Form.All() {
		if leftMasked(answers[f.ID], shown[f.Prefill]) {
			answers[f.ID] = known[f.Prefill]
		}
	}
}

func leftMasked(answer, shown string) bool { return answer == shown && strings.Contains(shown, "*") }
