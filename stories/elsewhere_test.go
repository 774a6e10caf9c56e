package stories

import (
	"fmt"

	"tongban/internal/app"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
)

// elsewhereSteps are the sentences about matters of other places.
var elsewhereSteps = []step{
	sentence(`(\S+) 代收 (\S+) (\S+)(?: 缺 (\S+))?`, takeElsewhere),
	sentence(`(\S+) 代收 (\S+) (\S+) 与 (\S+) 一起`, func(s *teller, w []string) error {
		return takeWith(s, []string{w[0], w[1], w[2], ""}, s.tickets[w[3]])
	}),
	sentence(`＝ ?代收件 (\S+) 和 (\S+) 多地联办`, func(s *teller, w []string) error {
		a, err := s.Elsewhere.Store.Parcel(s.t.Context(), s.tickets[w[0]])
		if err != nil {
			return err
		}
		b, err := s.Elsewhere.Store.Parcel(s.t.Context(), s.tickets[w[1]])
		s.expected(fmt.Sprint(a.Mode.Han(), b.Mode.Han(), a.Bundle != "" && a.Bundle == b.Bundle), "多地联办多地联办true")
		return err
	}),
	sentence(`(\S+) 转送 (\S+)`, func(s *teller, w []string) error {
		p, err := s.Elsewhere.Forward(s.t.Context(), s.tickets[w[1]], s.person(w[0]))
		if err == nil {
			s.cases[w[1]] = p.Status.Case
		}
		return err
	}),
	sentence(`(\S+) 代收补正 (\S+) (\S+)`, func(s *teller, w []string) error {
		p, err := s.Elsewhere.Store.Parcel(s.t.Context(), s.tickets[w[1]])
		if err != nil || p.Status.Notice == nil {
			return err
		}
		_, err = s.Elsewhere.Answer(s.t.Context(), p.ID, cases.Correction{Handed: []cases.Handed{{Material: p.Status.Notice.Items[0].Material, Paper: true}}}, s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 代收更正 (\S+) (\S+)`, func(s *teller, w []string) error {
		p, err := s.Elsewhere.Store.Parcel(s.t.Context(), s.tickets[w[1]])
		if err != nil {
			return err
		}
		e, err := s.Items.Edition(s.t.Context(), p.Item, p.Edition)
		if err != nil {
			return err
		}
		_, err = s.Elsewhere.Answer(s.t.Context(), p.ID, corrected(e, w[2]), s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 在收件地发放 (\S+) 给 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Elsewhere.Issue(s.t.Context(), s.tickets[w[1]], cases.Delivered{Way: "window", Receiver: w[2]}, s.person(w[0]))
		return err
	}),
	sentence(`＝ ?代收件 (\S+) (\S+?)，由 (\S+) 负责(?:，最迟 (\S+))?(，已超期)?`, parcelStands),
}

// takeElsewhere has a window take an item in for the place that it belongs to.
func takeElsewhere(s *teller, w []string) error { return takeWith(s, w, "") }

func takeWith(s *teller, w []string, with string) error {
	ctx := s.t.Context()
	found, err := s.Items.Search(ctx, w[2], items.Filter{}, 0)
	if err != nil || len(found.Hits) == 0 {
		s.t.Fatalf("%s\nno item is called %s (%v)", s.line, w[2], err)
	}
	today := calendar.DayOf(s.now)
	e, err := s.Items.Open(ctx, found.Hits[0].ID, today)
	if err != nil {
		return err
	}
	var without []string
	if w[3] != "" {
		without = []string{w[3]}
	}
	a := app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, nil, without, today)
	a.Delivery = cases.Delivery{Way: "window"}
	p, err := s.Elsewhere.Take(ctx, elsewhere.Taking{Application: a, With: with}, s.person(w[0]))
	if err == nil {
		s.tickets[w[1]] = p.ID
	}
	return err
}

func parcelStands(s *teller, w []string) error {
	p, err := s.Elsewhere.Parcel(s.t.Context(), s.tickets[w[0]], identity.TheSystem)
	if err != nil {
		return err
	}
	a, until := p.Answers(), ""
	if a.Until != 0 {
		until = a.Until.String()
	}
	late := ""
	if p.Late(calendar.DayOf(s.now)) {
		late = "，已超期"
	}
	if got := fmt.Sprint(p.State.Han(), a.Place.Name, until, late); got != fmt.Sprint(w[1], w[2], w[3], w[4]) {
		s.t.Errorf("%s\nit is %s, %s answers until %q%s", s.line, p.State.Han(), a.Place.Name, until, late)
	}
	return nil
}
