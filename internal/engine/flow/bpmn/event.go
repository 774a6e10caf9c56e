package bpmn

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

// event reads a start, an end, or something awaited.
func (im *importer) event(e *element, in string) bool {
	switch e.name {
	case "startEvent":
		n := im.common(e, flow.Start, in)
		im.attributes(e, &n)
		if t := trigger(e); t != nil {
			im.beyond(flow.Warned, e, "流程由受理开始，开始事件的%s没有导入", called(t))
		}
		return im.add(n)
	case "endEvent":
		return im.end(e, in)
	case "intermediateThrowEvent":
		n := im.common(e, flow.Rule, in)
		n.Automatic = "throw"
		im.attributes(e, &n)
		if t := trigger(e); t != nil {
			im.beyond(flow.Refused, e, "不支持抛出%s，已按自动环节导入", called(t))
		}
		return im.add(n)
	case "intermediateCatchEvent", "boundaryEvent":
		return im.catch(e, in)
	}
	return false
}

func (im *importer) end(e *element, in string) bool {
	n := im.common(e, flow.End, in)
	im.attributes(e, &n)
	switch t := trigger(e); {
	case t == nil:
	case t.name == "terminateEventDefinition":
		n.Kind = flow.Terminate
	default:
		im.beyond(flow.Refused, e, "不支持结束事件的%s，已按普通结束导入", called(t))
	}
	return im.add(n)
}

// catch reads a timer or message, in the way or attached.
func (im *importer) catch(e *element, in string) bool {
	n := im.common(e, flow.Message, in)
	n.On = e.attr("attachedToRef")
	n.Beside = n.On != "" && e.attr("cancelActivity") == "false"
	t := trigger(e)
	switch {
	case t != nil && t.name == "timerEventDefinition":
		n.Kind = flow.Timer
		im.duration(e, t, &n)
	case t != nil && t.name == "messageEventDefinition":
		n.Awaits = cmp.Or(n.Name, im.message(t))
	default:
		kind := "空事件"
		if t != nil {
			kind = called(t)
		}
		n.Awaits = n.Name
		im.beyond(flow.Refused, e, "不支持等候%s，已按等候消息导入，请核对", kind)
	}
	im.attributes(e, &n)
	return im.add(n)
}

// messages reads the names of the messages that are defined beside the process.
func (im *importer) messages(root *element) {
	for _, k := range root.kids {
		if k.is("message") {
			im.named[k.attr("id")] = k.title()
		}
	}
}

// message is the name of the message that an event refers to; tools write its id with
// or without a prefix.
func (im *importer) message(t *element) string {
	ref := t.attr("messageRef")
	return im.named[ref[strings.LastIndexByte(ref, ':')+1:]]
}

// trigger is the event definition of an event; nil if it has none.
func trigger(e *element) *element {
	for _, k := range e.kids {
		if k.space == model && strings.HasSuffix(k.name, "EventDefinition") {
			return k
		}
	}
	return nil
}

var iso = regexp.MustCompile(`^P(\d{1,4})([DWMY])$|^PT(\d{1,4})H$`)

// duration reads the length of a timer. Days of a file that is not ours are
// calendar days.
func (im *importer) duration(e, t *element, n *flow.Node) {
	if e.own("limit") != "" {
		return
	}
	text := t.kid("timeDuration").words()
	m := iso.FindStringSubmatch(text)
	if m == nil {
		for _, other := range []string{"timeDate", "timeCycle"} {
			text = cmp.Or(text, t.kid(other).words())
		}
		im.beyond(flow.Refused, e, "定时“%.60s”读不懂或不支持，请写成一段时长，如 P5D（5日）、PT8H（8小时）；时刻、循环和算式不支持", text)
		return
	}
	count, _ := strconv.Atoi(m[1] + m[3]) // at most four digits, by the pattern
	switch m[2] {
	case "D":
		n.Limit = clock.Limit{N: count, Unit: clock.CalendarDays}
	case "W":
		n.Limit = clock.Limit{N: 7 * count, Unit: clock.CalendarDays}
	case "M":
		n.Limit = clock.Limit{N: count, Unit: clock.Months}
	case "Y":
		n.Limit = clock.Limit{N: count, Unit: clock.Years}
	default:
		n.Limit = clock.Limit{N: count, Unit: clock.WorkingHours}
	}
}
