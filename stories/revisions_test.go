package stories

import (
	"cmp"
	"strconv"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/engine/clock"
)

// revisionSteps are the sentences about changing an item.
var revisionSteps = append([]step{
	sentence(`(\S+) 调整 (\S+) (\S+) 因为 (法规变化|下放承接|优化服务)( 二报二审)?`, openRevision),
	sentence(`(\S+) 改写 (\S+) 承诺时限 (\S+)`, rewritePromise),
	sentence(`(\S+) 改写 (\S+) 时限 法定(\S+) 承诺(\S+)`, rewriteLimits),
	sentence(`(\S+) 改写 (\S+) 增加材料 (\S+) 依据 《(\S+)》(\S+)`, rewriteMaterials),
	sentence(`(\S+) 改写 (\S+) 白话版 (\S+)`, rewritePlain),
	sentence(`(\S+) 报送 (\S+)(?: 文号 (\S+))?`, report),
	sentence(`(\S+) 审核通过 (\S+)`, approveRevision),
	sentence(`(\S+) 退回调整 (\S+) 因为 (\S+)`, returnRevision),
	sentence(`(\S+) 上级确认 (\S+)(?: 文号 (\S+))?`, confirmRevision),
	sentence(`(\S+) 对公示 (\S+) 提意见 (\S+)`, commentRevision),
	sentence(`(\S+) 答复公示 (\S+) (\S+)`, answerRevision),
	sentence(`(\S+) 发布 (\S+)`, publishRevision),
	sentence(`(\S+) 撤回调整 (\S+) 因为 (\S+)`, withdrawRevision),
	sentence(`公示期满自动发布`, func(s *teller, _ []string) error { return s.Revisions.Ripen(s.t.Context()) }),
	sentence(`到生效日自动对照在办件`, func(s *teller, _ []string) error { return s.WeighCases(s.t.Context()) }),
	sentence(`(\S+) 对照在办件 (\S+)`, weighCases),
	sentence(`(\S+) 认领 (\S+) (\S+) 由 (\S+)`, claimItem),
	sentence(`(\S+) 新设 (\S+) (\S+) 类型 (\S+) 由 (\S+) 业务指导部门 (\d\d)`, foundItem),
	sentence(`(\S+) 填好 (\S+) 的本级要素`, fillOwn),
	sentence(`(\S+) 改写 (\S+) 名称 (\S+)`, rewriteName),
	sentence(`＝ 调整 (\S+) 编码 (\S+)`, revisionCode),
	sentence(`＝ 调整 (\S+) 名称 (\S+)`, revisionName),
	sentence(`＝ 调整 (\S+) 超出上级：(\S+)`, beside(items.Error)),
	sentence(`＝ 调整 (\S+) 待确认：(\S+)`, beside(items.Warning)),
	sentence(`＝ 调整 (\S+) (\S+)`, revisionStands),
	sentence(`＝ (\S+) 按第(\d+)版办理`, onEdition),
	sentence(`＝ 在用的 (\S+) 是第(\d+)版，承诺(\S+)`, inForce),
}, handoverSteps...)

func (s *teller) revision(name string) *revisions.Revision {
	r, err := s.Revisions.Store.Revision(s.t.Context(), s.revisions[name])
	if err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
	return r
}

func (s *teller) item(name string) items.Entry {
	found, err := s.Items.Search(s.t.Context(), name, items.Filter{}, 0)
	if err != nil || len(found.Hits) == 0 {
		s.t.Fatalf("%s\nno item is called %s (%v)", s.line, name, err)
	}
	return found.Hits[0]
}

func openRevision(s *teller, w []string) error {
	start := revisions.Start{Item: s.item(w[2]).ID, Reason: revisions.Reason(w[3]), Why: "按程序调整", Twice: w[4] != ""}
	r, err := s.Revisions.Open(s.t.Context(), start, s.person(w[0]))
	if err == nil {
		s.revisions[w[1]] = r.ID
	}
	return err
}

func (s *teller) rewrite(who, name string, edit func(*items.Edition) error) error {
	r := s.revision(name)
	_, err := s.Revisions.Save(s.t.Context(), r.ID, r.Version(), edit, s.person(who))
	return err
}

func rewritePromise(s *teller, w []string) error {
	return s.rewrite(w[0], w[1], func(e *items.Edition) (err error) {
		e.Promised, err = clock.ParseLimit(w[2])
		return err
	})
}

func rewriteLimits(s *teller, w []string) error {
	return s.rewrite(w[0], w[1], func(e *items.Edition) (err error) {
		if e.Statutory, err = clock.ParseLimit(w[2]); err == nil {
			e.Promised, err = clock.ParseLimit(w[3])
		}
		return err
	})
}

func rewriteMaterials(s *teller, w []string) error {
	return s.rewrite(w[0], w[1], func(e *items.Edition) error {
		e.Materials = append(e.Materials, items.Material{
			ID: "story", Name: w[2], Necessity: items.Must, Kind: items.Original, Form: items.PaperOrElectronic, Copies: 1,
			Channel: items.ByApplicant, Basis: []items.Basis{{Law: w[3], Article: w[4]}}, Proves: []string{e.Conditions[0].ID},
		})
		return nil
	})
}

func rewritePlain(s *teller, w []string) error {
	return s.rewrite(w[0], w[1], func(e *items.Edition) error { e.Plain = w[2]; return nil })
}

func report(s *teller, w []string) error {
	r := s.revision(w[1])
	_, err := s.Revisions.Submit(s.t.Context(), r.ID, r.Version(), w[2], s.person(w[0]))
	return err
}

func approveRevision(s *teller, w []string) error {
	r := s.revision(w[1])
	_, err := s.Revisions.Approve(s.t.Context(), r.ID, r.Version(), "同意", "", s.person(w[0]))
	return err
}

func returnRevision(s *teller, w []string) error {
	r := s.revision(w[1])
	_, err := s.Revisions.Return(s.t.Context(), r.ID, r.Version(), w[2], s.person(w[0]))
	return err
}

func confirmRevision(s *teller, w []string) error {
	r := s.revision(w[1])
	_, err := s.Revisions.Confirm(s.t.Context(), r.ID, r.Version(), "同意", w[2], s.person(w[0]))
	return err
}

func commentRevision(s *teller, w []string) error {
	_, err := s.Revisions.Comment(s.t.Context(), s.revisions[w[1]], w[2], s.person(w[0]))
	return err
}

func answerRevision(s *teller, w []string) error {
	r := s.revision(w[1])
	_, err := s.Revisions.Answer(s.t.Context(), r.ID, len(r.Comments)-1, w[2], false, s.person(w[0]))
	return err
}

func publishRevision(s *teller, w []string) error {
	_, err := s.Revisions.Publish(s.t.Context(), s.revisions[w[1]], s.person(w[0]))
	return err
}

func withdrawRevision(s *teller, w []string) error {
	r := s.revision(w[1])
	_, err := s.Revisions.Withdraw(s.t.Context(), r.ID, r.Version(), w[2], s.person(w[0]))
	return err
}

func weighCases(s *teller, w []string) error {
	_, err := s.Cases.WeighAll(s.t.Context(), s.item(w[1]).ID, s.person(w[0]))
	return err
}

func revisionStands(s *teller, w []string) error {
	s.expected(s.revision(w[0]).State.Han(), w[1])
	return nil
}

func onEdition(s *teller, w []string) error {
	s.expected(strconv.Itoa(s.find(w[0]).Edition), w[1])
	return nil
}

func inForce(s *teller, w []string) error {
	e, err := s.Items.Current(s.t.Context(), s.item(w[0]).ID)
	if err != nil {
		return err
	}
	s.expected(strconv.Itoa(e.Number), w[1])
	s.expected(e.Promised.String(), w[2])
	return nil
}

func claimItem(s *teller, w []string) error {
	a, err := s.Agencies.Find(s.t.Context(), w[3])
	if err != nil {
		return err
	}
	c := revisions.Claim{Start: revisions.Start{Item: s.item(w[2]).ID, Reason: revisions.Delegated, Why: "承接上级事项"}, Agency: a}
	r, err := s.Revisions.Claim(s.t.Context(), c, s.person(w[0]))
	if err == nil {
		s.revisions[w[1]] = r.ID
	}
	return err
}

func foundItem(s *teller, w []string) error {
	a, err := s.Agencies.Find(s.t.Context(), w[4])
	if err != nil {
		return err
	}
	f := revisions.Founding{Start: revisions.Start{Reason: revisions.LawChanged, Why: "新规设立"}, Name: w[2], Type: items.Type(w[3]), Agency: a, Department: w[5]}
	r, err := s.Revisions.Found(s.t.Context(), f, s.person(w[0]))
	if err == nil {
		s.revisions[w[1]] = r.ID
	}
	return err
}

// fillOwn fills in what a lower level must say for itself.
func fillOwn(s *teller, w []string) error {
	return s.rewrite(w[0], w[1], func(e *items.Edition) error {
		e.Complaint = "0516-00000088"
		for i := range e.Places {
			e.Places[i].Hours = "工作日 9:00–17:00"
		}
		return nil
	})
}

func rewriteName(s *teller, w []string) error {
	return s.rewrite(w[0], w[1], func(e *items.Edition) error { e.Name = w[2]; return nil })
}

func revisionCode(s *teller, w []string) error {
	c := s.revision(w[0]).Text.Codes
	s.expected(cmp.Or(c.Handling, c.Implementation), w[1])
	return nil
}

func revisionName(s *teller, w []string) error {
	s.expected(s.revision(w[0]).Text.Name, w[1])
	return nil
}

// beside is what is said of a draft held beside its superior's record: that it goes
// beyond, or that a person has to weigh it.
func beside(severity items.Severity) func(*teller, []string) error {
	return func(s *teller, w []string) error {
		text := s.revision(w[0]).Text
		superior, err := s.Revisions.Superior(s.t.Context(), text)
		if err != nil {
			return err
		}
		said := ""
		for _, f := range text.Exceeds(superior) {
			if f.Severity == severity {
				said += f.Say
			}
		}
		s.expected(said, w[1])
		return nil
	}
}
