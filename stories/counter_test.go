package stories

import (
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/signing"
)

// counterSteps are the sentences about what is done at a counter.
var counterSteps = []step{
	sentence(`(\S+) 配对签署屏`, pairScreen),
	sentence(`(\S+) 送签 (\S+) 容缺 (\S+) 于 (\S+) 前补交`, sendPromise),
	sentence(`屏前 (签署|不签|请修改)(?:：(\S+))?`, answerScreen),
	sentence(`(\S+) 凭签署屏受理 (\S+) 容缺 (\S+) 于 (\S+) 前补交`, acceptSigned),
	sentence(`(\S+) 退出登录`, func(s *teller, w []string) error {
		by := s.seated(w[0])
		delete(s.seats, w[0])
		return s.Identity.End(s.t.Context(), by.Session, by)
	}),
	sentence(`＝ ?签署屏 (.+)`, screenShows),
	sentence(`＝ ?(\S+) 的承诺 由 (\S+) 在 (.+) 签署`, promiseSigned),
}

// seated is somebody who has signed in at a window, with their session.
func (s *teller) seated(login string) identity.Actor {
	if by, ok := s.seats[login]; ok {
		return by
	}
	session, err := s.Identity.SignIn(s.t.Context(), login, "Tongban-2026", "", identity.Client{Channel: "window"}, "")
	if err != nil {
		s.t.Fatalf("%s\n%s cannot sign in: %v", s.line, login, err)
	}
	if s.seats == nil {
		s.seats = map[string]identity.Actor{}
	}
	s.seats[login] = session.Actor
	return session.Actor
}

func pairScreen(s *teller, w []string) error {
	screen, key, err := s.Signing.Begin(s.t.Context())
	if err != nil {
		return err
	}
	s.padKey = key
	_, err = s.Signing.Pair(s.t.Context(), screen.Code, s.seated(w[0]))
	return err
}

// promised is the letter of a promise, as it is read and as it is signed.
func (s *teller) promised(login, name, materials, by string) (cases.Intent, signing.Bundle, error) {
	var i cases.Intent
	for _, m := range split(materials) {
		i.Promises = append(i.Promises, cases.Promise{Material: s.material(name, m), By: calendar.Parse(by), OnPaper: true})
	}
	c := s.find(name)
	ahead, err := s.Cases.Foresee(s.t.Context(), c.ID, cases.Accept, i, s.seated(login))
	if err == nil {
		err = ahead.Why
	}
	b := signing.Bundle{Signer: c.Applicant.Name, For: c.Applicant.Name}
	for _, sheet := range ahead.Letters() {
		l := signing.Letter{Title: sheet.Title, Text: sheet.Text}
		for _, line := range sheet.List {
			l.List = append(l.List, signing.Line{Name: line.Name, Say: line.Say})
		}
		b.Letters = append(b.Letters, l)
	}
	return i, b, err
}

func sendPromise(s *teller, w []string) error {
	_, b, err := s.promised(w[0], w[1], w[2], w[3])
	if err != nil {
		return err
	}
	p, err := s.Signing.Send(s.t.Context(), b, s.seated(w[0]))
	s.paper = p.ID
	return err
}

func answerScreen(s *teller, w []string) error {
	ctx := s.t.Context()
	screen, err := s.Signing.Screen(ctx, s.padKey)
	if err != nil {
		return err
	}
	lies, err := s.Signing.On(ctx, screen, s.paper)
	if err != nil {
		return err
	}
	a := signing.Answer{State: map[string]signing.State{"签署": signing.Signed, "不签": signing.Refused, "请修改": signing.Change}[w[0]], Say: w[1], Read: true}
	if a.State == signing.Signed {
		a.Ink = ink.Signature{Name: lies.Bundle.Signer}
	}
	_, err = s.Signing.Answer(ctx, screen, s.paper, a)
	return err
}

func acceptSigned(s *teller, w []string) error {
	i, b, err := s.promised(w[0], w[1], w[2], w[3])
	if err != nil {
		return err
	}
	signed, err := s.Signing.Signature(s.t.Context(), s.paper, b, s.seated(w[0]))
	if err != nil {
		return err
	}
	for n := range i.Promises {
		i.Promises[n].Signed, i.Promises[n].OnPaper = &signed, false
	}
	_, err = s.Cases.Accept(s.t.Context(), s.id(w[1]), nil, i.Promises, s.seated(w[0]))
	return err
}

func screenShows(s *teller, w []string) error {
	screen, err := s.Signing.Screen(s.t.Context(), s.padKey)
	if err != nil {
		return err
	}
	p, lies, err := s.Signing.Showing(s.t.Context(), screen)
	got := "没有配对"
	switch {
	case lies:
		got = "显示 " + p.Bundle.Letters[0].Title
	case screen.Bound():
		got = "空着，归 " + screen.Place()
	}
	s.expected(got, w[0])
	return err
}

func promiseSigned(s *teller, w []string) error {
	for _, p := range s.find(w[0]).Promises {
		if p.Signed == nil {
			s.t.Fatalf("%s\n%s is not signed", s.line, p.Name)
		}
		s.expected(p.Signed.Name+" "+p.Signed.Where, w[1]+" "+w[2])
	}
	return nil
}
