package openapi

import (
	"context"
	"net/http"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
	"tongban/internal/register/archives"
)

// routeArchive names the operations of the archive.
func (a *API) routeArchive(b *book) {
	download(b, "GET /cases/{case}/package", "getPackage", "归档", "办件的归档信息包：全部记录、文书编号、文件摘要、四性检测结果（工作人员）", a.casePackage)
	signed(b, "GET /archive", "getArchive", "归档", "归档情况：规则、保管期限、各全宗年度的件数、等待归档的办件、不能归档的原因", a.archive)
	signed(b, "POST /archive/rules", "layArchiveRule", "归档", "制定归档规则：办结满多少天、是否继续归档（系统管理员）", a.layArchiveRule)
	signed(b, "POST /archive/terms", "layArchiveTerms", "归档", "制定保管期限表：各类事项和个别事项的档案保管多久，以后归档的照办（市级系统管理员）", a.layTerms)
}

type archiveView struct {
	Rule    archiveRuleView   `json:"rule" doc:"现行的归档规则"`
	Rules   []archiveRuleView `json:"rules" doc:"历次规则，最近的在前"`
	Terms   termsView         `json:"terms" doc:"现行的保管期限"`
	Termed  []termsView       `json:"termed" doc:"历次保管期限，最近的在前"`
	Waiting int               `json:"waiting" doc:"办结已满期限、还在办件表的办件，最多数到10000"`
	Series  []seriesView      `json:"series" doc:"各部门、年度、保管期限的件数"`
	Refused []refusalView     `json:"refused" doc:"四性检测没有通过、不能归档的"`
}

type archiveRuleView struct {
	On     bool       `json:"on" doc:"是不是在归档"`
	Days   int        `json:"days" doc:"办结满多少天归档"`
	Reason string     `json:"reason" doc:"理由"`
	Name   string     `json:"name,omitempty" doc:"谁定的；没有即程序自带"`
	At     *time.Time `json:"at,omitempty" doc:"什么时候定的"`
}

// termsView is 保管期限表 as it is read and as it is laid down.
type termsView struct {
	Kinds  map[string]archives.Keep `json:"kinds" doc:"按事项类型，如行政许可；没有写的保管十年"`
	Items  map[string]archives.Keep `json:"items,omitempty" doc:"个别事项，按事项编号，先于类型"`
	Reason string                   `json:"reason" doc:"依据"`
	Name   string                   `json:"name,omitempty" doc:"谁定的；没有即程序自带"`
	At     *time.Time               `json:"at,omitempty" doc:"什么时候定的"`
}

type seriesView struct {
	Agency   string        `json:"agency" doc:"部门"`
	Year     int           `json:"year" doc:"办结年度"`
	Keep     archives.Keep `json:"keep" doc:"保管期限：Y 永久，D30 三十年，D10 十年"`
	Packages int64         `json:"packages" doc:"件数"`
	Last     int64         `json:"last" doc:"最后一件的件号；从备份恢复时跳过过件号的，大于件数"`
	Head     string        `json:"head" doc:"最后一件的摘要（SM3），每件都记着前一件的"`
	Bytes    int64         `json:"bytes" doc:"压缩后的字节数"`
}

type refusalView struct {
	Number string    `json:"number" doc:"办件编号"`
	Say    string    `json:"say" doc:"为什么"`
	At     time.Time `json:"at" doc:"什么时候发现"`
}

func (a *API) archive(ctx context.Context, by identity.Actor, _ *nothing) (archiveView, error) {
	f, err := a.Archives.Figures(ctx, by)
	if err != nil {
		return archiveView{}, err
	}
	v := archiveView{Rule: ruleOf(f.Rule), Terms: termsOf(f.Terms), Rules: []archiveRuleView{}, Termed: []termsView{}, Series: []seriesView{}, Refused: []refusalView{}}
	for _, r := range f.Rules {
		v.Rules = append(v.Rules, ruleOf(r))
	}
	for _, t := range f.Termed {
		v.Termed = append(v.Termed, termsOf(t))
	}
	for _, s := range f.Series {
		v.Series = append(v.Series, seriesView{s.Agency, s.Year, s.Keep, s.Count, s.Last, s.Head, s.Bytes})
	}
	for _, r := range f.Refused {
		v.Refused = append(v.Refused, refusalView{r.About, r.Say, r.At})
	}
	v.Waiting, err = a.Cases.WaitingForShelf(ctx)
	return v, err
}

func ruleOf(r archives.Rule) archiveRuleView {
	return archiveRuleView{r.On, r.Days, r.Reason, r.Name, ifSet(r.At)}
}

func termsOf(t archives.Terms) termsView {
	return termsView{t.Kinds, t.Items, t.Reason, t.Name, ifSet(t.At)}
}

type layRuleInput struct {
	Body struct {
		On     bool   `json:"on" doc:"是不是归档"`
		Days   int    `json:"days" doc:"办结满多少天归档"`
		Reason string `json:"reason" maxLength:"200" doc:"理由"`
	}
}

func (a *API) layArchiveRule(ctx context.Context, by identity.Actor, in *layRuleInput) (done, error) {
	return done{true}, a.Archives.Lay(ctx, archives.Rule{On: in.Body.On, Days: in.Body.Days, Reason: in.Body.Reason}, by)
}

type layTermsInput struct {
	Body struct {
		Kinds map[string]archives.Keep `json:"kinds" doc:"按事项类型：Y 永久，D30 三十年，D10 十年；没有写的保管十年"`
		Items map[string]archives.Keep `json:"items,omitempty" doc:"个别事项，按事项编号，先于类型"`
		Basis string                   `json:"basis" doc:"依据，如档案主管部门的审查意见"`
	}
}

func (a *API) layTerms(ctx context.Context, by identity.Actor, in *layTermsInput) (done, error) {
	return done{true}, a.Archives.LayTerms(ctx, archives.Terms{Kinds: in.Body.Kinds, Items: in.Body.Items, Reason: in.Body.Basis}, by)
}

func (a *API) casePackage(ctx context.Context, by identity.Actor, in *OfCase) (func(http.ResponseWriter, *http.Request), error) {
	id, err := a.id(ctx, in.Case, by)
	if err != nil {
		return nil, err
	}
	p, err := a.Cases.Package(ctx, id, by)
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if err := frame.SendPackage(w, p); err != nil {
			page.Fail(w, r, err)
		}
	}, nil
}
