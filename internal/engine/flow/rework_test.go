package flow_test

import (
	"testing"

	"tongban/internal/engine/flow"
)

// A branch on which nothing is to be done is one: what was sent back while it
// waited takes it along.
func TestABranchWithNothingToDoIsTakenAlong(t *testing.T) {
	s := play(t, draw(func(s *sketch) part {
		return s.seq(s.task("受理"), s.block(flow.Parallel, s.task("勘验"), nothing),
			s.block(flow.Parallel, s.task("消防"), s.task("环保")), s.task("决定"))
	}), nil)
	s.done("受理", "张")
	s.done("勘验", "勘")
	s.back("消防", "消", "受理")
	s.done("受理", "张")
	s.at("勘验 环保")
	s.back("环保", "环", "受理")
	s.at("受理")
	s.done("受理", "张")
	s.at("勘验")
	s.done("勘验", "勘")
	s.at("消防 环保")
}

// overdue is the step that the time limit of hurried leads to.
const overdue = "环节14"

// hurried is an examination in two branches with a time limit, after a block and
// before another.
func hurried() flow.Definition {
	return draw(func(s *sketch) part {
		examine := s.sub("联审", func() part { return s.block(flow.Parallel, s.task("消防"), s.task("环保")) })
		return s.seq(s.task("受理"), s.block(flow.Parallel, s.task("选址"), s.task("用地")),
			s.watched(examine, flow.Timer, false), s.block(flow.Parallel, s.task("勘验"), s.task("检测")), s.task("决定"))
	})
}

// What goes on when the time of a sub-procedure runs out returns to where the
// sub-procedure would have, in place of what was sent back out of it.
func TestTimeRunsOutForASubProcedureThatIsDoneAgain(t *testing.T) {
	s := atTheExamination(t)
	s.back("消防", "消", "受理")
	s.at("受理 检测")
	s.fire()
	s.done(overdue, "张")
	s.at("勘验 检测") // and nobody is at 受理 any more
}

// atTheExamination is a case that one of the two inspections has sent back into
// the examination before them.
func atTheExamination(t *testing.T) *script {
	s := play(t, hurried(), nil)
	for _, node := range []string{"受理", "选址", "用地", "消防", "环保"} {
		s.done(node, "张")
	}
	s.back("勘验", "勘", "消防")
	return s
}

// From then on the rework of each inspection is one of its own; should what the
// time brought about go back behind the other, they are one again.
func TestReworkThatTimeHasPartedMeetsAgain(t *testing.T) {
	for start, parted := range map[string]string{"受理": "受理 环节14", "选址": "环节14 选址"} {
		s := atTheExamination(t)
		s.back("消防", "消", start)
		s.back("检测", "检", "消防")
		s.fire()
		s.at(parted)
		if start == "选址" {
			s.done("选址", "张")
			s.at("消防 环保 环节14")
		}
		s.back(overdue, "李", "选址")
		s.at(start)
	}
}

// Of what is done again side by side for one inspection and the other, nothing is
// over while the other's is waited for.
func TestTimeRunsOutForOneOfTwoReworksSideBySide(t *testing.T) {
	s := atTheExamination(t)
	s.back("消防", "消", "受理")
	s.done("受理", "张")
	s.back("检测", "检", "消防")
	s.back("用地", "用", "受理")
	s.fire()
	s.at("受理 环节14 选址")
	s.back(overdue, "李", "用地")
	s.at("受理 选址") // it comes to 用地
	s.done("选址", "张")
	s.done("受理", "张")
	s.at("用地") // 选址 has been done again
	for _, node := range []string{"用地", "消防", "环保"} {
		s.done(node, "张")
	}
	s.at("勘验 检测")
}

// Nor does what went back through a finished block come again, and that block is
// as if it had never been gone back into.
func TestTimeRunsOutForASubProcedureWhoseReworkPassesABlock(t *testing.T) {
	s := play(t, hurried(), nil)
	for _, node := range []string{"受理", "选址", "用地"} {
		s.done(node, "张")
	}
	s.back("消防", "消", "选址")
	s.back("选址", "张", "受理")
	s.at("受理 环保")
	s.fire()
	for _, node := range []string{overdue, "勘验", "检测", "决定"} {
		s.done(node, "李")
	}
	s.at("")
}

// In a loop, what a rework has still before it is not earlier, though it was done.
func TestNothingGoesBackToWhatIsAhead(t *testing.T) {
	s := play(t, draw(func(s *sketch) part {
		return s.seq(s.loop(s.seq(s.task("受理"), s.task("初审"), s.block(flow.Parallel, s.task("消防"), s.task("环保")))), s.task("决定"))
	}), map[string]any{"again": false})
	s.done("受理", "张")
	s.done("初审", "张")
	s.back("消防", "消", "受理")
	if to := s.p.Earlier(s.m, s.work("受理").ID); len(to) > 0 {
		t.Errorf("受理 may go back to %v", to)
	}
}

// A message that the rework of one branch waits for is waited for by the other's too.
func TestASecondReworkWaitsWithTheFirst(t *testing.T) {
	s := play(t, draw(func(s *sketch) part {
		return s.seq(s.task("受理"), s.one(flow.Node{ID: "补正", Kind: flow.Message, Awaits: "材料"}), s.task("初审"),
			s.block(flow.Parallel, s.task("消防"), s.task("环保")), s.task("决定"))
	}), nil)
	s.done("受理", "张")
	s.fire()
	s.done("初审", "张")
	s.back("消防", "消", "受理")
	s.done("受理", "张")
	s.back("环保", "环", "初审")
	if open := s.open(); open != "" {
		t.Errorf("%s is open before the message has come", open)
	}
	s.fire()
	s.done("初审", "张")
	s.at("消防 环保")
}

// A route around a sub-procedure returns to all that was sent back into it.
func TestARouteAroundASubProcedureReturnsForAllThatWasInIt(t *testing.T) {
	s := play(t, draw(func(s *sketch) part {
		examine := s.sub("联审", func() part { return s.block(flow.Parallel, s.task("消防"), s.task("环保")) })
		return s.seq(s.task("受理"), s.block(flow.Exclusive, examine, nothing),
			s.block(flow.Parallel, s.task("勘验"), s.task("检测")), s.task("决定"))
	}), nil)
	s.done("受理", "张", "c0", true)
	s.done("消防", "消")
	s.done("环保", "环")
	s.back("勘验", "勘", "消防")
	s.back("消防", "消", "受理")
	s.back("检测", "检", "环保")
	s.at("受理 环保")
	s.done("受理", "张", "c0", false)
	s.at("勘验 检测")
}

// What runs side by side with a work is not behind it, though a loop leads from
// there to where the work goes back to.
func TestOneBranchOfAReworkGoesBackInALoop(t *testing.T) {
	s := play(t, draw(func(s *sketch) part {
		return s.seq(s.loop(s.seq(s.task("受理"), s.block(flow.Parallel, s.task("消防"), s.task("环保")))),
			s.block(flow.Parallel, s.task("勘验"), s.task("检测")), s.task("决定"))
	}), map[string]any{"again": false})
	for _, node := range []string{"受理", "消防", "环保"} {
		s.done(node, "张")
	}
	s.back("勘验", "勘", "受理")
	s.done("受理", "张")
	s.back("消防", "消", "受理")
	s.at("受理 检测 环保")
	for _, node := range []string{"环保", "受理", "消防"} {
		s.done(node, "张")
	}
	s.at("勘验 检测")
}
