package flow

// checkRoutes checks that every choice can be made: exactly one way out may be
// taken without a condition, and there should be a default. Inclusive joins must
// close a block, or they could not know for what to wait.
func (p *Procedure) checkRoutes() []Finding {
	var f findings
	for _, pl := range p.places {
		if pl.Kind == Inclusive && len(pl.in) > 1 && p.splitOf(pl) == nil {
			f.refuse("flow.inclusive", pl.ID, "%s所汇合的分支不是由同一个分支节点分出的，无法知道该等几条；请成对使用，或改用排他网关", called(pl.Node))
		}
		if len(pl.out) < 2 || pl.Kind != Exclusive && !pl.conditional() {
			continue
		}
		defaults, open := 0, 0
		for _, e := range pl.out {
			switch {
			case e.Default:
				defaults++
			case e.When == "":
				open++
			}
		}
		switch {
		case defaults > 1:
			f.refuse("flow.route.defaults", pl.ID, "%s有 %d 条默认路线，只能有一条", called(pl.Node), defaults)
		case pl.Kind == Exclusive && defaults+open > 1:
			f.refuse("flow.route.unconditional", pl.ID, "%s有 %d 条路线没有条件，无法选择走哪一条", called(pl.Node), defaults+open)
		case defaults+open == 0:
			f.warn("flow.route.default", pl.ID, "%s没有默认路线，各条件都不成立时办件会停住", called(pl.Node))
		}
	}
	return f
}

// checkEndless finds loops in which nobody is ever asked and nothing awaited:
// such a run would never stop.
func (p *Procedure) checkEndless() []Finding {
	var waits []int
	for _, pl := range p.places {
		if pl.Kind.Staffed() || pl.Kind == Timer || pl.Kind == Message {
			waits = append(waits, pl.at)
		}
	}
	var f findings
	for _, pl := range p.places {
		if pl.Kind == Start || pl.Kind.Staffed() || len(pl.in) < 2 {
			continue
		}
		if p.graph.from(p.graph.next[pl.at], waits...).has(pl.at) {
			f.refuse("flow.endless", pl.ID, "%s处在没有人工环节的循环里，程序会空转", called(pl.Node))
		}
	}
	return f
}

// checkSides refuses that a flow beside the work comes back into it: the work
// would be done twice.
func (p *Procedure) checkSides() []Finding {
	var f findings
	for _, pl := range p.places {
		for _, e := range pl.out {
			if pl.side && !e.to.side {
				f.refuse("flow.side", e.ID, "%s是不中断环节的旁路，不能再汇入主流程的%s", called(pl.Node), called(e.to.Node))
			}
		}
	}
	return f
}

// checkDecision refuses a procedure in which nobody decides, and warns of a way
// around the decision.
func (p *Procedure) checkDecision() []Finding {
	var f findings
	var decides []int
	for _, pl := range p.places {
		if pl.Decides && (pl.Kind.Staffed() || pl.Kind == Rule) && !pl.side {
			decides = append(decides, pl.at)
		}
	}
	if len(decides) == 0 {
		f.refuse("flow.decision", "", "流程没有决定环节，请注明哪一环节作出决定")
		return f
	}
	around := p.around(decides)
	if len(around) > 0 {
		f.warn("flow.decision.bypass", "", "有不经决定环节就结束的路线")
		f[0].Run = names(around)
	}
	return f
}

// around returns the shortest way from the start to the end that touches none of
// the closed vertices; nil if there is none.
func (p *Procedure) around(closed []int) []*place {
	start, end := p.starts[""].at, p.graph.exit[""]
	came := map[int]int{start: -1}
	for _, v := range closed {
		came[v] = -1
	}
	for queue := []int{start}; len(queue) > 0; queue = queue[1:] {
		v := queue[0]
		if v == end {
			return p.wayTo(v, came)
		}
		for _, n := range p.graph.next[v] {
			if _, seen := came[n]; !seen && (n >= len(p.places) || !p.places[n].side) {
				came[n] = v
				queue = append(queue, n)
			}
		}
	}
	return nil
}

func (p *Procedure) wayTo(v int, came map[int]int) []*place {
	var way []*place
	for ; v >= 0; v = came[v] {
		if v < len(p.places) {
			way = append([]*place{p.places[v]}, way...)
		}
	}
	return way
}
