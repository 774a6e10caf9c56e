package bpmn

import (
	"cmp"
	"strconv"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// automatic are the tasks that a program does, with the name under which we
// remember which.
var automatic = map[string]string{
	"businessRuleTask": "", "serviceTask": "service", "scriptTask": "script", "sendTask": "send",
}

func activity(e *element) bool {
	switch e.name {
	case "task", "userTask", "manualTask", "receiveTask", "callActivity", "subProcess", "transaction", "adHocSubProcess":
		return e.space == model
	}
	_, ok := automatic[e.name]
	return ok && e.space == model
}

// activity reads a task or sub-process.
func (im *importer) activity(e *element, in string) bool {
	if !activity(e) {
		return false
	}
	n := im.common(e, flow.Task, in)
	switch kind, auto := automatic[e.name]; {
	case auto:
		n.Kind, n.Automatic = flow.Rule, kind
	case e.name == "receiveTask":
		n.Kind, n.Awaits = flow.Message, n.Name
	case e.name == "callActivity":
		im.beyond(flow.Refused, e, "不支持调用另一流程，已按人工环节导入；请改为嵌入的子流程")
	case e.name == "subProcess" || e.name == "transaction" || e.name == "adHocSubProcess":
		n.Kind = flow.Sub
	}
	im.loops(e, &n)
	im.attributes(e, &n)
	im.unsaid(e)
	if n.Kind.Staffed() {
		groups := e.named("candidateGroups")
		n.Post = cmp.Or(n.Post, im.posts[n.ID], groups)
		im.used[e] = map[string]bool{"candidateGroups": n.Post == groups}
	}
	im.add(n)
	if n.Kind == flow.Sub {
		im.sub(e)
	}
	return true
}

// unsaid names what a task says that a procedure has no words for.
func (im *importer) unsaid(e *element) {
	for _, k := range e.kids {
		switch {
		case e.name == "subProcess" || e.name == "transaction" || e.name == "adHocSubProcess": // read as a scope
		case k.space == model && !silent[k.name]:
			im.beyond(flow.Warned, e, "其中的%s没有导入", called(k))
		}
	}
	if e.attr("isForCompensation") == "true" {
		im.beyond(flow.Refused, e, "不支持补偿环节，已按普通环节导入，请核对")
	}
	for _, quantity := range []string{"startQuantity", "completionQuantity"} {
		if n := e.attr(quantity); n != "" && n != "1" {
			im.beyond(flow.Refused, e, "不支持一次产生或者等齐%s个令牌，已按一个导入，请核对", n)
		}
	}
}

func (im *importer) sub(e *element) {
	switch {
	case e.name != "subProcess":
		im.beyond(flow.Refused, e, "不支持事务和任意顺序的子流程，已按普通子流程导入，请核对")
	case e.attr("triggeredByEvent") == "true":
		im.beyond(flow.Refused, e, "不支持由事件触发的子流程，已按普通子流程导入，请核对")
	}
	im.scope(e, e.attr("id"))
}

// loops reads the marker of repeated activities: several people at once is a
// countersign.
func (im *importer) loops(e *element, n *flow.Node) {
	if e.kid("standardLoopCharacteristics") != nil {
		im.beyond(flow.Refused, e, "不支持循环标记，请画成带条件的回退路线")
	}
	multi := e.kid("multiInstanceLoopCharacteristics")
	if multi == nil {
		return
	}
	if n.Kind != flow.Task {
		im.beyond(flow.Refused, e, "只有人工环节可以多人会签，多实例标记没有导入")
		return
	}
	n.Kind, n.Quorum = flow.Multi, flow.All
	n.Over = multi.named("collection")
	im.used[multi] = map[string]bool{"collection": true}
	if multi.attr("isSequential") == "true" {
		im.beyond(flow.Warned, e, "依次会签已按同时会签导入")
	}
	if n := multi.kid("loopCardinality").words(); n != "" && e.own("count") == "" {
		im.beyond(flow.Refused, e, "会签的次数“%.40s”没有导入，请写明由哪些岗位会签", n)
	}
	if done := multi.kid("completionCondition"); done != nil && e.own("quorum") == "" {
		im.beyond(flow.Refused, e, "会签的结束条件“%s”没有导入，请写明须几人同意", done.words())
	}
}

// attributes reads what is ours.
func (im *importer) attributes(e *element, n *flow.Node) {
	n.Post, n.Role, n.Agency = e.own("post"), identity.Role(e.own("role")), e.own("agency")
	n.Authority, n.Standard = e.own("authority"), e.own("standard")
	n.Substantive, n.Decides = e.own("substantive") == "true", e.own("decides") == "true"
	n.Rule, n.Result, n.Agree = e.own("rule"), e.own("result"), e.own("agree")
	if n.Kind == flow.Multi {
		if quorum := e.own("quorum"); quorum != "" {
			n.Quorum = flow.Quorum(quorum)
		}
		if over := e.own("over"); over != "" {
			n.Over = over
		}
		n.Count, _ = strconv.Atoi(e.own("count")) // absent is 0, which flow.Check judges
	}
	if awaits := e.own("awaits"); awaits != "" {
		n.Awaits = awaits
	}
	im.limit(e, n)
	im.lists(e, n)
	if doc := e.kid("documentation").words(); doc != "" && n.Standard == "" {
		im.beyond(flow.Warned, e, "说明文字没有导入：%.60q", doc)
	}
}

func (im *importer) limit(e *element, n *flow.Node) {
	text := e.own("limit")
	if text == "" {
		return
	}
	limit, err := clock.ParseLimit(text)
	if err != nil {
		im.beyond(flow.Refused, e, "时限“%.40s”读不懂：%s", text, fault.Say(err))
		return
	}
	n.Limit = limit
}

// lists reads what does not fit into attributes.
func (im *importer) lists(e *element, n *flow.Node) {
	ext := e.kid("extensionElements")
	if ext == nil {
		return
	}
	for _, k := range ext.kids {
		switch {
		case k.space == ours && k.name == "seat":
			n.Among = append(n.Among, flow.Seat{Post: k.attr("post"), Role: identity.Role(k.attr("role")), Agency: k.attr("agency")})
		case k.space == ours && k.name == "apart":
			n.Apart = append(n.Apart, k.attr("node"))
		}
	}
}
