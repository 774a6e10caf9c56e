package projects

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// longest is how many characters a text may have.
const longest = 2000

// AnswerIn is how soon a request at the desk for major projects is answered. No
// law says it; it is the notice's 集成化管理 made a promise of this program.
var AnswerIn = clock.Limit{N: 3, Unit: clock.WorkingDays}

func text(s, field, ask string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", fault.New(fault.Invalid, "projects."+field, "%s", ask).At(field, "required", "%s", ask)
	}
	if n := utf8.RuneCountInString(s); n > longest {
		return "", fault.New(fault.Invalid, "projects."+field, "内容太长").At(field, "length", "最多%d个字，现在有%d个字，请缩短", longest, n)
	}
	return s, nil
}

// check judges what a unit writes down about its project: the code by the rule
// of the national platform, which has given it out by at, and every question that
// its type asks.
func (p *Project) check(at time.Time) error {
	bad := fault.New(fault.Invalid, "projects.open", "项目信息还有需要修改的地方")
	code, err := codes.ParseProject(p.Code)
	if err != nil {
		bad = bad.At("code", fault.Code(err), "%s", fault.Say(err))
	} else if at.In(calendar.Zone).Year() < code.Year {
		bad = bad.At("code", "projects.code.future", "项目代码开头四位是赋码年份，不能晚于今年，请核对")
	} else {
		p.Code = code.String()
	}
	p.Name, p.Place = strings.TrimSpace(p.Name), strings.TrimSpace(p.Place)
	if n := utf8.RuneCountInString(p.Name); n == 0 || n > 100 {
		bad = bad.At("name", "required", "请填写项目名称，最多100个字")
	}
	if n := utf8.RuneCountInString(p.Place); n == 0 || n > 100 {
		bad = bad.At("place", "required", "请填写建设地点，最多100个字")
	}
	if p.Type.ID == "" {
		bad = bad.At("type", "required", "请选择项目类型，它决定要办哪些事项")
	}
	bad = bad.With("q.", forms.Check(asked(p.Type.Questions), p.Answers, 0))
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// moved begins a fact.
func (p *Project) moved(act Act, by Person, at time.Time, say string) Moved {
	return Moved{Project: p.ID, Seq: p.Head.Seq + 1, Act: act, By: by, At: at, Say: say}
}

// mayBegin judges whether a stage may be applied for as a whole: some item of it
// concerns the project, none is blocked, under way or done (一次申报).
func (p *Project) mayBegin(s Step, by identity.Actor) error {
	if !p.Own(by) {
		return fault.New(fault.Forbidden, "projects.begin.own", "由建设单位申报，请切换到单位身份")
	}
	ready := 0
	for _, l := range s.Lines {
		switch l.Where {
		case Ready, Failed:
			ready++
		case Blocked:
			return fault.New(fault.Conflict, "projects.begin.blocked", "现在还不能申报%s：%s%s", s.Name, l.Name, l.Why[0])
		case Running, Lacking, Done:
			return fault.New(fault.Conflict, "projects.begin.under", "%s已经申报过，“%s”%s；其余事项可以单独申报，再关联到项目", s.Name, l.Name, l.Where.Han())
		}
	}
	if ready == 0 {
		return fault.New(fault.Conflict, "projects.begin.nothing", "%s没有这个项目要办的事项", s.Name)
	}
	return nil
}

// leads reports whether the actor may call and conclude gatherings of a stage:
// its lead, the steward, or a supervisor.
func (p *Project) leads(s Stage, by identity.Actor) bool {
	return p.Stewards(by) || p.supervises(by) || by.SpeaksFor(s.Lead)
}

// Call convenes a joint visit, drawing review or acceptance of a stage
// (联合踏勘、联合审图、联合验收): one time, one place, all who have a say.
func (p *Project) Call(id, kind string, stage int, day calendar.Day, where string, by identity.Actor, at time.Time) (Moved, error) {
	s, ok := p.Type.Stage(stage)
	if !ok {
		return Moved{}, None()
	}
	if !p.leads(s, by) {
		return Moved{}, fault.New(fault.Forbidden, "projects.convene.authority", "由%s或者项目管家召集", s.LeadName)
	}
	i := slices.IndexFunc(s.Gathering, func(g Gathering) bool { return g.Kind == kind })
	switch {
	case i < 0:
		return Moved{}, fault.New(fault.Invalid, "projects.convene.kind", "%s没有%s", s.Name, kind)
	case slices.ContainsFunc(p.Meetings, func(m Meeting) bool { return m.Stage == stage && m.Kind == kind && m.Result == "" }):
		return Moved{}, fault.New(fault.Conflict, "projects.convene.open", "%s已经召集，还没有结束", kind)
	}
	if err := checkCall(kind, day, where, calendar.DayOf(at)); err != nil {
		return Moved{}, err
	}
	meeting := Meeting{ID: id, Kind: kind, Stage: stage, Day: day, Where: strings.TrimSpace(where), By: person(by, "")}
	for _, b := range s.Gathering[i].Parties {
		meeting.Opinions = append(meeting.Opinions, Opinion{Agency: b.Agency, Name: b.Name})
	}
	m := p.moved(Convene, person(by, ""), at, kind+"，"+day.Han())
	m.Meeting = &meeting
	return m, nil
}

// checkCall refuses a day that has passed, or on which nobody could prepare, and a visit
// that does not say where to.
func checkCall(kind string, day calendar.Day, where string, today calendar.Day) error {
	past := fault.New(fault.Invalid, "projects.convene.day", "请选择今天或者以后的日期").At("day", "past", "请选择今天或者以后的日期")
	if !onSite(kind) {
		return fault.When(day < today, past)
	}
	soon := fault.New(fault.Invalid, "projects.convene.day", "%s要到现场", kind).At("day", "past", "请选择明天或者以后的日期，好让各部门和建设单位准备")
	nowhere := fault.New(fault.Invalid, "projects.convene.where", "%s要到现场", kind).At("where", "required", "请填写到哪里，最多100个字")
	return fault.Together(fault.When(day <= today, soon), fault.When(strings.TrimSpace(where) == "", nowhere))
}

// onSite reports whether those bidden go and look, as they do at every joint visit:
// they have a day to prepare, and speak when they have seen it.
func onSite(kind string) bool { return kind == Visit || kind == Acceptance }

// Say takes down what one of those bidden says. Each agency says it once; one
// that does not agree says why.
func (p *Project) Say(id, verdict, say string, by identity.Actor, at time.Time) (Moved, error) {
	meeting, ok := p.Meeting(id)
	if !ok {
		return Moved{}, None()
	}
	meeting.Opinions = slices.Clone(meeting.Opinions)
	i := slices.IndexFunc(meeting.Opinions, func(o Opinion) bool {
		return by.SpeaksFor(o.Agency)
	})
	say = strings.TrimSpace(say)
	switch {
	case i < 0:
		return Moved{}, fault.New(fault.Forbidden, "projects.opine.authority", "您的部门没有被邀请参加这次%s", meeting.Kind)
	case meeting.Result != "":
		return Moved{}, fault.New(fault.Conflict, "projects.opine.ended", "这次%s已经形成意见，不能再改", meeting.Kind)
	case onSite(meeting.Kind) && calendar.DayOf(at) < meeting.Day:
		return Moved{}, fault.New(fault.Conflict, "projects.opine.early", "还没有到%s的日期（%s），到现场看过再提意见", meeting.Kind, meeting.Day.Han())
	case meeting.Opinions[i].Verdict != "":
		return Moved{}, fault.New(fault.Conflict, "projects.opine.twice", "%s已经提出意见", meeting.Opinions[i].Name)
	}
	if err := checkOpinion(verdict, say); err != nil {
		return Moved{}, err
	}
	o := &meeting.Opinions[i]
	o.Verdict, o.Say, o.By, o.At = verdict, say, person(by, o.Agency), at
	m := p.moved(Opine, o.By, at, meeting.Kind+"："+o.Name+verdict)
	m.Meeting = &meeting
	return m, nil
}

// Waits are those who have not said anything yet. Silence is not consent.
func (m Meeting) Waits() []string {
	var all []string
	for _, o := range m.Opinions {
		if o.Verdict == "" {
			all = append(all, o.Name)
		}
	}
	return all
}

// Merge is the opinions as one: what each asks for, the same thing once, and the
// result: one objection sends it back.
func (m Meeting) Merge() (result, merged string) {
	result = Pass
	var order []string
	who := map[string][]string{}
	for _, o := range m.Opinions {
		if o.Verdict == Object {
			result = Mend
		}
		if o.Say == "" {
			continue
		}
		if who[o.Say] == nil {
			order = append(order, o.Say)
		}
		who[o.Say] = append(who[o.Say], o.Name)
	}
	if len(order) == 0 {
		return result, "各部门一致同意"
	}
	for i, say := range order {
		order[i] = say + "（" + strings.Join(who[say], "、") + "）"
	}
	return result, strings.Join(order, "；")
}

// End makes the opinions one, when all who were bidden have spoken.
func (p *Project) End(id string, by identity.Actor, at time.Time) (Moved, error) {
	meeting, ok := p.Meeting(id)
	if !ok {
		return Moved{}, None()
	}
	s, _ := p.Type.Stage(meeting.Stage)
	switch waits := meeting.Waits(); {
	case !p.leads(s, by):
		return Moved{}, fault.New(fault.Forbidden, "projects.conclude.authority", "由%s或者项目管家汇总意见", s.LeadName)
	case meeting.Result != "":
		return Moved{}, fault.New(fault.Conflict, "projects.conclude.ended", "这次%s已经形成意见", meeting.Kind)
	case len(waits) > 0:
		return Moved{}, fault.New(fault.Conflict, "projects.conclude.waits", "还差%s的意见，没有回音不等于同意", strings.Join(waits, "、"))
	}
	meeting.Result, meeting.Merged = meeting.Merge()
	meeting.Ended, meeting.EndedBy = at, person(by, "")
	m := p.moved(Conclude, meeting.EndedBy, at, meeting.Kind+meeting.Result+"："+meeting.Merged)
	m.Meeting = &meeting
	return m, nil
}

// Serve notes how far a technical service or a utility has got. The unit asks for
// it; who provides it, or the steward, takes it on and closes it.
func (p *Project) Serve(id, state, say string, by identity.Actor, at time.Time) (Moved, error) {
	var o Offered
	for _, s := range p.Type.Stages {
		if i := slices.IndexFunc(s.Services, func(o Offered) bool { return o.ID == id }); i >= 0 {
			o = s.Services[i]
		}
	}
	if o.ID == "" {
		return Moved{}, None()
	}
	had := -1
	for _, s := range p.Services {
		if s.ID == id {
			had = slices.Index(ServiceStates, s.State)
		}
	}
	staff := p.Stewards(by) || o.Agency != "" && by.SpeaksFor(o.Agency)
	to := slices.Index(ServiceStates, state)
	switch {
	case to < 0 || to != had+1:
		return Moved{}, fault.New(fault.Conflict, "projects.serve.state", "“%s”现在不能改为%s", o.Name, state)
	case !staff && !(p.Own(by) && state == Asked):
		return Moved{}, fault.New(fault.Forbidden, "projects.serve.authority", "“%s”由建设单位提出，由%s或者项目管家办理", o.Name, o.By)
	}
	m := p.moved(Serve, person(by, ""), at, o.Name+state)
	m.Service = &Standing{ID: id, State: state, Say: strings.TrimSpace(say), By: m.By, At: at}
	return m, nil
}

// MarkMajor puts the project on the list of major projects, or, with no reason,
// takes it off (服务保障重大项目, 苏政务办发〔2023〕8号（五）).
func (p *Project) MarkMajor(why string, by identity.Actor, at time.Time) (Moved, error) {
	if !p.supervises(by) {
		return Moved{}, fault.New(fault.Forbidden, "projects.mark.authority", "重大项目由政务服务管理机构的监督岗位列入")
	}
	why, err := text(why, "why", "请写明列入的依据，如重大项目清单的文号")
	if err != nil {
		return Moved{}, err
	}
	m := p.moved(Mark, person(by, ""), at, why)
	m.Major = &why
	return m, nil
}

// Request takes down what the unit, or the steward for it, asks for.
func (p *Project) Request(id, what, agency string, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	if !p.Own(by) && !p.Stewards(by) {
		return Moved{}, fault.New(fault.Forbidden, "projects.ask.authority", "诉求由建设单位或者项目管家提出")
	}
	what, err := text(what, "text", "请写明遇到的问题和希望怎么解决")
	if err != nil {
		return Moved{}, err
	}
	if agency != "" && !slices.Contains(p.Type.Agencies(), agency) {
		return Moved{}, fault.New(fault.Invalid, "projects.ask.agency", "请从列出的部门里选择").At("agency", "choice", "请从列出的部门里选择")
	}
	due := clock.Clock{Limit: AnswerIn, Started: clock.At(at)}.Due(days).Day
	m := p.moved(Ask, person(by, ""), at, what)
	m.Request = &Request{ID: id, Text: what, Agency: agency, By: m.By, At: at, Due: due}
	return m, nil
}

// Reply answers a request: the agency it is for, the steward, or a supervisor.
func (p *Project) Reply(id, say string, by identity.Actor, at time.Time) (Moved, error) {
	i := slices.IndexFunc(p.Requests, func(r Request) bool { return r.ID == id })
	if i < 0 {
		return Moved{}, None()
	}
	r := p.Requests[i]
	theirs := r.Agency != "" && by.SpeaksFor(r.Agency)
	switch {
	case !theirs && !p.Stewards(by) && !p.supervises(by):
		return Moved{}, fault.New(fault.Forbidden, "projects.answer.authority", "由被问到的部门或者项目管家答复")
	case r.Answer != "":
		return Moved{}, fault.New(fault.Conflict, "projects.answer.twice", "这个诉求已经由%s答复", r.Answerer.Name)
	}
	say, err := text(say, "answer", "请写明怎么解决、什么时候办好")
	if err != nil {
		return Moved{}, err
	}
	m := p.moved(Answer, person(by, ""), at, say)
	r.Answer, r.Answerer, r.Answered = say, m.By, at
	m.Request = &r
	return m, nil
}

// asked is the questions of a type as a form.
func asked(questions []forms.Question) forms.Form { return forms.Form{}.With(questions) }

// checkOpinion refuses an opinion that is none, one that does not say why it does not
// agree, and one that is too long.
func checkOpinion(verdict, say string) error {
	known := verdict == Agree || verdict == Conditional || verdict == Object
	return fault.Together(
		fault.When(!known, fault.New(fault.Invalid, "projects.opine.verdict", "请选择意见").At("verdict", "required", "请选择同意、附条件同意或者不同意")),
		fault.When(known && verdict != Agree && say == "", fault.New(fault.Invalid, "projects.opine.say", "请写明条件或者理由").At("say", "required", "请写明条件或者理由，建设单位会看到")),
		fault.When(utf8.RuneCountInString(say) > longest, fault.New(fault.Invalid, "projects.opine.say", "内容太长").At("say", "length", "最多%d个字", longest)))
}
