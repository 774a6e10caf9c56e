package stories

import (
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
)

// hearingSteps are the sentences about hearings before a decision.
var hearingSteps = []step{
	sentence(`(\S+) 告知听证 (\S+) (\S+) 因为 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Cases.TellHearing(s.t.Context(), s.id(w[1]), cases.Hearing{About: w[2], Reason: w[3]}, s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 要求听证 (\S+)(?: 说 (\S+))?`, func(s *teller, w []string) error {
		_, err := s.Cases.AskHearing(s.t.Context(), s.id(w[1]), w[2], s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 记录听证 (\S+) 参加人 (\S+) 经过 (\S+?)( 未签字)?`, func(s *teller, w []string) error {
		n := cases.Minutes{Held: true, Text: w[3], Attended: split(w[2])}
		if w[4] == "" {
			n.Signed = []ink.Signature{{Name: n.Attended[0]}}
		}
		_, err := s.Cases.NoteHearing(s.t.Context(), s.id(w[1]), n, s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 记录听证没有举行 (\S+) 因为 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Cases.NoteHearing(s.t.Context(), s.id(w[1]), cases.Minutes{Text: w[2]}, s.person(w[0]))
		return err
	}),
	sentence(`各岗位 审查 (\S+) 并 (准予|不予)(?: 因为 (\S+) 依据 (\S+))? 听证意见 (\S+)`, func(s *teller, w []string) error {
		return s.through(w[0], cases.Ruling{Grant: w[1] == "准予", Reason: w[2], Basis: w[3], Heard: w[4]})
	}),
	sentence(`各岗位 审查 (\S+) 并 不予，认定提供虚假材料，因为 (\S+) 依据 (\S+)`, func(s *teller, w []string) error {
		return s.through(w[0], cases.Ruling{Reason: w[1], Basis: w[2], False: true})
	}),
}
