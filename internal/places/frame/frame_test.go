package frame_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

func shown(t *testing.T, c page.Component) string {
	t.Helper()
	var out bytes.Buffer
	if err := c.Render(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestModeIsRememberedAndLeadsBackWithinTheSite(t *testing.T) {
	for _, tt := range []struct {
		name, had, ask, cookie, back string
	}{
		{"elder on", "", "elder=1&back=/my", "e", "/my"},
		{"contrast joins elder", "e", "contrast=1&back=/my", "ed", "/my"},
		{"elder off keeps contrast", "ed", "elder=0&back=/my%3Fa%3D1", "d", "/my?a=1"},
		{"keys off", "", "nokeys=1&back=/window", "k", "/window"},
		{"another site is not led to", "", "elder=1&back=https://evil.example/", "e", "/"},
		{"nor by two slashes", "", "elder=1&back=//evil.example/", "e", "/"},
		{"nor by a backslash", "", "elder=1&back=/%5Cevil.example/", "e", "/"},
		{"no way back", "", "elder=1", "e", "/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/mode?"+tt.ask, nil)
			r.AddCookie(&http.Cookie{Name: "mode", Value: tt.had})
			w := httptest.NewRecorder()
			frame.Mode(w, r)
			if got := w.Result().Cookies()[0].Value; got != tt.cookie {
				t.Errorf("cookie %q, want %q", got, tt.cookie)
			}
			if got := w.Header().Get("Location"); got != tt.back {
				t.Errorf("leads to %q, want %q", got, tt.back)
			}
		})
	}
}

func TestTheHouseTellsWhoIsHere(t *testing.T) {
	house := frame.House{
		Who: func(*http.Request) *frame.Person {
			return &frame.Person{Name: "陈晓", Roles: []string{"A07 号窗"}, Home: "/window"}
		},
		Badge: func(*http.Request) int { return 3 },
	}
	show := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page.Show(w, r, frame.Page(frame.Of(r).Named("我的办件")))
	})
	w := httptest.NewRecorder()
	house.Serve(show).ServeHTTP(w, httptest.NewRequest("GET", "/my/cases", nil))
	body := w.Body.String()
	for _, want := range []string{"陈晓", `href="/window"`, "<h1>我的办件</h1>", `href="/my" aria-current="page"`, "条未读"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(body, "htmx") {
		t.Error("a citizen's page loads htmx")
	}
}

func TestAFaultyFieldIsNamedThreeTimesOver(t *testing.T) {
	err := fault.New(fault.Invalid, "test", "有内容需要修改").At("applicant.phone", "required", "请填写手机号码")
	field := shown(t, frame.Input(frame.Field{Name: "applicant.phone", Label: "手机号码", Hint: "11 位", Kind: "tel"}.Faulty(err)))
	for _, want := range []string{`aria-invalid="true"`, "请填写手机号码", `id="f-applicant-phone"`, `aria-describedby="f-applicant-phone-hint f-applicant-phone-err"`, `inputmode="tel"`} {
		if !strings.Contains(field, want) {
			t.Errorf("the field lacks %s in %s", want, field)
		}
	}
	summary := shown(t, frame.ErrorSummary(err))
	for _, want := range []string{`role="alert"`, `href="#f-applicant-phone"`, "有 1 处需要修改"} {
		if !strings.Contains(summary, want) {
			t.Errorf("the summary lacks %s in %s", want, summary)
		}
	}
	if got := shown(t, frame.ErrorSummary(nil)); got != "" {
		t.Errorf("without an error there is a summary: %s", got)
	}
	if got := shown(t, frame.ErrorSummary(errors.New("disk full"))); strings.Contains(got, "disk") {
		t.Errorf("the summary tells what nobody foresaw: %s", got)
	}
}

func TestWordsOfPeopleStayWords(t *testing.T) {
	bad := `<script>alert("1")</script>`
	for name, c := range map[string]templ.Component{
		"input":    frame.Input(frame.Field{Name: "a", Label: bad, Value: bad, Hint: bad}),
		"tag":      frame.Tag(frame.Red, bad),
		"table":    frame.Table(bad, []frame.Column{{Title: bad}}),
		"heat":     frame.HeatTable(bad, []string{bad}, []frame.HeatRow{{Name: bad, Values: []float64{1}}}, [4]float64{1, 2, 3, 4}),
		"gantt":    frame.Gantt([]frame.Lane{{Name: bad, Bars: []frame.Bar{{To: 5, Note: bad}}}}, []frame.Tick{{Name: bad}}, 10, 5, 6, bad, bad),
		"dots":     frame.DotPlot([]frame.Dot{{Name: bad, Shown: bad, Note: bad}}, 0, 1, 0.5, bad, bad),
		"timeline": frame.Timeline([]frame.Moment{{When: bad, What: bad, Who: bad, Note: bad}}),
		"link":     frame.Button(frame.Btn{Text: bad, Href: "javascript:alert(1)"}),
	} {
		if got := shown(t, c); strings.Contains(got, "<script") || strings.Contains(got, `href="javascript`) {
			t.Errorf("%s lets a script through: %s", name, got)
		}
	}
}

func TestChartsBearWhateverNumbersCome(t *testing.T) {
	for name, c := range map[string]templ.Component{
		"sparkline of nothing":   frame.Sparkline(nil, 0, frame.Plain),
		"sparkline of one":       frame.Sparkline([]float64{3}, 3, frame.Red),
		"sparkline all the same": frame.Sparkline([]float64{3, 3, 3}, 0, frame.Plain),
		"gantt of no length":     frame.Gantt([]frame.Lane{{Name: "a", Bars: []frame.Bar{{From: 3, To: 1}}}}, nil, 0, -1, -1, "", "无"),
		"bar over its end":       frame.Remaining(frame.Red, "超 5 天", 900, 100),
		"dots on no axis":        frame.DotPlot([]frame.Dot{{Name: "a", Value: 1}}, 1, 1, 1, "%", "无"),
		"clock without a target": frame.ClockRing(90, 0),
	} {
		if got := shown(t, c); strings.Contains(got, "NaN") || strings.Contains(got, "Inf") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestABarTellsHowMuchOfATimeIsUsed(t *testing.T) {
	for _, bar := range []struct {
		why         string
		used, total int64
		width       string
	}{
		{"nothing yet", 0, 20, "0.0"},
		{"half of it", 10, 20, "35.5"},
		{"all of it", 20, 20, "71.0"},
		{"far beyond the end", 900, 20, "100.0"},
		{"late with what was to be done at once", 3, 0, "100.0"},
	} {
		if got := shown(t, frame.Remaining(frame.Red, "", bar.used, bar.total)); !strings.Contains(got, `<rect class="v-`+string(frame.Red)+`" width="`+bar.width+`"`) {
			t.Errorf("%s: %s", bar.why, got)
		}
	}
}

func TestAnErrorPageTellsTheNumberAndNotTheInside(t *testing.T) {
	server := house(t)
	res, err := http.Get(server.URL + "/design/fault")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(res.Body); err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != 500 || strings.Contains(body.String(), "foresaw") {
		t.Errorf("%d: the page tells the inside", res.StatusCode)
	}
	if number := res.Header.Get("X-Request-Id"); number == "" || !strings.Contains(body.String(), number) {
		t.Errorf("the page lacks the number %q", number)
	}
}
