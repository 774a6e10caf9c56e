package flow_test

import (
	"slices"
	"testing"

	"tongban/internal/engine/flow"
)

// joint is a review in three branches, one of two steps, between an acceptance
// and a decision.
func joint() flow.Definition {
	return draw(func(s *sketch) part {
		return s.seq(s.task("受理"), s.block(flow.Parallel,
			s.seq(s.task("勘验"), s.task("勘验结论")), s.task("消防"), s.task("环保")), s.task("决定"))
	})
}

func TestOneBranchGoesBackAndTheOthersKeepTheirWork(t *testing.T) {
	s := play(t, joint(), nil)
	s.done("受理", "张")
	s.done("消防", "消")
	s.done("勘验", "勘")
	kept := s.work("环保").ID
	s.back("勘验结论", "勘", "受理")
	s.at("受理 环保")
	if s.work("环保").ID != kept || s.work("受理").Back != "勘验结论" {
		t.Errorf("open: %+v", s.m.Open)
	}
	s.done("受理", "张")
	s.at("勘验 环保") // 消防 has done its part and is not asked again
	s.done("勘验", "勘")
	s.done("环保", "环")
	s.done("勘验结论", "勘")
	s.at("决定")
}

func TestTwoBranchesGoBackToOneStep(t *testing.T) {
	s := play(t, joint(), nil)
	s.done("受理", "张")
	s.back("消防", "消", "受理")
	s.back("环保", "环", "受理")
	s.at("勘验 受理")
	s.done("受理", "张")
	s.at("勘验 消防 环保")
}

// The second finds the first one's rework before the loop's choice, and joins it
// there though the loop could lead back.
func TestTwoBranchesGoBackIntoAFinishedBlockAndOneOnFromThere(t *testing.T) {
	s := play(t, draw(func(s *sketch) part {
		return s.seq(s.loop(s.seq(s.task("受理"), s.block(flow.Parallel, s.task("勘验"), s.task("检测")))),
			s.block(flow.Parallel, s.task("消防"), s.task("环保")), s.task("决定"))
	}), map[string]any{"again": false})
	for _, node := range []string{"受理", "勘验", "检测"} {
		s.done(node, "张")
	}
	s.back("消防", "消", "勘验")
	s.back("勘验", "张", "受理")
	s.back("环保", "环", "勘验")
	s.at("受理") // it comes to 勘验 for both
	s.done("受理", "张")
	s.at("勘验")
	s.done("勘验", "张")
	s.at("消防 环保")
}

// Rework that begins before a sub-procedure, for a branch in it too that asked
// for less, leaves the sub-procedure: it has not come to its end.
func TestTwoBranchesOfASubProcedureGoBackOneOutOfIt(t *testing.T) {
	s := play(t, draw(func(s *sketch) part {
		return s.seq(s.task("受理"), s.sub("联审", func() part {
			return s.seq(s.task("会审准备"), s.block(flow.Parallel, s.task("消防"), s.task("环保")))
		}), s.task("决定"))
	}), nil)
	s.done("受理", "张")
	s.done("会审准备", "张")
	s.back("消防", "消", "受理")
	s.back("环保", "环", "会审准备")
	s.at("受理") // and not 决定
	s.done("受理", "张")
	s.at("会审准备")
	s.done("会审准备", "张")
	s.at("消防 环保")
	s.done("消防", "消")
	s.done("环保", "环")
	s.at("决定")
}

// What two branches were sent back to is done for the other still when one of
// them ends.
func TestASubProcedureThatEndsDoesNotEndTheReworkOfAnotherBranch(t *testing.T) {
	s := play(t, draw(func(s *sketch) part {
		return s.seq(s.task("受理"), s.block(flow.Parallel,
			s.sub("勘验", func() part { return s.block(flow.Parallel, s.quit(s.task("现场")), s.task("检测")) }),
			s.task("消防")), s.task("决定"))
	}), map[string]any{"quit": true})
	s.done("受理", "张")
	s.back("检测", "检", "受理")
	s.back("消防", "消", "受理")
	s.at("受理 现场")
	s.done("现场", "勘") // 勘验 is at its end
	s.at("受理")
	s.done("受理", "张")
	s.at("消防")
	s.done("消防", "消")
	s.at("决定")
}

func TestBackIntoAFinishedBlockRepeatsOneBranch(t *testing.T) {
	s := play(t, joint(), nil)
	for _, node := range []string{"受理", "勘验", "勘验结论", "消防", "环保"} {
		s.done(node, "张")
	}
	s.back("决定", "李", "勘验结论")
	s.at("勘验结论")
	s.done("勘验结论", "张")
	s.at("决定")
}

func TestWhereWorkMayGoBackTo(t *testing.T) {
	s := play(t, joint(), nil)
	s.done("受理", "张")
	s.done("勘验", "张")
	s.done("消防", "张")
	var to []string
	for _, n := range s.p.Earlier(s.m, s.work("勘验结论").ID) {
		to = append(to, n.ID)
	}
	if !slices.Equal(to, []string{"受理", "勘验"}) {
		t.Errorf("back to %v", to)
	}
	for node, code := range map[string]string{"消防": "flow.back.across", "决定": "flow.back.to", "无": "flow.back.to", "勘验结论": "flow.back.to"} {
		_, _, err := s.p.SendBack(s.m, s.work("勘验结论").ID, "张", node, s.e)
		s.refused(code, err)
	}
}

func TestARouteAroundTheBlockCancelsTheBranchesThatWaited(t *testing.T) {
	d := draw(func(s *sketch) part {
		block := s.block(flow.Parallel, s.task("消防"), s.task("环保"))
		first, choice := s.task("受理"), s.node(flow.Node{ID: "断", Kind: flow.Exclusive})
		refuse := s.task("不予受理")
		s.edge(first.last, choice)
		s.edge(choice, refuse.first, flow.Edge{When: `结论 == "不予"`})
		s.edge(refuse.last, s.node(flow.Node{ID: "完", Kind: flow.End}))
		s.edge(choice, block.first, flow.Edge{Default: true})
		return part{first.first, block.last}
	})
	s := play(t, d, nil)
	s.done("受理", "张")
	s.back("消防", "消", "受理")
	s.at("受理 环保")
	s.done("受理", "张", "结论", "不予")
	s.at("不予受理")
	s.done("不予受理", "张")
	s.at("")
}

// What was sent back out of one branch may come to the end of its
// sub-procedure by a way past the block.
func TestARouteAroundTheBlockToTheEndOfASubProcedureCancelsTheBranchesThatWaited(t *testing.T) {
	d := draw(func(s *sketch) part {
		return s.seq(s.loop(s.seq(s.task("受理"), s.sub("联审", func() part {
			return s.block(flow.Exclusive, s.one(flow.Node{ID: "免审", Kind: flow.Rule, Name: "免审"}),
				s.block(flow.Parallel, s.task("消防"), s.task("环保"), s.task("公安")))
		}))), s.task("决定"))
	})
	s := play(t, d, nil)
	s.done("受理", "张")
	s.done("消防", "消")
	s.back("环保", "环", "受理")
	s.at("公安 受理")
	s.done("受理", "张", "c0", true)
	s.at("决定") // neither 消防's finished work nor 公安's open one is waited for
	s.done("决定", "李")
	s.at("")
}

// A block on another route is not waited for while the case takes this one.
func TestAnotherRouteInALoopCancelsTheBranchesThatWaited(t *testing.T) {
	d := draw(func(s *sketch) part {
		return s.seq(s.loop(s.seq(s.task("受理"), s.block(flow.Exclusive,
			s.block(flow.Parallel, s.task("消防"), s.task("环保")),
			s.task("简易审查")))), s.task("决定"))
	})
	s := play(t, d, nil)
	s.done("受理", "张", "c0", true)
	s.back("环保", "环", "受理")
	s.at("受理 消防")
	s.done("受理", "张", "c0", false)
	s.at("简易审查")
	s.done("简易审查", "张", "again", true)
	s.done("受理", "张", "c0", true)
	s.at("消防 环保") // a new round asks both again
}

// What a reminder set off is done again on its own way only, else all that
// follows the other reminder's sub-procedure would come twice.
func TestWhatAReminderSetOffGoesBackToNothingElse(t *testing.T) {
	d := draw(func(s *sketch) part {
		return s.seq(s.sub("初审", func() part { return s.timed(true) }), s.timed(true), s.task("决定"))
	})
	s := play(t, d, nil)
	first := s.m.Open[0].Node
	s.done(s.fire(), "催")
	s.done(first, "张")
	late := s.fire()
	if to := s.p.Earlier(s.m, s.work(late).ID); len(to) > 0 {
		t.Errorf("%s may go back to %v", late, to)
	}
}
