package stories

import (
	"slices"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
	"tongban/internal/register/credit"
)

// wordSteps are the sentences about what people give their word for: 告知承诺,
// 容缺 and the credit that follows.
var wordSteps = []step{
	sentence(`(\S+) 以(许可|证明)承诺 申请 (\S+) (\S+?)(?: 承诺 (\S+))?(?: 缺 (\S+))?(?: 情形 (.+))?`, applyOnWord),
	sentence(`(\S+) 承诺 (\S+) (\S+) 签名 (\S+)`, pledgeProofs),
	sentence(`(\S+) 不自愿承诺 (\S+) (\S+)`, pledgeUnwilling),
	sentence(`(\S+) 核对 (\S+) (\S+) 为(齐全|缺失|不符合要求|免提交|容缺|承诺代替)`, judgeOne),
	sentence(`(\S+) 当场决定 (\S+)`, settle),
	sentence(`(\S+) 核查承诺 (\S+) (符合|整改|不实|明知不实) 因为 (\S+?)(?: 依据 (\S+))?`, checkPledge),
	sentence(`(\S+) 延期补交 (\S+) (\S+) 到 (\S+) 因为 (\S+)`, postpone),
	sentence(`(\S+) 对信用记录(提出异议|申请修复) 因为 (\S+)`, plead),
	sentence(`(\S+) (同意|不同意)(\S+)的信用申请 因为 (\S+)`, answerPlea),
	sentence(`＝ ?(\S+) 信用 (\S+)级(?:，(\d+)条记录)?`, graded),
	sentence(`＝ ?(\S+) 待核查 于 (\S+) 前`, checkDue),
	sentence(`＝ ?(\S+) 已核查`, checked),
	sentence(`＝ ?(\S+) 被提醒(\d+)次`, reminded),
}

// applyOnWord files with a pledge: for the whole licence, or for some proofs.
func applyOnWord(s *teller, w []string) error {
	ctx, by := s.t.Context(), s.person(w[0])
	found, err := s.Items.Search(ctx, w[3], items.Filter{}, 0)
	if err != nil || len(found.Hits) == 0 {
		s.t.Fatalf("%s\nno item is called %s (%v)", s.line, w[3], err)
	}
	e, err := s.Items.Open(ctx, found.Hits[0].ID, calendar.DayOf(s.now))
	if err != nil {
		return err
	}
	word := cases.Word{Licence: w[1] == "许可", Signed: casestest.SignedBy(by.Name)}
	without := split(w[5])
	for _, name := range split(w[4]) {
		m, _ := e.Material(name)
		without = append(without, name)
		if !word.Licence {
			word.Materials = append(word.Materials, m.ID)
		}
	}
	a := s.application(e, by, without, w[6])
	a.Word = word
	c, err := s.Cases.Submit(ctx, a, by)
	if err == nil {
		s.cases[w[2]] = c.ID
	}
	return err
}

func pledgeProofs(s *teller, w []string) error {
	return s.pledge(w[0], w[1], w[2], casestest.SignedBy(w[3]))
}

func pledgeUnwilling(s *teller, w []string) error {
	return s.pledge(w[0], w[1], w[2], cases.Signature{})
}

func (s *teller) pledge(who, name, list string, signed cases.Signature) error {
	word := cases.Word{Signed: signed}
	for _, m := range split(list) {
		word.Materials = append(word.Materials, s.material(name, m))
	}
	_, err := s.Cases.Pledge(s.t.Context(), s.id(name), word, s.person(who))
	return err
}

func judgeOne(s *teller, w []string) error {
	finding := map[string]cases.Finding{"齐全": cases.Complete, "缺失": cases.Missing, "不符合要求": cases.Defective, "免提交": cases.Exempt, "容缺": cases.Promised, "承诺代替": cases.OnWord}[w[3]]
	_, err := s.Cases.Judge(s.t.Context(), s.id(w[1]), []cases.Verdict{{Material: s.material(w[1], w[2]), Finding: finding}}, s.person(w[0]))
	return err
}

func settle(s *teller, w []string) error {
	_, err := s.Cases.Settle(s.t.Context(), s.id(w[1]), s.person(w[0]))
	return err
}

func checkPledge(s *teller, w []string) error {
	result := map[string]cases.CheckResult{"符合": cases.PledgeTrue, "整改": cases.PledgeUnmet, "不实": cases.PledgeBroken, "明知不实": cases.PledgeBroken}[w[2]]
	photo := cases.File{Hash: strings.Repeat("a", 64), Name: "现场照片.jpg", Type: "jpeg", Size: 1024}
	_, err := s.Cases.CheckPledge(s.t.Context(), s.id(w[1]), cases.Found{Result: result, Reason: w[3], Basis: w[4], Fraud: w[2] == "明知不实", Evidence: []cases.File{photo}}, s.person(w[0]))
	return err
}

func postpone(s *teller, w []string) error {
	p := cases.Postponement{Material: s.material(w[1], w[2]), By: calendar.Parse(w[3]), Reason: w[4]}
	_, err := s.Cases.Postpone(s.t.Context(), s.id(w[1]), p, s.person(w[0]))
	return err
}

// record is the latest record about somebody.
func (s *teller) record(name string) credit.Record {
	own, err := s.Credit.Own(s.t.Context(), s.person(name))
	if err != nil || len(own.Records) == 0 {
		s.t.Fatalf("%s\nnothing is on record: %v", s.line, err)
	}
	return own.Records[0]
}

func plead(s *teller, w []string) error {
	kind := map[string]credit.PleaKind{"提出异议": credit.Objection, "申请修复": credit.Repairs}[w[1]]
	_, err := s.Credit.Plead(s.t.Context(), s.record(w[0]).ID, kind, w[2], s.person(w[0]))
	return err
}

func answerPlea(s *teller, w []string) error {
	_, err := s.Credit.Answer(s.t.Context(), s.record(w[2]).ID, w[1] == "同意", w[3], s.person(w[0]))
	return err
}

func graded(s *teller, w []string) error {
	own, err := s.Credit.Own(s.t.Context(), s.person(w[0]))
	if err != nil {
		return err
	}
	s.expected(string(own.Grade), w[1])
	if w[2] != "" && w[2] != itoa(len(own.Records)) {
		s.t.Fatalf("%s\nbut there are %d", s.line, len(own.Records))
	}
	return nil
}

func checkDue(s *teller, w []string) error {
	c := s.find(w[0])
	if !c.Checking() {
		s.t.Fatalf("%s\nbut nothing is to be checked", s.line)
	}
	s.expected(c.Check.Due(s.Calendar).Day.String(), w[1])
	list, err := s.Cases.Owed(s.t.Context(), cases.OwedFilter{Agency: c.Agency, Checks: true}, s.holderIn(c.Agency))
	if err != nil || len(list) != 1 || list[0].Due.String() != w[1] {
		s.t.Fatalf("%s\nbut the bureau's list is %+v, %v", s.line, list, err)
	}
	return nil
}

func checked(s *teller, w []string) error {
	c := s.find(w[0])
	if c.Check == nil || !c.Check.Done {
		s.t.Fatalf("%s\nbut it is not: %+v", s.line, c.Check)
	}
	list, err := s.Cases.Owed(s.t.Context(), cases.OwedFilter{Agency: c.Agency, Checks: true}, s.holderIn(c.Agency))
	list = slices.DeleteFunc(list, func(o cases.Owed) bool { return o.Debt == cases.OwedLater })
	if err != nil || len(list) != 0 {
		s.t.Fatalf("%s\nbut the bureau's list is %+v, %v", s.line, list, err)
	}
	return nil
}

// holderIn is somebody who reviews in an agency.
func (s *teller) holderIn(agency string) identity.Actor {
	return s.holder(flow.Work{Agency: agency, Role: identity.Reviewer})
}

func itoa(n int) string { return strconv.Itoa(n) }

func reminded(s *teller, w []string) error {
	s.expected(itoa(s.find(w[0]).Promises[0].Reminded), w[1])
	return nil
}
