package desk

import (
	"cmp"
	"net/http"
	"strconv"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/papers"
	"tongban/internal/places/frame"
)

// wordsPage lists what papers say, form by form.
type wordsPage struct {
	frame.View
	Bar  frame.DeskBar
	Rows []wordsRow
}

// wordsRow is a form with the edition that is in force.
type wordsRow struct {
	Title, When, Href, Edition, From, Next string
}

func (d *Desk) wordsPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v := wordsPage{View: frame.Of(r).Named("文书模板"), Bar: adminBar(by)}
	today := calendar.DayOf(d.Now())
	for _, form := range papers.Forms {
		list, err := d.Papers.Editions(r.Context(), form.Key)
		if err != nil {
			return err
		}
		row := wordsRow{Title: form.Title, When: form.When, Href: wordsHref(form.Key)}
		for _, e := range list {
			if e.From > today {
				row.Next = e.Name() + " " + e.From.Han() + "生效"
				continue
			}
			row.Edition, row.From = e.Name(), cmp.Or(e.From.Han(), "随平台")
			break
		}
		v.Rows = append(v.Rows, row)
	}
	page.Show(w, r, wordsView(v))
	return nil
}

func wordsHref(key papers.Key) string { return "/desk/admin/words/" + string(key) }

// formPage is one form: its words to be changed, what may stand in them, how a
// paper looks, and all editions.
type formPage struct {
	frame.View
	Bar      frame.DeskBar
	Form     papers.Form
	Text     frame.Field
	Why      frame.Field
	From     frame.Field
	Preview  *frame.Leaf
	Editions []editionRow
	Fault    error
	Done     bool
}

// editionRow is an edition in the list.
type editionRow struct {
	papers.Edition
	State string
	Tone  frame.Tone
	Href  string
}

func (d *Desk) formPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	v, err := d.form(r, q, by, nil)
	if err != nil {
		return err
	}
	show := v.Editions[0].Edition
	for _, e := range v.Editions {
		if strconv.Itoa(e.Number) == q.Text("edition") {
			show = e.Edition
			v.Why.Value = "恢复" + e.Name() + "的内容"
		}
	}
	v.Text.Value, v.Done = show.Text, q.Has("done")
	v.preview(show.Text)
	page.Show(w, r, formView(v))
	return nil
}

// form is the page with what was sent, and what is wrong with it.
func (d *Desk) form(r *http.Request, f *page.Form, by identity.Actor, wrong error) (formPage, error) {
	form, ok := papers.FormOf(papers.Key(r.PathValue("form")))
	if !ok {
		return formPage{}, fault.New(fault.NotFound, "desk.words.none", "没有这种文书")
	}
	list, err := d.Papers.Editions(r.Context(), form.Key)
	if err != nil {
		return formPage{}, err
	}
	today := calendar.DayOf(d.Now())
	v := formPage{View: frame.Of(r).Named(form.Title + "模板"), Bar: adminBar(by), Form: form, Fault: wrong}
	from := f.Text("from")
	if from == "" {
		from = (today + 1).String()
	}
	v.Text = frame.Field{Name: "text", Label: "文书正文", Hint: "每行一段。{…}由系统填写；段首写“?”的，没有内容时整段省略；{清单}、{救济途径}单独占一行", Value: f.Text("text"), Rows: 14, Max: papers.MostLetters}.Faulty(wrong)
	v.Why = frame.Field{Name: "why", Label: "修改原因", Value: f.Text("why"), Max: 200}.Faulty(wrong)
	v.From = frame.Field{Name: "from", Label: "生效日期", Hint: "从这一天起出具的文书使用新版；以前的文书不变", Value: from, Kind: "date", Width: "m"}.Faulty(wrong)
	current := false
	for _, e := range list {
		row := editionRow{e, "已停用", frame.Plain, wordsHref(form.Key) + "?edition=" + strconv.Itoa(e.Number)}
		switch {
		case e.From > today:
			row.State, row.Tone = "待生效", frame.Blue
		case !current:
			row.State, row.Tone, current = "使用中", frame.Green, true
		}
		v.Editions = append(v.Editions, row)
	}
	return v, nil
}

// preview shows the words with sample data, if they can be read.
func (v *formPage) preview(text string) {
	t, err := v.Form.Read(text)
	if err != nil {
		return
	}
	values := v.Form.Samples()
	filled := t.Fill(values)
	l := frame.Leaf{Title: v.Form.Title, Number: values["部门"] + "〔2026〕1号", To: values["申请人"], Text: filled.Before, After: filled.After, Remedies: filled.Remedies,
		From: values["部门"], On: values["日期"]}
	l.Facts = []frame.Row{{Key: "办件编号", Value: values["办件编号"]}, {Key: "事项名称", Value: values["事项名称"]}}
	for _, w := range v.Form.Words {
		if w.Name == papers.List {
			l.List = []frame.Row{{Key: w.Sample, Value: "示例内容"}}
		}
	}
	v.Preview = &l
}

// publish shows the new words with sample data, or puts them in force.
func (d *Desk) publish(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	key, from := papers.Key(r.PathValue("form")), calendar.Parse(f.Date("from"))
	if err = f.Err(); err != nil {
		// a day that does not exist is refused at its field
	} else if f.Text("do") == "preview" {
		form, _ := papers.FormOf(key)
		_, err = form.Read(f.Text("text"))
	} else if _, err = d.Papers.Publish(r.Context(), key, f.Text("text"), f.Text("why"), from, by); err == nil {
		page.SeeOther(w, r, wordsHref(key)+"?done=1")
		return nil
	}
	v, e := d.form(r, f, by, err)
	if e != nil {
		return e
	}
	v.preview(f.Text("text"))
	if err == nil {
		page.Show(w, r, formView(v))
		return nil
	}
	v.View = v.Faulty(err)
	page.ShowFault(w, r, err, formView(v))
	return nil
}
