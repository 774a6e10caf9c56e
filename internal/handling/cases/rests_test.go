package cases_test

import (
	"strings"
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/laws"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// under is an edition of the type that rests on the law.
func under(t items.Type, law, article string, results ...string) *items.Edition {
	e := &items.Edition{Type: t, Bases: []items.Basis{{Law: law, Article: article}}}
	for _, name := range results {
		e.Results = append(e.Results, items.Result{Name: name})
	}
	return e
}

func TestWhatALaterDecisionRestsOn(t *testing.T) {
	const fund, company = "住房公积金管理条例", "中华人民共和国市场主体登记管理条例"
	food, assistance := under(items.Licence, "食品安全法", "第三十五条"), under(items.Payment, "社会救助暂行办法", "第九条")
	aid, residence := under(items.Payment, "中华人民共和国法律援助法", "第四十三条"), under(items.Confirmation, "居住证暂行条例", "第二条", "居住证")
	registration := under(items.Licence, company, "第十九条", "准予设立登记通知书")
	for _, tt := range []struct {
		name         string
		e            *items.Edition
		kind         cases.LaterKind
		ground, want string
	}{
		{"a licence is changed", food, cases.Changing, "", "行政许可法第四十九条"},
		{"a licence is renewed", food, cases.Renewing, "", "行政许可法第五十条"},
		{"a licence is annulled", food, cases.Annulling, cases.Fraud, "行政许可法第六十九条"},
		{"a licence is stripped", food, cases.Stripping, "", "行政处罚法第九条"},
		{"a registration is changed", registration, cases.Changing, "", "市场主体登记管理条例第二十四条"},
		{"a registration ends", registration, cases.Cancelling, "", "市场主体登记管理条例第三十一条"},
		{"a registration was got by fraud", registration, cases.Annulling, cases.Fraud, "市场主体登记管理条例实施细则第五十三条"},
		{"a registration was beyond the power", registration, cases.Annulling, "超越法定职权作出准予决定", "行政许可法第六十九条"},
		{"a filed rest is no registration", under(items.OtherPower, company, "第三十条", "歇业备案通知书"), cases.Cancelling, "", ""},
		{"assistance was got by fraud", assistance, cases.Annulling, cases.Fraud, "社会救助暂行办法第六十八条"},
		{"assistance was beyond the power", assistance, cases.Annulling, "超越法定职权作出准予决定", ""},
		{"aid was got by fraud", aid, cases.Annulling, cases.Fraud, "法律援助法第四十八条"},
		{"an employer's insurance changes", under(items.PublicService, "社会保险法", "第五十七条"), cases.Changing, "", "社会保险法第五十七条"},
		{"a benefit of insurance ends", under(items.Payment, "社会保险法", "第五十四条"), cases.Cancelling, "", ""},
		{"an employer leaves the fund", under(items.PublicService, fund, "第十四条第一款"), cases.Cancelling, "", "住房公积金管理条例第十四条"},
		{"the fund pays out", under(items.PublicService, fund, "第二十四条"), cases.Cancelling, "", ""},
		{"land is registered otherwise", under(items.Confirmation, "不动产登记暂行条例", "第十四条"), cases.Changing, "", "不动产登记暂行条例第十四条"},
		{"residence goes on", residence, cases.Renewing, "", "居住证暂行条例第十条"},
		{"residence ends", residence, cases.Cancelling, "", ""},
		{"a grant is recalled", assistance, cases.Recalling, "", ""},
		{"a reward is annulled", under(items.Reward, "某条例", "第一条"), cases.Annulling, cases.Fraud, ""},
		{"a ruling is annulled", under(items.Adjudication, "某条例", "第一条"), cases.Annulling, cases.Fraud, ""},
	} {
		if got := tt.kind.Article(tt.e, tt.ground); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// No act on what is no licence rests on the law about licences, and every act on
// one rests on what the table of life says.
func TestOnlyLicencesRestOnTheLawAboutThem(t *testing.T) {
	for _, kind := range items.Types() {
		e := under(kind, "某条例", "第一条")
		for _, m := range cases.Life {
			got := m.Rests(e)
			if (kind == items.Licence) != (got == m.Basis) && strings.HasPrefix(m.Basis, "行政许可法") || kind != items.Licence && strings.HasPrefix(got, "行政许可法") {
				t.Errorf("%s of %s rests on %q", m.Act, kind, got)
			}
		}
	}
}

// What the sample city's grants may come to rests on articles of the one list.
func TestWhatLaterDecisionsRestOnIsInTheList(t *testing.T) {
	all, err := laws.Cited(data.Laws)
	if err != nil {
		t.Fatal(err)
	}
	codex, sample, n := laws.NewCodex(all), map[string]bool{}, 0
	editions, err := items.ReadAll(data.Sample, "sample/items")
	if err != nil {
		t.Fatal(err)
	}
	editions = append(editions, under(items.Payment, "社会救助暂行办法", "第九条"))
	for _, e := range editions {
		for _, k := range cases.LaterKinds {
			for _, ground := range append(k.Grounds(e.Type), "") {
				sample[k.Article(e, ground)] = true
			}
		}
	}
	for cited := range sample {
		if law, article, ok := strings.Cut(cited, "第"); ok {
			n++
			if found := codex.Judge(law, "第"+article, 0); len(found) > 0 {
				t.Errorf("%s: enter it in data/laws.txt (%v)", cited, found)
			}
		}
	}
	if n < 12 {
		t.Error("few articles were looked at:", sample)
	}
}

// benefit is a granted payment, with what proves it.
func benefit(t *testing.T, until string) *holder {
	h := granted(t, until)
	h.f.Edition.Type, h.f.Edition.Bases = items.Payment, []items.Basis{{Law: "老年人权益保障法", Article: "第三十三条"}}
	return h
}

func TestWhatIsNoLicenceIsNotUndoneWithoutItsLaw(t *testing.T) {
	h := benefit(t, "2026-09-30")
	propose := func(kind cases.LaterKind, ground, basis string) (cases.Moved, error) {
		return h.c.Propose(h.f.Edition, cases.Later{Kind: kind, Ground: ground, Reason: "查实", Basis: basis}, h.days, casestest.ZhouHai, h.now)
	}
	for _, tt := range []struct {
		name          string
		kind          cases.LaterKind
		ground, basis string
		code, field   string
	}{
		{"annulled on nothing", cases.Annulling, cases.Fraud, "", "cases.propose-later.basis", "basis"},
		{"annulled", cases.Annulling, cases.Fraud, "江苏省老年人权益保障条例第三十条", "", ""},
		{"recalled in the words of licences", cases.Recalling, "准予许可所依据的客观情况发生重大变化", "某条例第一条", "cases.propose-later.ground", "ground"},
		{"recalled", cases.Recalling, "作出决定所依据的客观情况发生重大变化", "某条例第一条", "", ""},
		{"stripped", cases.Stripping, "违法行为情节严重，依法吊销许可证件", "某条例第一条", "cases.propose-later.kind", "kind"},
		{"ended on nothing", cases.Cancelling, "公民死亡或者丧失行为能力", "", "cases.propose-later.basis", "basis"},
	} {
		m, err := propose(tt.kind, tt.ground, tt.basis)
		h.refused(tt.code, err)
		if fields := fault.Fields(err); err != nil && (len(fields) != 1 || fields[0].Path != tt.field) {
			t.Errorf("%s: %v", tt.name, fields)
		}
		if err == nil && (m.Basis != tt.basis || m.Later.Basis != tt.basis) {
			t.Errorf("%s rests on %q, %q", tt.name, m.Basis, m.Later.Basis)
		}
	}
}

func TestSilenceRenewsLicencesOnly(t *testing.T) {
	h := benefit(t, "2026-09-30")
	h.on("2026-08-20")
	h.does(h.ask(cases.Renewing))
	if ring := h.c.Alarm(h.days); ring != 0 {
		t.Errorf("rings on %s", ring.Day())
	}
	h.does(h.c.Vet("同意", casestest.ZhouHai, h.now))
	h.on("2026-10-12") // after its end: it was asked for in time
	h.does(h.conclude(true, casestest.ZhaoGang))
	if l := h.c.Later; l.Deemed || !l.Granted || l.Basis != "" || l.Till != calendar.Parse("2031-09-30") {
		t.Errorf("%+v", l)
	}
}

// What a check finds proposes by itself, and rests on what the benefit was granted by.
func TestAFindingRestsOnTheItemsOwnLaw(t *testing.T) {
	h := benefit(t, "")
	h.c.Prejudged = &cases.Prejudged{Granted: true}
	m, err := h.c.Recheck(h.f.Edition, false, "错了", "r1", cases.Fraud, h.days, casestest.ZhaoGang, h.now)
	if err != nil || m.Later.Basis != "《老年人权益保障法》第三十三条" {
		t.Errorf("%+v %v", m.Later, err)
	}
}
