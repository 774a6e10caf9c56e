package visits

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
)

// longest is how many characters a text may have.
const longest = 500

// MakeUp is how soon a department that did not come has to go by itself.
var MakeUp = clock.Limit{N: 2, Unit: clock.WorkingDays}

func join(all []string) string { return strings.Join(all, "、") }

// moved begins a fact.
func (v *Visit) moved(act Act, by, say string, at time.Time, parts ...Part) Moved {
	return Moved{Visit: v.ID, Seq: v.Head.Seq + 1, Act: act, By: by, At: at, Say: say, Parts: parts}
}

// open judges what a visit is called with.
func (v *Visit) open(by identity.Actor, at time.Time) (Moved, error) {
	bad := fault.New(fault.Invalid, "visits.call", "联合踏勘的安排还有需要修改的地方")
	v.Where = strings.TrimSpace(v.Where)
	if v.Day <= calendar.DayOf(at) {
		bad = bad.At("day", "past", "请选择明天或者以后的日期，好让各部门和申请人准备")
	}
	if n := utf8.RuneCountInString(v.Where); n == 0 || n > 100 {
		bad = bad.At("where", "required", "请填写踏勘地点，最多100个字")
	}
	switch {
	case len(bad.Fields) > 0:
		return Moved{}, bad
	case v.Agency(by) == "":
		return Moved{}, fault.New(fault.Forbidden, "visits.call.authority", "联合踏勘由其中一个要看现场的部门召集")
	case len(v.Parts) < 2:
		return Moved{}, fault.New(fault.Conflict, "visits.call.alone", "只有一个部门要看现场，不用联合踏勘，请在办件里启动现场核查")
	}
	agency := v.Parts[v.at(v.Agency(by))]
	v.Caller, v.Opened = Person{by.Account, by.Name, agency.Name}, at
	whole := *v
	return Moved{Visit: v.ID, Seq: 1, Act: Call, By: by.Name, At: at, Say: v.Day.Han() + "，" + v.Where, Opening: &whole}, nil
}

// part is what the actor's department has to do with the visit.
func (v *Visit) part(by identity.Actor) (Part, error) {
	i := v.at(v.Agency(by))
	if i < 0 {
		return Part{}, fault.New(fault.Forbidden, "visits.part.authority", "您的部门不参加这次联合踏勘")
	}
	return v.Parts[i], nil
}

// Agree takes down that the actor's department comes on the day.
func (v *Visit) Agree(by identity.Actor, at time.Time) (Moved, error) {
	p, err := v.part(by)
	switch {
	case err != nil:
		return Moved{}, err
	case p.Verdict != "" || p.Absent:
		return Moved{}, fault.New(fault.Conflict, "visits.agree.over", "这次联合踏勘的日期已过，请作出结论")
	case p.Agreed:
		return Moved{}, fault.New(fault.Conflict, "visits.agree.twice", "%s已经同意这一天", p.Name)
	}
	p.Agreed, p.Rather, p.Why = true, 0, ""
	return v.moved(Agree, by.Name, p.Name, at, p), nil
}

// AskFor takes down that the actor's department asks for another day.
func (v *Visit) AskFor(day calendar.Day, why string, by identity.Actor, at time.Time) (Moved, error) {
	p, err := v.part(by)
	why = strings.TrimSpace(why)
	switch {
	case err != nil:
		return Moved{}, err
	case p.Verdict != "" || calendar.DayOf(at) >= v.Day:
		return Moved{}, fault.New(fault.Conflict, "visits.ask.over", "踏勘当天起不能再改期")
	}
	if err := fault.Together(
		fault.When(day <= calendar.DayOf(at) || day == v.Day, fault.New(fault.Invalid, "visits.ask.day", "日期有误").At("rather", "past", "请选择明天或者以后的另一天")),
		fault.When(why == "" || utf8.RuneCountInString(why) > longest, fault.New(fault.Invalid, "visits.ask.why", "请写明原因").At("why", "required", "请写明改期的原因，召集部门会看到"))); err != nil {
		return Moved{}, err
	}
	p.Agreed, p.Rather, p.Why = false, day, why
	return v.moved(Ask, by.Name, p.Name+"："+day.Han()+"，"+why, at, p), nil
}

// MoveTo sets another day; who called decides, and all are asked again.
func (v *Visit) MoveTo(day calendar.Day, by identity.Actor, at time.Time) (Moved, error) {
	switch {
	case v.Agency(by) == "" || by.Account != v.Caller.Account:
		return Moved{}, fault.New(fault.Forbidden, "visits.move.authority", "由召集的%s %s改期", v.Caller.Agency, v.Caller.Name)
	case calendar.DayOf(at) >= v.Day:
		return Moved{}, fault.New(fault.Conflict, "visits.move.over", "踏勘当天起不能再改期")
	case day <= calendar.DayOf(at):
		return Moved{}, fault.New(fault.Invalid, "visits.move.day", "日期有误").At("day", "past", "请选择明天或者以后的日期")
	}
	parts := slices.Clone(v.Parts)
	for i := range parts {
		parts[i].Agreed, parts[i].Rather, parts[i].Why = false, 0, ""
	}
	m := v.moved(Move, by.Name, v.Day.Han()+"改到"+day.Han(), at, parts...)
	m.Day = day
	return m, nil
}

// Ring is what time brings: who has not answered is reminded the working day
// before, and who has not concluded when the day is over did not come. Both are
// facts that all can see; neither puts anything into a department's mouth.
func (v *Visit) Ring(days clock.Days, at time.Time) (Moved, bool) {
	today := calendar.DayOf(at)
	var late, missed []Part
	for _, p := range v.Parts {
		switch {
		case p.Verdict != "":
		case !p.Agreed && p.Reminded == 0 && today < v.Day && next(days, today) >= v.Day:
			p.Reminded++
			late = append(late, p)
		case !p.Absent && today > v.Day:
			p.Absent = true
			missed = append(missed, p)
		}
	}
	switch {
	case len(missed) > 0:
		return v.moved(Miss, identity.TheSystem.Name, names(missed)+fmt.Sprintf("没有作出结论，须在%d个工作日内自行核查并补作结论；其他部门的结论照常有效", MakeUp.N), at, missed...), true
	case len(late) > 0:
		return v.moved(Remind, identity.TheSystem.Name, names(late)+"还没有答复能否参加", at, late...), true
	}
	return Moved{}, false
}

// next is the working day after a day.
func next(days clock.Days, day calendar.Day) calendar.Day {
	for range 31 {
		if day++; days.Works(day) {
			return day
		}
	}
	return day
}

func names(parts []Part) string {
	var all []string
	for _, p := range parts {
		all = append(all, p.Name)
	}
	return join(all)
}

// A Conclusion is what a department says after it has seen the place.
type Conclusion struct {
	Verdict  string
	Findings []Finding
	Say      string
	Evidence []cases.Evidence
	Signed   ink.Signature
}

// Conclude takes down the signed conclusion of the actor's department. Every
// point that it looks at is found to meet what is demanded or not; with one that
// does not, nobody concludes 通过.
func (v *Visit) Conclude(c Conclusion, by identity.Actor, at time.Time) (Moved, error) {
	p, err := v.part(by)
	c.Say = strings.TrimSpace(c.Say)
	switch {
	case err != nil:
		return Moved{}, err
	case p.Verdict != "":
		return Moved{}, fault.New(fault.Conflict, "visits.conclude.twice", "%s已经作出结论", p.Name)
	case calendar.DayOf(at) < v.Day:
		return Moved{}, fault.New(fault.Conflict, "visits.conclude.early", "还没有到踏勘的日期（%s），到现场看过再作结论", v.Day.Han())
	}
	found, bad := v.own(p.Agency, c.Findings, fault.New(fault.Invalid, "visits.conclude", "结论还有需要修改的地方"))
	bad = c.checkVerdict(found, bad).With("", fault.Fields(cases.CheckEvidence(c.Evidence, at)))
	bad = v.checkTaken(bad, c.Evidence)
	if c.Signed.Name != by.Name {
		bad = bad.At("sign", "name", "请由%s本人签名", by.Name)
	}
	if len(bad.Fields) > 0 {
		return Moved{}, bad
	}
	p.Verdict, p.Findings, p.Say, p.Evidence, p.Signed = c.Verdict, found, c.Say, c.Evidence, c.Signed
	p.By, p.At = Person{by.Account, by.Name, p.Name}, at
	return v.moved(Conclude, by.Name, p.Name+"："+c.Verdict, at, p), nil
}

// own is what was found of the points that a department looks at, one finding of each;
// what is said of others' points counts for nothing. Added are those left out, and
// faults that nobody could put right as they are told.
func (v *Visit) own(agency string, said []Finding, bad *fault.Error) (all []Finding, _ *fault.Error) {
	for _, point := range v.Own(agency) {
		i := slices.IndexFunc(said, func(f Finding) bool { return f.Point == point.ID })
		if i < 0 {
			bad = bad.At("meets."+point.ID, "required", "请判断“%s”", point.Text)
			continue
		}
		f := said[i]
		switch f.Say = strings.TrimSpace(f.Say); {
		case !f.Meets && f.Say == "":
			bad = bad.At("say."+point.ID, "required", "请写明“%s”哪里不符合", point.Text)
		case utf8.RuneCountInString(f.Say) > longest:
			bad = bad.At("say."+point.ID, "length", "最多%d个字", longest)
		}
		all = append(all, f)
	}
	return all, bad
}

// checkVerdict adds what the conclusion lacks, or says against what was found.
func (c Conclusion) checkVerdict(found []Finding, bad *fault.Error) *fault.Error {
	wrong := len(slices.DeleteFunc(slices.Clone(found), func(f Finding) bool { return f.Meets }))
	switch {
	case c.Verdict != Pass && c.Verdict != Mend && c.Verdict != Fail:
		bad = bad.At("verdict", "required", "请选择结论")
	case c.Verdict == Pass && wrong > 0:
		bad = bad.At("verdict", "contrary", "有 %d 处不符合，不能作“通过”的结论", wrong)
	case c.Verdict != Pass && wrong == 0 && c.Say == "":
		bad = bad.At("say", "required", "请写明理由")
	}
	if utf8.RuneCountInString(c.Say) > longest {
		bad = bad.At("say", "length", "最多%d个字", longest)
	}
	return bad
}

// checkTaken adds what was taken before anybody planned to go: it shows something
// else. When it is handed in does not matter, where there was no network.
func (v *Visit) checkTaken(bad *fault.Error, all []cases.Evidence) *fault.Error {
	for i, e := range all {
		if !e.At.IsZero() && e.At.Before(v.Opened) {
			bad = bad.At(fmt.Sprintf("evidence[%d].at", i), "early", "“%s”拍摄于%s，早于召集这次踏勘的时间；相机时间不准的，请填写实际拍摄时间", e.Name, e.At.In(calendar.Zone).Format("2006年1月2日 15:04"))
		}
	}
	return bad
}

// Shown is a file that a conclusion rests on.
func (v *Visit) Shown(hash string) (cases.File, bool) {
	for _, p := range v.Parts {
		for _, e := range p.Evidence {
			if e.Hash == hash {
				return e.File, true
			}
		}
	}
	return cases.File{}, false
}

// Told is the conclusion of a department as its case is told of it.
func (v *Visit) Told(p Part) string {
	say := "联合踏勘（" + v.Day.Han() + "，" + v.Where + "）：" + p.Verdict
	for _, f := range p.Findings {
		if !f.Meets {
			say += "；" + f.Say
		}
	}
	if p.Say != "" {
		say += "；" + p.Say
	}
	return say
}
