package portal

import (
	"context"
	"net/http"
	"strconv"

	"tongban/internal/catalogue/guides"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/flow/draw"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// guideView is the guide of one edition.
type guideView struct {
	Edition  *items.Edition
	Guide    guides.Guide
	Chapters []chapter
	Picture  []byte // the procedure as SVG
	Tags     []frame.Mark
	Figures  []frame.Figure
	Apply    string // where one applies; "" one cannot under this edition
	Closed   string // since or until when nobody can apply
	Vacant   string // how much of a limited number is left; "" it is not limited, or each area has its own
	Current  int    // the edition in force, when this is another
	Others   []frame.Link
	Bases    []frame.Link // what the item rests on, with the way to its wording where it is here
}

// chapter is a section of the guide, with what was assumed in it.
type chapter struct {
	guides.Section
	Assumed string
}

func (p *Portal) guidePage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.guide(r)
	if err != nil {
		return err
	}
	page.Show(w, r, guideShow(guideFrame(r, v), v))
	return nil
}

func (p *Portal) plainPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.guide(r)
	if err != nil {
		return err
	}
	page.Show(w, r, plainShow(guideFrame(r, v), v))
	return nil
}

func (p *Portal) picturePage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.guide(r)
	if err != nil {
		return err
	}
	page.Show(w, r, pictureShow(guideFrame(r, v), v))
	return nil
}

func (p *Portal) guidePrint(w http.ResponseWriter, r *http.Request) error {
	v, err := p.guide(r)
	if err != nil {
		return err
	}
	page.Show(w, r, guidePaper(frame.Of(r).Named(v.Edition.Name+"办事指南"), v))
	return nil
}

// editionPage is the guide as it stood in an earlier edition, under which
// cases may still be running.
func (p *Portal) editionPage(w http.ResponseWriter, r *http.Request) error {
	no, err := strconv.Atoi(r.PathValue("no"))
	if err != nil || no < 1 {
		return fault.New(fault.NotFound, "portal.guide.edition", "没有这一版办事指南，请从版本列表中选择")
	}
	id := items.ID(r.PathValue("item"))
	e, err := p.Items.Edition(r.Context(), id, no)
	if err != nil {
		return err
	}
	current, err := p.Items.Current(r.Context(), id)
	if err != nil && fault.Of(err) != fault.NotFound {
		return err
	}
	v, err := p.guideOf(r, e)
	if err != nil {
		return err
	}
	if current != nil && current.Number != no {
		v.Current, v.Apply = current.Number, ""
	}
	page.Show(w, r, guideShow(guideFrame(r, v), v))
	return nil
}

// guide is the guide of the edition in force.
func (p *Portal) guide(r *http.Request) (guideView, error) {
	e, err := p.Items.Current(r.Context(), items.ID(r.PathValue("item")))
	if err != nil {
		return guideView{}, err
	}
	return p.guideOf(r, e)
}

// mostEditions is how many earlier editions a guide lists.
const mostEditions = 10

func (p *Portal) guideOf(r *http.Request, e *items.Edition) (guideView, error) {
	bodies, err := p.Agencies.Directory(r.Context())
	if err != nil {
		return guideView{}, err
	}
	v := guideView{Edition: e, Guide: guides.Of(e, bodies.Name), Picture: draw.SVG(e.Procedure, nil), Tags: tagsOf(e), Figures: figuresOf(e)}
	codex, err := p.Laws.Codex(r.Context())
	if err != nil {
		return guideView{}, err
	}
	for _, b := range e.Bases {
		link := frame.Link{Text: b.String()}
		if codex.Knows(b.Law) {
			link.Href = frame.LawHref(b.Law, b.Article)
		}
		v.Bases = append(v.Bases, link)
	}
	for _, s := range v.Guide.Sections {
		c := chapter{Section: s}
		if len(guides.Assumed(e, s.ID)) > 0 {
			c.Assumed = "示例假定"
		}
		v.Chapters = append(v.Chapters, c)
	}
	if v.Vacant, err = p.vacant(r.Context(), e); err != nil {
		return guideView{}, err
	}
	today := calendar.DayOf(p.Now())
	if e.InForce(today) {
		v.Apply = "/apply/" + string(e.Item)
	} else {
		v.Closed = closedSince(e, today)
	}
	earlier, err := p.Items.History(r.Context(), e.Item, e.Number-1, mostEditions)
	if err != nil {
		return guideView{}, err
	}
	for _, old := range earlier {
		v.Others = append(v.Others, frame.Link{Text: "第 " + itoa(old.Number) + " 版，" + old.Effective.Han() + "起施行",
			Href: "/items/" + string(e.Item) + "/editions/" + itoa(old.Number)})
	}
	return v, nil
}

// vacant is how much of a limited number is left now (剩余名额).
func (p *Portal) vacant(ctx context.Context, e *items.Edition) (string, error) {
	now, err := p.Cases.Vacancies(ctx, e)
	if err != nil || now == nil {
		return "", err
	}
	return "现在还剩" + itoa(now.Left(e.Quantity)) + e.Quantity.Unit + "，已经受理、还没有决定的有" + itoa(now.Before) + "件", nil
}

// closedSince says from or until which day nobody can apply; "" where no day
// has been fixed.
func closedSince(e *items.Edition, today calendar.Day) string {
	switch {
	case e.Retired != 0 && e.Retired <= today:
		return e.Retired.Han() + "起停止办理。"
	case e.Effective > today:
		return e.Effective.Han() + "起才能申请。"
	}
	return ""
}

func guideFrame(r *http.Request, v guideView) frame.View {
	return below(r, v.Edition.Name, frame.Link{Text: "事项", Href: "/items"}, frame.Link{Text: v.Edition.AgencyName, Href: "/departments/" + v.Edition.Agency})
}

// tabs are the ways to read the guide; here is the address of the one shown.
func (v guideView) tabs(here string) []frame.Link {
	at := "/items/" + string(v.Edition.Item)
	all := []frame.Link{{Text: "标准版", Href: at}}
	if v.Edition.Plain != "" {
		all = append(all, frame.Link{Text: "白话版", Href: at + "/plain"})
	}
	all = append(all, frame.Link{Text: "图例版", Href: at + "/picture"})
	if len(v.Edition.Questions) > 0 {
		all = append(all, frame.Link{Text: "情形自测", Href: at + "/check"})
	}
	for i := range all {
		all[i].Here = all[i].Href == at+here
	}
	return all
}

// contents leads to the chapters.
func (v guideView) contents() []frame.Link {
	var links []frame.Link
	for _, c := range v.Chapters {
		links = append(links, frame.Link{Text: c.Title, Href: "#" + c.ID})
	}
	return links
}

// tagsOf are what to know of an item at a glance.
func tagsOf(e *items.Edition) []frame.Mark {
	tags := []frame.Mark{{Word: string(e.Type)}, {Word: string(e.Kind)}}
	add := func(on bool, tone frame.Tone, icon, word string) {
		if on {
			tags = append(tags, frame.Mark{Tone: tone, Icon: icon, Word: word})
		}
	}
	add(e.Filing, frame.Plain, "", "备案")
	add(e.WholeOnline(), frame.Green, "check", "全程网办")
	add(e.Promisable, frame.Blue, "pen-line", "可以告知承诺")
	add(mayFollow(e), frame.Amber, "circle-pause", "可以容缺")
	add(e.Scope != "" && e.Scope != items.NotShared, frame.Blue, "map-pin", string(e.Scope)+"通办")
	add(e.Kiosk, frame.Plain, "", "自助机可办")
	return tags
}

func mayFollow(e *items.Edition) bool {
	for _, m := range e.Materials {
		if m.MayFollow() {
			return true
		}
	}
	return false
}

// figuresOf are the four numbers that people ask for first.
func figuresOf(e *items.Edition) []frame.Figure {
	time := frame.Figure{Name: "多久办好"}
	time.Value, time.Unit = e.Binding().Figure()
	if !e.Statutory.None() && e.Statutory != e.Binding() {
		time.Note = "法定时限 " + e.Statutory.String()
	}
	if _, limit, on := e.Lower(); on {
		time.Note = "下级机关审查另计" + limit.String()
	}
	visits := frame.Figure{Name: "要跑几次", Value: itoa(e.Visits), Unit: "次", Note: e.VisitReason}
	if e.Visits == 0 {
		visits.Note = "网上或者邮寄就能办"
	}
	fetched, own := 0, 0
	for _, m := range e.Materials {
		if m.Fetched() {
			fetched++
		}
		if m.FetchedIfOwn() {
			own++
		}
	}
	papers := frame.Figure{Name: "最多要几份材料", Value: itoa(len(e.Materials)), Unit: "份"}
	if fetched > 0 {
		papers.Note = "其中 " + itoa(fetched) + " 份自动调取，不用交"
	}
	if own > 0 {
		papers.Note = joined(papers.Note, itoa(own)+" 份是您本人的就不用交")
	}
	fee := frame.Figure{Name: "要花多少钱", Value: "0", Unit: "元", Note: "不收费"}
	if len(e.Fees) > 0 {
		fee = frame.Figure{Name: "要花多少钱", Value: itoa(len(e.Fees)), Unit: "项收费", Note: e.Fees[0].Name}
	}
	return []frame.Figure{time, visits, papers, fee}
}

// joined puts two remarks side by side, if there are two.
func joined(one, other string) string {
	if one == "" {
		return other
	}
	return one + "；" + other
}

// materialTags are the states of a material.
func materialTags(m items.Material) []frame.Mark {
	var tags []frame.Mark
	switch {
	case m.Fetched():
		tags = append(tags, frame.Mark{Tone: frame.Green, Icon: "check", Word: "免交，自动调取"})
	case m.FetchedIfOwn():
		tags = append(tags, frame.Mark{Tone: frame.Green, Icon: "check", Word: "是您本人的，免交"})
	case m.Necessity == items.Optional:
		tags = append(tags, frame.Mark{Word: "可以不交"})
	default:
		tags = append(tags, frame.Mark{Word: "必须交"})
	}
	tags = append(tags, reliefTags(m)...)
	if m.When != "" {
		tags = append(tags, frame.Mark{Word: "看情形"})
	}
	return tags
}

// reliefTags say how one may do without the material at first, or altogether.
func reliefTags(m items.Material) []frame.Mark {
	var tags []frame.Mark
	if m.MayFollow() {
		tags = append(tags, frame.Mark{Tone: frame.Amber, Icon: "circle-pause", Word: "可容缺后补"})
	}
	if m.Promisable {
		tags = append(tags, frame.Mark{Tone: frame.Blue, Icon: "pen-line", Word: "可承诺代替"})
	}
	return tags
}
