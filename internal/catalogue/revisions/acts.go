package revisions

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/laws"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// move begins a fact about the revision.
func (r *Revision) move(act Act, rules Rules, by identity.Actor, at time.Time) (Moved, error) {
	doer, part, err := r.judge(act, rules, by)
	if err != nil {
		return Moved{}, err
	}
	to := MoveOf(act).To
	if to == "" {
		to = r.State
	}
	return Moved{
		Revision: r.ID, Seq: r.Head.Seq + 1, Act: act, From: r.State, To: to, By: doer, Part: part, At: at,
		Request: asked(by), Item: r.Item, Name: r.name(),
	}, nil
}

func (r *Revision) name() string {
	if r.Text == nil {
		return ""
	}
	return r.Text.Name
}

func asked(by identity.Actor) string {
	if by.Request == "" {
		return ""
	}
	return by.Account + "/" + by.Request
}

// Seen refuses an act on a text that is not the one the page showed.
func (r *Revision) Seen(version int64) error {
	if version == r.Head.Seq {
		return nil
	}
	return fault.New(fault.Conflict, "revisions.stale", "这份草稿在您打开以后已被他人修改，您的内容没有丢失，也还没有保存。请核对两边的内容后再保存")
}

// begin is the first fact of a revision of e, the edition to be changed.
func begin(id ID, s Start, e *items.Edition, rules Rules, by identity.Actor, at time.Time) (Moved, error) {
	if err := s.check(calendar.DayOf(at)); err != nil {
		return Moved{}, err
	}
	return opening(id, s, e.Number, s.text(e, calendar.DayOf(at)), Home(e.Region, by), rules, by, at)
}

// starts is the first fact of a revision that founds an item.
func starts(id ID, s Start, text *items.Edition, rules Rules, by identity.Actor, at time.Time) (Moved, error) {
	if err := s.check(calendar.DayOf(at)); err != nil {
		return Moved{}, err
	}
	return opening(id, s, 0, text, Home(text.Region, by), rules, by, at)
}

func opening(id ID, s Start, base int, text *items.Edition, home string, rules Rules, by identity.Actor, at time.Time) (Moved, error) {
	r := &Revision{ID: id, Item: s.Item, Region: home}
	m, err := r.move(Open, rules, by, at)
	if err != nil {
		return m, err
	}
	m.Start, m.Region, m.Base, m.Effective = &s, home, base, s.Effective
	m.text, m.Name = text, text.Name
	return m, nil
}

func (s Start) check(today calendar.Day) error {
	wrong := fault.New(fault.Invalid, "revisions.open.start", "调整申请有内容需要补充")
	if !slices.Contains(Reasons, s.Reason) && s.Reason != Reorganised {
		wrong = wrong.At("reason", "required", "请选择调整原因")
	}
	if strings.TrimSpace(s.Why) == "" {
		wrong = wrong.At("why", "required", "请写明依据的法规、文件或者理由")
	}
	if s.Effective != 0 && s.Effective < today {
		wrong = wrong.At("effective", "past", "生效日期不能早于今天")
	}
	if s.Retire && s.Effective == 0 {
		wrong = wrong.At("effective", "required", "取消事项须写明从哪一天起不再受理")
	}
	return fault.When(len(wrong.Fields) > 0, wrong)
}

// text is the draft a revision begins with: the edition as it stands, in force
// from a day or, if the item is to end, no longer in force from that day.
func (s Start) text(e *items.Edition, today calendar.Day) *items.Edition {
	text := Clone(e)
	text.State, text.Effective = items.Draft, max(s.Effective, today)
	if s.Retire {
		text.Effective, text.Retired = today, s.Effective
	}
	return text
}

// save keeps a further wording of the text. What names the item and its place
// in the catalogue stays what it was.
func (r *Revision) save(text *items.Edition, version int64, rules Rules, by identity.Actor, at time.Time) (Moved, error) {
	m, err := r.move(Save, rules, by, at)
	if err != nil {
		return m, err
	}
	if err := r.Seen(version); err != nil {
		return m, err
	}
	text.Item, text.State = r.Text.Item, items.Draft
	if r.Base > 0 { // a new item may still be given to another agency
		text.Region, text.Agency = r.Text.Region, r.Text.Agency
	}
	m.text, m.Name, m.Effective = text, text.Name, text.Effective
	return m, nil
}

// submit reports the text to the auditor. Nothing is reported that could not be
// published, that changes nothing, or that goes beyond the superior's record.
func (r *Revision) submit(base *items.Edition, held Held, document string, version int64, rules Rules, by identity.Actor, at time.Time) (Moved, error) {
	m, err := r.move(Submit, rules, by, at)
	if err != nil {
		return m, err
	}
	if err := r.Seen(version); err != nil {
		return m, err
	}
	if !identity.Within(r.Text.Region, r.Region) {
		return m, fault.New(fault.Invalid, "revisions.submit.region", "实施主体不在本级区域内，还不能报送。请在“编码和归属”里选定本级或者下级的实施主体").At("agency", "region", "请选定本级或者下级的实施主体")
	}
	if err := items.Refusal(Examine(r.Text, held)); err != nil {
		return m, fault.New(fault.Invalid, "revisions.submit.check", "体检没有通过，还不能报送。请按体检结果逐项修改").At("check", "findings", "%s", sayAll(err))
	}
	if !slices.ContainsFunc(Diff(base, r.Text), func(d Difference) bool { return d.Path != "effective" }) {
		return m, fault.New(fault.Invalid, "revisions.submit.same", "与现行版本没有任何差别，无需报送")
	}
	if r.Twice && document == "" {
		return m, fault.New(fault.Invalid, "revisions.submit.document", "二报二审须同时报送纸质文件，请填写文号").At("document", "required", "请填写报送文件的文号")
	}
	m.Document = document
	return m, nil
}

func sayAll(err error) string {
	var all []string
	for _, f := range fault.Fields(err) {
		all = append(all, f.Say)
	}
	if len(all) > 3 {
		return fmt.Sprintf("%s等%d处", strings.Join(all[:3], "；"), len(all))
	}
	return strings.Join(all, "；")
}

// Held is what a draft is held to beside its own rules.
type Held struct {
	Superior *items.Edition // of the same catalogue code, one level up; nil: none
	Laws     *laws.Codex    // nil: none
	Today    calendar.Day
	Known    func(year int) bool // whether the working days of a year are published; nil: not asked
	Types    []string            // of certificates that are registered; nil: not asked
}

// uncertified refuses a result whose certificate is of a type that nobody
// registered: a case would be granted, and its certificate never made.
func (h Held) uncertified(e *items.Edition) (found []items.Finding) {
	for i, r := range e.Results {
		if h.Types != nil && r.CertificateType != "" && !slices.Contains(h.Types, r.CertificateType) {
			found = append(found, items.Finding{Rule: "revisions.certificate", Severity: items.Error, Path: fmt.Sprintf("results[%d].certificateType", i),
				Say: fmt.Sprintf("证照类型里没有“%s”，准予以后发不出证照；请写已登记的证照类型，或者先请管理员登记", r.CertificateType)})
		}
	}
	return found
}

// uncounted warns of an edition that takes effect when working days cannot be
// counted yet, because the calendar of its year ends before: limits would be
// reckoned by weekends alone.
func (h Held) uncounted(e *items.Edition) []items.Finding {
	limit := e.Binding()
	if h.Known == nil || e.Effective == 0 || limit.Unit != clock.WorkingDays {
		return nil
	}
	last := max(e.Effective, h.Today) + calendar.Day(limit.N*7/5+1)
	for year := max(e.Effective, h.Today).Year(); year <= last.Year(); year++ {
		if !h.Known(year) {
			return []items.Finding{{Rule: "revisions.calendar", Severity: items.Warning, Path: "effective",
				Say: fmt.Sprintf("%d年的工作日历还没有公布，%s起受理的办件暂按周末推算期限，请在日历公布后及时录入", year, max(e.Effective, h.Today).Han())}}
		}
	}
	return nil
}

// Examine looks a draft over before it is reported (体检), and holds it to the
// superior's edition and to the register of laws.
func Examine(text *items.Edition, held Held) []items.Finding {
	found := append(text.Check(), text.Citations(held.Laws, held.Today)...)
	found = append(found, held.uncounted(text)...)
	found = append(found, held.uncertified(text)...)
	if held.Superior != nil {
		found = append(found, text.Exceeds(held.Superior)...)
	}
	slices.SortStableFunc(found, func(a, b items.Finding) int { return strings.Compare(string(a.Severity), string(b.Severity)) })
	return found
}

// approve passes the text on: to the level above, or, after the first of two
// reports, back to be reported again (二报二审, 阿营组发〔2018〕3号).
func (r *Revision) approve(say, document string, version int64, rules Rules, by identity.Actor, at time.Time) (Moved, error) {
	m, err := r.move(Approve, rules, by, at)
	if err != nil {
		return m, err
	}
	if err := r.Seen(version); err != nil {
		return m, err
	}
	if r.Twice && r.Round == 0 {
		m.To = Once
	}
	m.Say, m.Document = say, document
	return m, nil
}

// sendBack returns the text to be changed, with reasons.
func (r *Revision) sendBack(act Act, why string, version int64, rules Rules, by identity.Actor, at time.Time) (Moved, error) {
	m, err := r.move(act, rules, by, at)
	if err != nil {
		return m, err
	}
	if err := r.Seen(version); err != nil {
		return m, err
	}
	m.Say = strings.TrimSpace(why)
	return m, needed(act, "say", m.Say, "请写明理由，让对方知道怎么改")
}

func needed(act Act, field, text, say string) error {
	if text != "" {
		return nil
	}
	return fault.New(fault.Invalid, "revisions."+string(act)+"."+field, "%s", say).At(field, "required", "%s", say)
}

// confirm puts the text before the public for the city's period. Where the
// level above is not in this installation, its letter is named.
func (r *Revision) confirm(say, document string, version int64, rules Rules, by identity.Actor, at time.Time) (Moved, error) {
	m, err := r.move(Confirm, rules, by, at)
	if err != nil {
		return m, err
	}
	if err := r.Seen(version); err != nil {
		return m, err
	}
	if rules.Outside(r) {
		if err := needed(Confirm, "document", document, "上级不在本平台办理，请填写上级同意的文号或者备案编号"); err != nil {
			return m, err
		}
	}
	m.Say, m.Document = say, document
	m.Since = calendar.DayOf(at)
	m.Until = m.Since + calendar.Day(rules.period())
	return m, nil
}
