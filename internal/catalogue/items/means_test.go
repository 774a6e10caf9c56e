package items

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestMeans(t *testing.T) {
	for name, want := range map[string]Meant{
		"身份证": {"居民身份证", ""}, "中华人民共和国居民身份证": {"居民身份证", ""}, "身份证（女方）": {"居民身份证", "女方"}, "申请人居民户口簿": {"居民户口簿", "申请人"},
		"法定代表人身份证复印件": {"居民身份证", "法定代表人"}, "《出生医学证明》": {"出生医学证明", ""}, "营业执照（副本）": {"营业执照", ""}, "本人银行卡复印件": {"银行卡", ""},
		"新生儿父母结婚证（或非婚生育说明）": {"结婚证", "新生儿父母"}, "准予设立登记通知书": {"营业执照", ""}, "准予设立登记通知书、营业执照": {"营业执照", ""}, "《准予设立登记通知书》复印件": {"营业执照", ""}, "准予变更登记通知书": {"准予变更登记通知书", ""}, "准予注销登记通知书": {"准予注销登记通知书", ""},
		"竣工验收报告": {"竣工验收报告", ""}, "审批表（一）": {"审批表（一）", ""}, "": {"", ""}, "（": {"", ""},
	} {
		if got := Means(name); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

func FuzzMeans(f *testing.F) {
	for _, s := range []string{"身份证（女方", "））((", "《》", "申请人的有效身份证明（原件）"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { Means(s) })
}

func TestWhoseCertificateAMaterialIs(t *testing.T) {
	for kind, names := range map[string][2][]string{
		"居民身份证":      {{"居民身份证", "身份证", "申请人身份证", "申领人居民身份证", "经营者身份证", "居民身份证（申请人）", "原居民身份证", "居民身份证或者其他身份证明", "身份证复印件（加盖公章）"}, {"死者居民身份证", "死亡人员身份证", "新生儿父亲居民身份证", "申请人配偶身份证", "身份证（女方）", "身份证（股东及高管人员）", "监护人居民身份证", "买卖双方居民身份证", "法定代表人身份证明", "参保人居民身份证", "老人居民身份证", "代办人居民身份证"}},
		"营业执照":       {{"营业执照", "企业法人营业执照", "营业执照（副本）", "承办者合法成立证明"}, {"单位股东营业执照", "抵押人营业执照"}},
		"不动产权证书":     {{"不动产权证书", "使用土地的有关证明文件"}, {"卖方不动产权证书", "出租方房产证明"}},
		"机动车驾驶证":     {{"机动车驾驶证", "申请人机动车驾驶证"}, {"聘用驾驶员的机动车驾驶证"}},
		"执业药师注册证":    {{"执业药师注册证"}, {"药师资格证明"}},
		"道路运输从业人员证":  {{"道路运输从业人员证"}, {"驾驶员道路运输从业人员证"}},
		"居民户口簿":      {{"居民户口簿", "监护关系证明"}, {"被投靠人居民户口簿", "拟落户一方居民户口簿"}},
		"建设工程规划核实证明": {{"规划认可文件"}, nil},
	} {
		for i, list := range names {
			for _, name := range list {
				m := Material{Name: name, Certificate: kind}
				if m.Own() != (i == 0) || m.Fetched() != m.Own() || ((&Edition{}).Unfetched(m, Asker{}) == "") != m.Own() {
					t.Errorf("%s (%s) is taken to be the applicant's own: %v", name, kind, m.Own())
				}
			}
		}
	}
	if m := (Material{Name: "说明"}); m.Fetched() || (&Edition{}).Unfetched(m, Asker{}) == "" {
		t.Error("what is no certificate is fetched")
	}
}

// Whatever kind of paper it is and however it is written, a name that speaks of
// somebody else's is never the applicant's own.
func TestNobodyElsesPaperIsTheApplicants(t *testing.T) {
	var others []string
	for _, h := range holders {
		if !Oneself(h) {
			others = append(others, h)
		}
	}
	papers := []string{"不动产权证书"}
	for kind, names := range kinds {
		papers = append(append(papers, kind), names...)
	}
	slices.Sort(papers)
	rapid.Check(t, func(t *rapid.T) {
		paper, whose := rapid.SampledFrom(papers).Draw(t, "paper"), rapid.SampledFrom(others).Draw(t, "whose")
		if kindNamed[Tidy(whose+paper)] != "" {
			return // a name of the paper itself: 新生儿出生医学证明
		}
		name := rapid.SampledFrom([]string{whose + paper, whose + "的" + paper, whose + "有效" + paper + "复印件", "申请人" + whose + paper, paper + "（" + whose + "）", "《" + paper + "》（" + whose + "，原件）"}).Draw(t, "name")
		if (Material{Name: name, Certificate: Means(paper).Kind}).Fetched() {
			t.Fatalf("%s is fetched for the applicant", name)
		}
	})
}
