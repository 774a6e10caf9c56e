package laws_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/laws"
	"tongban/internal/ground/fault"
)

func TestArticlesThatACitationNames(t *testing.T) {
	for text, want := range map[string]string{
		"第三十五条": "第三十五条", "第三十五条第二款第（三）项": "第三十五条", "第十一条、第十二条": "第十一条 第十二条", "第八条至第十条": "第八条至第十条",
		"第一千零四十六条至第一千零四十八条": "第一千零四十六条至第一千零四十八条", "第35条": "第三十五条", "第３５条": "第三十五条", "第十条之一": "第十条之一",
		"第十九条（独立地下空间项目人防面积不低于40%）": "第十九条", "第三条第一款至第五条": "第三条至第五条", "第三条，第五条": "第三条 第五条", "全文": "", "第二部分": "",
		"第一百一十条、第一百零二条": "第一百一十条 第一百零二条", "第十条至第九条": "第十条 第九条",
	} {
		var got []string
		for _, s := range laws.Articles(text) {
			got = append(got, s.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestNumbersOfArticlesAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9999).Draw(t, "n")*100 + rapid.SampledFrom([]int{0, 0, 1, 12}).Draw(t, "added")
		text := laws.Span{First: n, Last: n}.String()
		if got := laws.Articles(text); len(got) != 1 || got[0].First != n {
			t.Fatalf("%d is written %s and read %v", n, text, got)
		}
	})
}

func TestALawIsKnownHoweverItIsWritten(t *testing.T) {
	for text, want := range map[string]string{
		"《中华人民共和国食品安全法》": "食品安全法", "食品安全法（2021-04-29）": "食品安全法", "取水许可和水资源费征收管理条例（国务院令第460号）": "取水许可和水资源费征收管理条例",
		"企业国有资产法(2009修正)（第5号）": "企业国有资产法", "某某条例（试行）": "某某条例（试行）", "（全文）": "（全文）", "": "",
	} {
		if got := laws.Title(text); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	if name, version := laws.Named("《消防法（2021-04-29）》"); name != "消防法" || version.String() != "2021-04-29" {
		t.Error(name, version)
	}
}

// whole is a law of n articles with their wording.
func whole(law, version string, n int) (all []laws.Article) {
	for i := 1; i <= n; i++ {
		all = append(all, laws.Article{Law: law, Version: calendar.Parse(version), Article: laws.Span{First: i * 100, Last: i * 100}.String(), Text: fmt.Sprint("第", i)})
	}
	return all
}

func TestCitationsAreJudgedOnTheDay(t *testing.T) {
	all := append(whole("中华人民共和国甲法", "2019-04-23", 83), whole("乙条例", "2003-08-08", 22)...)
	all = append(all, whole("乙条例", "2025-04-06", 20)...)
	for i := range all {
		if all[i].Version == calendar.Parse("2025-04-06") {
			all[i].Effective = calendar.Parse("2025-05-10")
		}
	}
	all = append(all, laws.Article{Law: "丙法", Article: "第八条"}, laws.Article{Law: "丁办法", Article: "第一条", Text: "一", Abolished: calendar.Parse("2024-01-01")})
	old := whole("戊法", "2020-01-01", 3)
	old[1].Abolished = calendar.Parse("2024-01-01")
	codex := laws.NewCodex(append(all, old...))
	for _, tt := range []struct {
		name, law, articles, day string
		want                     laws.Doubt
	}{
		{"an article that is there", "甲法", "第八十三条", "2026-11-20", ""},
		{"its full name", "《中华人民共和国甲法》", "第一条", "2026-11-20", ""},
		{"without an article", "甲法", "", "2026-11-20", ""},
		{"one article too many", "甲法", "第八十四条", "2026-11-20", laws.Missing},
		{"a span that ends beyond the last", "甲法", "第八十条至第八十五条", "2026-11-20", laws.Missing},
		{"a span without end", "甲法", "第一条至第九千条", "2026-11-20", laws.Missing},
		{"before it was passed", "甲法", "第一条", "2018-01-01", laws.Early},
		{"a law nobody has entered", "己法", "第一条", "2026-11-20", laws.Unknown},
		{"a law of which one article is entered", "丙法", "第八条", "2026-11-20", ""},
		{"another article of it", "丙法", "第九条", "2026-11-20", laws.Unlisted},
		{"an old version that a new one took the place of", "乙条例（2003-08-08）", "第一条", "2025-05-10", laws.Abolished},
		{"the old version on its last day", "乙条例（2003-08-08）", "第二十二条", "2025-05-09", ""},
		{"on a day without the version named", "乙条例", "第二十二条", "2025-05-09", ""},
		{"the same article a day later", "乙条例", "第二十二条", "2025-05-10", laws.Missing},
		{"a version that is not here is judged by the day", "乙条例（2011-01-01）", "第二十二条", "2025-05-10", laws.Missing},
		{"a law that has ended", "丁办法", "第一条", "2024-01-01", laws.Abolished},
		{"the day before", "丁办法", "第一条", "2023-12-31", ""},
		{"an article that has ended", "戊法", "第二条", "2026-11-20", laws.Abolished},
		{"its neighbour", "戊法", "第三条", "2026-11-20", ""},
		{"without a day only its existence is asked", "丁办法", "第一条", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got laws.Doubt
			if found := codex.Judge(tt.law, tt.articles, calendar.Parse(tt.day)); len(found) > 0 {
				got = found[0].Doubt
			}
			if got != tt.want {
				t.Errorf("%v, want %q", codex.Judge(tt.law, tt.articles, calendar.Parse(tt.day)), tt.want)
			}
		})
	}
	if found := (*laws.Codex)(nil).Judge("甲法", "第一条", 0); found != nil {
		t.Errorf("no codex knows %v", found)
	}
}

func TestLawsAreMeantByInitialsPinyinAndShortNames(t *testing.T) {
	var all []laws.Article
	for _, name := range []string{"中华人民共和国食品安全法", "食品安全法", "中华人民共和国消费者权益保护法", "中华人民共和国行政许可法", "中华人民共和国行政处罚法", "食品经营许可和备案管理办法"} {
		all = append(all, laws.Article{Law: name, Article: "第一条"})
	}
	codex := laws.NewCodex(all)
	for word, want := range map[string]string{
		"spaqf": "中华人民共和国食品安全法 食品安全法", "SPAQ": "中华人民共和国食品安全法 食品安全法", "shipinjing": "食品经营许可和备案管理办法", "xzxk": "中华人民共和国行政许可法",
		"xz": "中华人民共和国行政处罚法 中华人民共和国行政许可法", "食安法": "中华人民共和国食品安全法 食品安全法", "《消法》": "中华人民共和国消费者权益保护法",
		"xkhba": "食品经营许可和备案管理办法", "aq": "", "安法": "", "许可": "", "法": "", "": "", "35": "",
	} {
		if got := strings.Join(codex.Meant(word), " "); got != want {
			t.Errorf("%q means %s, want %s", word, got, want)
		}
	}
}

func TestFilesOfArticles(t *testing.T) {
	one := laws.Article{Law: "甲法", Version: calendar.Parse("2019-04-23"), Article: "第一条", Chapter: "第一章", Text: "为了甲。"}
	for _, tt := range []struct {
		name, text string
		want       []laws.Article
		faults     []string
	}{
		{"lines", `{"law":"甲法","version":"2019-04-23","chapter":"第一章","article":"第一条","text":"为了甲。"}`, []laws.Article{one}, nil},
		{"a table", "法律名称,条号,条文,章节,版本日期,施行日期,废止日期\n甲法,第一条,为了甲。,第一章,2019/4/23,,\n", []laws.Article{one}, nil},
		{"a version in the name", "法律名称,条号\n《甲法（2019-04-23）》,第1条\n", []laws.Article{{Law: "甲法", Version: one.Version, Article: "第1条"}}, nil},
		{"other headings, unknown ones, a law no longer in force", "法规名称,条款,条文内容,公布日期,时效性,备注\n甲法,第一条,为了甲。,2019年4月23日,现行有效,好\n乙法,第一条,,,已废止,\n", []laws.Article{{Law: "甲法", Version: one.Version, Article: "第一条", Text: "为了甲。"}}, []string{"第3行“废止日期”"}},
		{"a list of JSON", `[{"law":"甲法","version":"2019-04-23","chapter":"第一章","article":"第一条","text":"为了甲。"}, 7]`, []laws.Article{one}, []string{"第2项"}},
		{"a list of YAML", "- {法律: 甲法, 版本日期: 2019-04-23, 章: 第一章, 条: 第一条, 内容: 为了甲。}\n- {法律: 甲法, 条: 一}\n", []laws.Article{one}, []string{"第2项“条号”"}},
		{"the words of a law", "甲法（2019-04-23）\n（自2019年10月1日起施行）\n第一章　总则\n第一条　为了甲。\n第二条　第一款。\n　　第二款。\n第二条之一　乙。\n", []laws.Article{
			{Law: "甲法", Version: one.Version, Article: "第一条", Chapter: "第一章 总则", Text: "为了甲。", Effective: calendar.Parse("2019-10-01")},
			{Law: "甲法", Version: one.Version, Article: "第二条", Chapter: "第一章 总则", Text: "第一款。\n第二款。", Effective: calendar.Parse("2019-10-01")},
			{Law: "甲法", Version: one.Version, Article: "第二条之一", Chapter: "第一章 总则", Text: "乙。", Effective: calendar.Parse("2019-10-01")},
		}, nil},
		{"a table of tabs below a title", "某省法条\n法律名称\t条号\t条文\t章节\t公布时间\n甲法\t1\t为了甲。\t第一章\t43578\n", []laws.Article{{Law: "甲法", Version: one.Version, Article: "第1条", Chapter: "第一章", Text: "为了甲。"}}, nil},
		{"a law that holds its articles", "law: 甲法\nversion: 2019-04-23\narticles:\n- {no: 第一条, text: 为了甲。, chapter: 第一章}\n- 全文\n", []laws.Article{one}, []string{"articles[1]"}},
		{"laws in a wrapping", `{"data":{"list":[{"title":"甲法","公布日期":"2019-04-23","articles":[{"article":"第一条","chapter":"第一章","text":"为了甲。"}]}]}}`, []laws.Article{one}, nil},
		{"the words of a law, passed and changed", "# 甲法\n<!-- 导出 -->\n（２０１５年１月２日通过，自2015年3月1日起施行　根据２０１９年４月２３日决定修正）\n## 第一章 总则\n第一条　为了甲。\n第二条　本法自２０１５年３月１日起施行。\n", []laws.Article{
			{Law: "甲法", Version: one.Version, Article: "第一条", Chapter: "第一章 总则", Text: "为了甲。", Effective: calendar.Parse("2015-03-01")},
			{Law: "甲法", Version: one.Version, Article: "第二条", Chapter: "第一章 总则", Text: "本法自２０１５年３月１日起施行。", Effective: calendar.Parse("2015-03-01")},
		}, nil},
		{"lines that are wrong", "{\"law\":\"甲法\",\"article\":\"全文\"}\n{\n{\"law\":\"\",\"article\":\"第一条\",\"version\":\"去年\"}\n", nil,
			[]string{"第1行“条号”", "第2行", "第3行“版本日期”", "第3行“法律名称”"}},
		{"a row with crossed days", "法律名称,条号,施行日期,废止日期\n甲法,第一条,2024-01-01,2023-01-01\n", nil, []string{"第2行“废止日期”"}},
		{"a long one, whole", "法律名称,条号,条文\n甲法,第一条," + strings.Repeat("长", 9000) + "\n", []laws.Article{{Law: "甲法", Article: "第一条", Text: strings.Repeat("长", 9000)}}, nil},
		{"two that differ", "法律名称,条号,条文\n甲法,第一条,子\n甲法,第一条,丑\n甲法,第一条,子\n", []laws.Article{{Law: "甲法", Article: "第一条", Text: "子"}}, []string{"《甲法》第一条"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := laws.Read([]byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			var places []string
			for _, f := range got.Faults {
				places = append(places, f.Place)
			}
			if diff := cmp.Diff(tt.want, got.Articles) + cmp.Diff(tt.faults, places); diff != "" {
				t.Error(diff)
			}
		})
	}
	for text, code := range map[string]string{"": "laws.read.empty", "名称\n甲\n": "laws.read.headings", "- {法律: 甲法": "laws.read.format", "PK\x03\x04": "sheet.format"} {
		if _, err := laws.Read([]byte(text)); fault.Code(err) != code {
			t.Errorf("%.20q: %v, want %s", text, err, code)
		}
	}
	if r, err := laws.Read([]byte("法律名称,条号,备注\n甲法,第一条,好\n")); err != nil || len(r.Remarks) != 1 || r.Remarks[0].Place != "第1行“备注”" {
		t.Errorf("what is left out is not told: %+v %v", r, err)
	}
	for _, text := range []string{"法规名称,条款\n", "- {法律: 甲, 条: 第一条}\n", `[{"law":"甲","article":"第一条"}]`, "甲法\n第一条　子\n第二条　丑\n", "某省法条\n法律名称;条号\n", "laws:\n- name: 甲法\n  articles:\n  - 条号: 第一条\n    text: 子\n"} {
		if !laws.Is([]byte(text)) {
			t.Errorf("%q is of articles", text)
		}
	}
	for _, text := range []string{"事项名称,办理时限,设定依据\n,法定,承诺\n法律名称,条款\n", "事项名称,法规名称,条款\n", "name: 甲\nlegal_basis:\n- law: 乙法\n  articles: 第一条\n"} {
		if laws.Is([]byte(text)) {
			t.Errorf("%q is of items", text)
		}
	}
	if !laws.Is([]byte(`{"law":"甲法","article":"第一条"}`)) || laws.Is([]byte(`{"name":"甲","law":"乙","article":"第一条"}`)) || laws.Is([]byte("name: 甲")) {
		t.Error("files of articles are not told from files of items")
	}
}

// What ships with the program is itself sound.
func TestTheListThatShipsIsSound(t *testing.T) {
	all, err := laws.Cited(data.Laws)
	if err != nil || len(all) < 90 {
		t.Fatal(len(all), err)
	}
	for _, a := range all {
		if err := a.Check(); err != nil {
			t.Errorf("%+v: %v", a, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("法律名称,条号\n甲法,第一条\n")
	f.Add(`{"law":"甲法","article":"第一条","version":20190423}`)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := laws.Read([]byte(text))
		if err != nil {
			if fault.Of(err) == fault.Internal {
				t.Fatal(err)
			}
			return
		}
		codex := laws.NewCodex(r.Articles)
		for _, a := range r.Articles {
			for _, v := range codex.Judge(a.Law, a.Article, 0) {
				if v.Doubt.Certain() && len(r.Articles) == 1 {
					t.Fatalf("%+v is not in its own codex: %v", a, v)
				}
			}
		}
	})
}
