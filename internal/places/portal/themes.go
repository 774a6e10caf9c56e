package portal

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// themesView is every theme, by who set its standard (“一件事”专区).
type themesView struct {
	Classes []themeClass
	Stages  []frame.Link
	Stage   string
}

type themeClass struct {
	Name, Note string
	Cards      []frame.ThemeCard
}

// classNotes say what the classes are (苏协调小组〔2021〕1号 二).
var classNotes = map[themes.Class]string{
	themes.Finest: "全省统一打造的精品", themes.Provincial: "全省统一标准，处处一样", themes.Local: "本市自己推出的",
}

// stageIcons are the pictures of the stages of life and of a firm.
var stageIcons = map[string]string{
	"出生": "baby", "上学": "graduation-cap", "就业": "briefcase-business", "创业": "store", "结婚": "heart-handshake", "置业": "house",
	"退役": "medal", "养老": "hand-coins", "身后": "flower-2", "开办": "store", "注销": "log-out", "工程建设": "building-2", "融资": "wallet",
}

func (p *Portal) themesPage(w http.ResponseWriter, r *http.Request) error {
	all, err := p.Themes.All(r.Context())
	if err != nil {
		return err
	}
	v := themesView{Stage: page.Query(r).Text("stage")}
	for _, class := range themes.Classes() {
		c := themeClass{Name: string(class), Note: classNotes[class]}
		for _, t := range all {
			if !slices.ContainsFunc(v.Stages, func(l frame.Link) bool { return l.Text == t.Stage }) {
				v.Stages = append(v.Stages, frame.Link{Text: t.Stage, Href: address("/themes", "stage", t.Stage), Here: v.Stage == t.Stage})
			}
			if t.Class != class || v.Stage != "" && t.Stage != v.Stage {
				continue
			}
			card, err := p.themeCard(r, t)
			if err != nil {
				return err
			}
			c.Cards = append(c.Cards, card)
		}
		if len(c.Cards) > 0 {
			v.Classes = append(v.Classes, c)
		}
	}
	page.Show(w, r, themesShow(below(r, "一件事"), v))
	return nil
}

func (p *Portal) themeCard(r *http.Request, t *themes.Theme) (frame.ThemeCard, error) {
	c, err := p.Themes.Compose(r.Context(), t)
	if err != nil {
		return frame.ThemeCard{}, err
	}
	return frame.ThemeCard{
		Icon: first(stageIcons[t.Stage], "list-checks"), Name: t.Name, Note: t.Plain, Href: "/themes/" + string(t.ID),
		Before: c.Saved.Materials.Apart, After: c.Saved.Materials.Jointly, Items: len(c.Parts), Days: t.Promised.String(),
	}, nil
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// themeView is the guide of a theme: what, who, how long, in which order, and
// what is saved.
type themeView struct {
	Theme    *themes.Theme
	Made     *themes.Composed
	Figures  []frame.Figure
	Savings  []saving
	Plan     templ.Component
	Apply    string // "" it cannot be applied for here
	Closed   string // why not, in words
	Asked    []situationQuestion
	Answers  []frame.Row
	Own      *ownTheme
	Again    string
	Unmerged bool
}

// saving is one count of the ledger with the list behind it.
type saving struct {
	Name, Say string
	themes.Saving
}

// ownTheme is the list of someone in their own situation.
type ownTheme struct {
	themes.Handing
	Parts []themes.Step
	Left  []themes.Part // chosen, but to be left out if they like
}

func (p *Portal) theme(r *http.Request) (themeView, error) {
	return p.themeOf(r, themes.ID(r.PathValue("theme")))
}

func (p *Portal) themeOf(r *http.Request, id themes.ID) (themeView, error) {
	t, err := p.Themes.Current(r.Context(), id)
	if err != nil {
		return themeView{}, err
	}
	v := themeView{Theme: t, Again: r.URL.Path, Apply: "/apply/" + themes.Prefix + string(t.ID)}
	if v.Made, err = p.Themes.Compose(r.Context(), t); err != nil {
		return v, err
	}
	v.tell()
	return v, nil
}

func (v *themeView) tell() {
	s := v.Made.Saved
	v.Savings = []saving{
		{"办几次", "次", s.Steps}, {"要填", "项", s.Fields}, {"要交材料", "份", s.Materials}, {"要跑", "次", s.Visits}, {"最长", "个工作日", s.Days}, {"收费", "项", s.Fees},
	}
	long, unit := v.Theme.Promised.Figure()
	v.Figures = []frame.Figure{
		{Name: "几件事一次办", Value: itoa(len(v.Made.Parts)), Unit: "项"},
		{Name: "多久办好", Value: long, Unit: unit, Note: "按各部门承诺，最长的一路" + itoa(v.Made.Plan.Days) + "个工作日"},
		{Name: "要填", Value: itoa(s.Fields.Jointly), Unit: "项", Note: "分别办要填" + itoa(s.Fields.Apart) + "项"},
		{Name: "要交材料", Value: itoa(s.Materials.Jointly), Unit: "份", Note: "分别办要交" + itoa(s.Materials.Apart) + "份"},
	}
	if own := s.Materials.Own; own > 0 {
		papers := &v.Figures[len(v.Figures)-1]
		papers.Name, papers.Note = "最多要交材料", joined(papers.Note, "其中"+itoa(own)+"份是您本人的就不用交")
	}
	v.Plan = planPicture(v.Made.Plan)
}

// planPicture draws the plan: each component a lane from its start to its end.
func planPicture(plan themes.Plan) templ.Component {
	var lanes []frame.Lane
	span := int64(plan.Due - plan.Start)
	say := "办理安排："
	for _, s := range plan.Steps {
		from, to := int64(s.Start-plan.Start), int64(s.Due-plan.Start)
		lanes = append(lanes, frame.Lane{Name: short(s.Title, 11), Bars: []frame.Bar{{From: from, To: max(to, from), Note: s.Limit.String()}}})
		say += s.Title + s.Limit.String() + "；"
	}
	var ticks []frame.Tick
	for d := plan.Start; d <= plan.Due && span > 0; d += max(1, (plan.Due-plan.Start)/4) {
		ticks = append(ticks, frame.Tick{At: int64(d - plan.Start), Name: "第" + itoa(int(d-plan.Start)) + "天"})
	}
	return frame.Gantt(lanes, ticks, span+span/6+1, -1, -1, "", say)
}

func short(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

func (p *Portal) themePage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.theme(r)
	if err != nil {
		return err
	}
	page.Show(w, r, themeShow(p.themeFrame(r, v.Theme, v.Theme.Name+"一件事"), v))
	return nil
}

func (p *Portal) themeFrame(r *http.Request, t *themes.Theme, title string) frame.View {
	above := []frame.Link{{Text: "一件事", Href: "/themes"}}
	if title != t.Name+"一件事" {
		above = append(above, frame.Link{Text: t.Name, Href: "/themes/" + string(t.ID)})
	}
	return below(r, title, above...)
}

// themeCheckPage asks the questionnaire and shows one's own list. It keeps nothing.
func (p *Portal) themeCheckPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.theme(r)
	if err != nil {
		return err
	}
	answers, done := v.ask(r, calendar.DayOf(p.Now()))
	if done {
		if err := p.ownList(r, &v, answers); err != nil {
			return err
		}
	}
	page.Show(w, r, themeCheckShow(p.themeFrame(r, v.Theme, "看看我要准备什么"), v))
	return nil
}

// ask puts the questions that these answers leave open: first which components
// apply, then the situation in which those ask this or that.
func (v *themeView) ask(r *http.Request, today calendar.Day) (forms.Answers, bool) {
	f, answers, left := page.Query(r), forms.Answers{}, 0
	for _, q := range v.Made.Form.Questions {
		if all := f.All(q.ID); len(all) > 0 {
			answers[q.ID] = all[0]
		}
	}
	chosen := forms.Guide(v.Theme.Questions, answers, today)
	if chosen.Next == nil {
		v.Made = themes.Recompose(v.Made, answers)
		v.tell()
	}
	asked, _ := v.Made.Asked(answers, today)
	for _, q := range asked {
		own := chosen.Next == nil || len(q.Uses) == 0
		if !own {
			left++
			continue
		}
		if answers[q.ID] == "" {
			left++
		}
		v.Asked = append(v.Asked, questionOf(q.Question, answers[q.ID]))
		v.Answers = append(v.Answers, frame.Row{Key: q.Text, Value: shownAnswer(q.Question, answers[q.ID])})
	}
	return answers, left == 0
}

func (p *Portal) ownList(r *http.Request, v *themeView, answers forms.Answers) error {
	own := ownTheme{Handing: v.Made.Handing(answers), Parts: v.Made.Plan.Steps}
	for _, part := range v.Made.Parts {
		if part.Optional {
			own.Left = append(own.Left, part)
		}
	}
	v.Own = &own
	return nil
}

// frontThemes are a row of themes for the front page: those for persons in the
// order of life, or those for firms.
func (p *Portal) frontThemes(r *http.Request, firm bool) ([]frame.ThemeCard, error) {
	all, err := p.Themes.All(r.Context())
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(t *themes.Theme) bool {
		return (t.Org || t.Stage == "开办" || t.Stage == "融资") != firm
	})
	slices.SortStableFunc(all, func(a, b *themes.Theme) int { return stageOf(a) - stageOf(b) })
	var cards []frame.ThemeCard
	for _, t := range all[:min(len(all), onCards/2)] {
		card, err := p.themeCard(r, t)
		if err != nil {
			return nil, err
		}
		cards = append(cards, card)
	}
	return cards, nil
}

// stageOf is how early in life a theme is wanted.
func stageOf(t *themes.Theme) int {
	i := slices.IndexFunc(stages, func(c frame.ThemeCard) bool { return c.Name == t.Stage })
	if i < 0 {
		return len(stages)
	}
	return i
}

// themesCalled are the themes that people call so: by name, or by what they say
// instead.
func (p *Portal) themesCalled(ctx context.Context, query string) ([]frame.Found, error) {
	found, err := p.Themes.Called(ctx, query)
	var hits []frame.Found
	for _, t := range found {
		hits = append(hits, frame.Found{Text: t.Name + "一件事", Href: "/themes/" + string(t.ID), Note: t.Plain, Facts: []string{itoa(len(t.Components)) + " 件事一次办", t.Promised.String()}})
	}
	return hits, err
}
