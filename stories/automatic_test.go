package stories

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

// automaticSteps are the sentences about what the program does by itself.
var automaticSteps = []step{
	sentence(`(\S+)(?: 代 (\S+))? 网上申请 (\S+) (\S+?)(?: 情形 (.+))?`, submitOnline),
	sentence(`(\S+) 停用 (\S+)(?: 的规则 (\S+))? 因为 (\S+)`, func(s *teller, w []string) error { return turn(s, w, true) }),
	sentence(`(\S+) 恢复 (\S+)(?: 的规则 (\S+))? 因为 (\S+)`, func(s *teller, w []string) error { return turn(s, w, false) }),
	sentence(`(\S+) 抽查 (\S+) (无误|有误)(?:：(\S+?))?(?: 应当撤销：(\S+))?`, checkDecision),
	sentence(`(\S+) 纠正 (\S+)：(\S+)`, func(s *teller, w []string) error {
		_, err := s.Cases.MendDecision(s.t.Context(), s.id(w[1]), w[2], s.person(w[0]))
		return err
	}),
	sentence(`＝ ?(\S+) 自动审查全部成立`, func(s *teller, w []string) error { s.expected(why(s, w[0]), ""); return nil }),
	sentence(`＝ ?(\S+) 转人工：(\S+)`, func(s *teller, w []string) error { s.expected(why(s, w[0]), w[1]); return nil }),
	sentence(`＝ ?(\S+) 没有自动审查`, func(s *teller, w []string) error {
		if s.find(w[0]).Prejudged != nil {
			s.t.Fatalf("%s\nbut it was looked over", s.line)
		}
		return nil
	}),
	sentence(`＝ ?(\S+) (待|不待)抽查或者纠正`, func(s *teller, w []string) error {
		if s.find(w[0]).Wanting() != (w[1] == "待") {
			s.t.Fatalf("%s\nbut it is otherwise: %+v", s.line, s.find(w[0]).Prejudged)
		}
		return nil
	}),
	sentence(`＝ ?(\S+) 重演一致`, func(s *teller, w []string) error { replayed(s, w[0]); return nil }),
}

// handSteps are the sentences about work that changes hands.
var handSteps = []step{
	sentence(`(\S+) 请 (\S+) 加签 (\S+) (\S+) 因为 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Cases.AddSigner(s.t.Context(), s.id(w[2]), s.work(w[2], w[3]).ID, s.person(w[1]), w[4], s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 委托 (\S+) 办理 (\S+) (\S+) 因为 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Cases.Delegate(s.t.Context(), s.id(w[2]), s.work(w[2], w[3]).ID, s.person(w[1]), w[4], s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 收回委托 (\S+) (\S+) 因为 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Cases.TakeBack(s.t.Context(), s.id(w[1]), s.work(w[1], w[2]).ID, w[3], s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 转办 (\S+) (\S+) 给 (\S+) 因为 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Cases.Transfer(s.t.Context(), s.id(w[1]), s.work(w[1], w[2]).ID, s.person(w[3]), w[4], s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 审查 (\S+) (\S+) (同意|附条件同意|不同意) 附 (\S+) 拍摄于 (\S+)`, func(s *teller, w []string) error {
		e := cases.Evidence{File: cases.File{Hash: "h-" + w[4], Name: w[4], Type: "jpeg", Size: 2048}, Place: w[5], At: s.now.Add(-time.Hour)}
		_, err := s.Cases.Review(s.t.Context(), s.id(w[1]), s.work(w[1], w[2]).ID, w[3], "见照片", s.person(w[0]), e)
		return err
	}),
	sentence(`＝ ?(\S+) 的加签清单有 (\S+)`, func(s *teller, w []string) error {
		rows, err := s.Cases.Signing(s.t.Context(), s.person(w[0]))
		if err != nil || len(rows) != 1 || rows[0].Case != s.id(w[1]) {
			s.t.Fatalf("%s\nbut it is %v %v", s.line, rows, err)
		}
		return nil
	}),
	sentence(`巡查预警`, func(s *teller, _ []string) error {
		return errors.Join(s.Supervision.Refresh(s.t.Context()), s.Supervision.Sweep(s.t.Context()))
	}),
	sentence(`(\S+) 答复督办 (\S+)：(\S+)`, func(s *teller, w []string) error {
		_, err := s.Cases.AnswerUrge(s.t.Context(), s.id(w[1]), w[2], s.person(w[0]))
		return err
	}),
	sentence(`＝ ?(\S+) 预警 (\S+)`, func(s *teller, w []string) error {
		all, err := s.Supervision.AlarmStore.Standing(s.t.Context(), s.alarmed(w[0]))
		if err != nil {
			return err
		}
		names := map[string]bool{}
		for _, a := range all {
			rule, _ := s.Supervision.Alarms.Rule(a.Rule)
			names[rule.Name] = true
		}
		said := slices.Sorted(maps.Keys(names))
		if len(said) == 0 {
			said = []string{"没有"}
		}
		s.expected(strings.Join(said, "、"), w[1])
		return nil
	}),
	sentence(`＝ ?(\S+) 的提醒(有|没有) (\S+) (\S+)`, func(s *teller, w []string) error {
		all, err := s.Supervision.Notices(s.t.Context(), s.person(w[0]))
		if err != nil {
			return err
		}
		told := slices.ContainsFunc(all, func(n supervision.Notice) bool {
			rule, _ := s.Supervision.Alarms.Rule(n.Rule)
			return n.Case == s.alarmed(w[2]) && rule.Name == w[3]
		})
		if told != (w[1] == "有") {
			s.t.Fatalf("%s\nbut they were told %v", s.line, all)
		}
		return nil
	}),
	sentence(`＝ ?(\S+) 的加签清单是空的`, func(s *teller, w []string) error {
		rows, err := s.Cases.Signing(s.t.Context(), s.person(w[0]))
		if err != nil || len(rows) != 0 {
			s.t.Fatalf("%s\nbut it is %v %v", s.line, rows, err)
		}
		return nil
	}),
}

// submitOnline files from the portal, perhaps for a firm: every material is a file, or
// the certificate that stands for it.
func submitOnline(s *teller, w []string) error {
	ctx, by := s.t.Context(), s.person(w[0])
	who := cases.Applicant{Party: by.Party, Name: by.Name}
	if w[1] != "" {
		who = s.firm(w[1])
		by.Party, who.Agent = who.Party, w[0]
	}
	found, err := s.Items.Search(ctx, w[3], items.Filter{}, 0)
	if err != nil || len(found.Hits) == 0 {
		s.t.Fatalf("%s\nno item is called %s (%v)", s.line, w[3], err)
	}
	e, err := s.Items.Open(ctx, found.Hits[0].ID, calendar.DayOf(s.now))
	if err != nil {
		return err
	}
	a := s.application(e, by, nil, w[4])
	a.Applicant = who
	for i, h := range a.Materials {
		a.Materials[i] = cases.Handed{Material: h.Material, Files: []cases.File{{Hash: "h-" + h.Material, Name: "扫描件.pdf", Type: "pdf", Size: 2048}}}
	}
	c, err := s.Cases.Submit(ctx, a, by)
	if err == nil {
		s.cases[w[2]] = c.ID
	}
	return err
}

// firm is an organisation of the sample city.
func (s *teller) firm(name string) cases.Applicant {
	for _, o := range s.sample().Organisations {
		if o.Name == name {
			return cases.Applicant{Party: o.ID, Name: o.Name, Org: true}
		}
	}
	s.t.Fatalf("%s\nno firm is called %s", s.line, name)
	return cases.Applicant{}
}

func turn(s *teller, w []string, off bool) error {
	found, err := s.Items.Search(s.t.Context(), w[1], items.Filter{}, 0)
	if err != nil || len(found.Hits) == 0 {
		s.t.Fatalf("%s\nno item is called %s (%v)", s.line, w[1], err)
	}
	return s.Switches.Turn(s.t.Context(), found.Hits[0].ID, w[2], off, w[3], s.person(w[0]))
}

func checkDecision(s *teller, w []string) error {
	_, err := s.Cases.CheckDecision(s.t.Context(), s.id(w[1]), w[2] == "无误", w[3], "", w[4], s.person(w[0]))
	return err
}

// why is why the case went to a person, in the words kept with it.
func why(s *teller, name string) string {
	p := s.find(name).Prejudged
	if p == nil {
		s.t.Fatalf("%s\nbut it was not looked over", s.line)
	}
	return strings.Join(p.Why, "、")
}

// replayed carries the record away as a file and reckons it there and here.
func replayed(s *teller, name string) []byte {
	record, err := s.Cases.Record(s.t.Context(), s.find(name).Number, identity.TheSystem)
	if err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
	here, err := record.Replay()
	if err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
	text, err := json.Marshal(record)
	if err != nil {
		s.t.Fatal(err)
	}
	var carried cases.Record
	if err := json.Unmarshal(text, &carried); err != nil {
		s.t.Fatal(err)
	}
	there, err := carried.Replay()
	if err != nil || !bytes.Equal(here, there) {
		s.t.Fatalf("%s\nelsewhere it comes out otherwise: %v\n%s\n%s", s.line, err, here, there)
	}
	return here
}

// What was granted by rules is reckoned again to the same bytes, whatever the
// database it was kept in (行政许可法第三十四条; 徐政发〔2022〕21号（二十四）).
func TestAReplayIsTheSameOnEveryDatabase(t *testing.T) {
	var mu sync.Mutex
	var all [][]byte
	t.Run("kept", func(t *testing.T) {
		apptest.Each(t, apptest.Name, dawn, func(t *testing.T, kept app.Settings) {
			told := automatic(t, kept)
			mu.Lock()
			defer mu.Unlock()
			all = append(all, told)
		})
	})
	if len(all) == 0 || slices.ContainsFunc(all, func(one []byte) bool { return !bytes.Equal(one, all[0]) }) {
		t.Errorf("the databases do not agree:\n%s", bytes.Join(all, []byte("\n")))
	}
}

// automatic has a case granted by rules, and reckons that again.
func automatic(t *testing.T, kept app.Settings) []byte {
	t.Helper()
	s := &teller{city: openCity(t, kept), t: t, cases: map[string]cases.ID{}, line: "replay"}
	for _, line := range []string{"在 2026-03-02", "张伟 代 徐州示例餐饮管理有限公司 网上申请 甲 住房公积金单位缴存登记", "＝ 甲 准予"} {
		s.say(line)
		if s.err != nil {
			t.Fatal(line, s.err)
		}
		s.deliver()
	}
	return identifier.ReplaceAll(replayed(s, "甲"), []byte("执照（"))
}

// identifier is that of the company's licence, by chance another in each city.
var identifier = regexp.MustCompile(`1\.2\.156\.3005\.2\.\S+（`)

// Whoever changes a word of the record, an input or a rule is found out.
func TestATamperedRecordIsNotReplayed(t *testing.T) {
	s := &teller{city: openCity(t, apptest.Of(t, apptest.Name, dawn)), t: t, cases: map[string]cases.ID{}, line: "replay"}
	for _, line := range []string{"在 2026-03-02", "张伟 代 徐州示例餐饮管理有限公司 网上申请 甲 仅销售预包装食品备案 情形 网络经营=否 经营种类=普通预包装食品"} {
		s.say(line)
		s.deliver()
	}
	for name, spoil := range map[string]func(*cases.Record){
		"an input":  func(r *cases.Record) { r.Facts[1].Body = strings.Replace(r.Facts[1].Body, "true", "false", 1) },
		"the order": func(r *cases.Record) { r.Facts[0], r.Facts[1] = r.Facts[1], r.Facts[0] },
		"the rule": func(r *cases.Record) {
			e := *r.Editions[0]
			e.Automatic.Rules = slices.Clone(e.Automatic.Rules)
			e.Automatic.Rules[0].When = "true"
			r.Editions = []*items.Edition{&e}
		},
		"the edition": func(r *cases.Record) { r.Editions = nil },
	} {
		t.Run(name, func(t *testing.T) {
			record, err := s.Cases.Record(t.Context(), s.find("甲").Number, identity.TheSystem)
			if err != nil {
				t.Fatal(err)
			}
			spoil(&record)
			if out, err := record.Replay(); err == nil {
				t.Errorf("nobody noticed: %s", out)
			}
		})
	}
}
