package projects

import (
	"context"
	"slices"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A Handover is that a project went from one steward to another (更换项目管家),
// until both have said that they know.
type Handover struct {
	From  Person    `json:"from"`
	To    Person    `json:"to"`
	By    Person    `json:"by"`
	Why   string    `json:"why"`
	At    time.Time `json:"at"`
	Heard []string  `json:"heard,omitempty"` // accounts who said that they know
}

// Untold are the accounts who have yet to say that they know of it.
func (h Handover) Untold() []string {
	return slices.DeleteFunc([]string{h.From.Account, h.To.Account}, func(account string) bool {
		return account == "" || slices.Contains(h.Heard, account)
	})
}

// TakeOn makes somebody the steward: a supervisor names anyone who serves the
// place, and one who serves it may take a project that has none (项目管家). Taking
// it from somebody needs a reason, which both are told.
func (p *Project) TakeOn(who identity.Actor, why string, by identity.Actor, at time.Time) (Moved, error) {
	switch {
	case !p.serves(who):
		return Moved{}, fault.New(fault.Invalid, "projects.steward.post", "项目管家由本地窗口或者监督岗位的人担任，请另选一位").At("to", "post", "请选择本地窗口或者监督岗位的人")
	case p.supervises(by), who.Account == by.Account && p.Steward.Account == "":
	default:
		return Moved{}, fault.New(fault.Forbidden, "projects.steward.authority", "已经有项目管家%s，换人由监督岗位决定", p.Steward.Name)
	}
	m := p.moved(Steward, person(by, ""), at, who.Name)
	m.Steward = &Person{Account: who.Account, Name: who.Name}
	if p.Steward.Account == "" {
		return m, nil
	}
	why, err := text(why, "reason", "请写明为什么换人，原来的和新的项目管家都会看到")
	if err != nil {
		return Moved{}, err
	}
	m.Say = p.Steward.Name + "换为" + who.Name + "：" + why
	m.Handover = &Handover{From: p.Steward, To: *m.Steward, By: m.By, Why: why, At: at}
	return m, nil
}

// Hear takes down that the steward of before, or the new one, knows of the handover.
func (p *Project) Hear(by identity.Actor, at time.Time) (Moved, error) {
	if !slices.Contains(p.Handover.Untold(), by.Account) {
		return Moved{}, fault.New(fault.Conflict, "projects.hear.none", "没有要您知晓的项目管家更换")
	}
	m := p.moved(Hear, person(by, ""), at, "")
	h := p.Handover
	h.Heard = append(slices.Clone(h.Heard), by.Account)
	m.Handover = &h
	return m, nil
}

// TakeOn makes who the steward of a project, for a reason when it has one.
func (s *Service) TakeOn(ctx context.Context, id ID, who identity.Actor, why string, by identity.Actor) (*Project, error) {
	return s.change(ctx, id, by, func(p *Project) (Moved, error) {
		if p.Steward.Account == who.Account && who.Account != "" {
			return Moved{}, nil
		}
		return p.TakeOn(who, why, by, s.now())
	})
}

// Hear takes down that the actor knows of the handover; said twice, it does
// nothing the second time.
func (s *Service) Hear(ctx context.Context, id ID, by identity.Actor) (*Project, error) {
	return s.change(ctx, id, by, func(p *Project) (Moved, error) {
		if slices.Contains(p.Handover.Heard, by.Account) {
			return Moved{}, nil
		}
		return p.Hear(by, s.now())
	})
}

// Told are the projects that were given to the actor, or taken from them, until
// they have said that they know.
func (s *Service) Told(ctx context.Context, by identity.Actor) ([]*Project, error) {
	if by.Account == "" {
		return nil, nil
	}
	all, err := s.Store.List(ctx, Filter{Told: by.Account, Limit: 50})
	return slices.DeleteFunc(all, func(p *Project) bool { return !p.Sees(by) }), err
}
