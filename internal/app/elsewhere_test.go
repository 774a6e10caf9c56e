package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
)

// installation is one of two that exchange matters.
type installation struct {
	*app.App
	t        *testing.T
	settings app.Settings
	site     *httptest.Server
	doors    atomic.Pointer[http.Handler] // nil: the installation is down
}

// hour is what both clocks show.
type hour struct{ at time.Time }

func (h *hour) now() time.Time { return h.at }

// pair are two installations that know each other, as their administrators
// have entered one another.
func pair(t *testing.T, here, there string) (a, b *installation, clock *hour) {
	clock = &hour{time.Date(2026, 9, 21, 9, 30, 0, 0, calendar.Zone)}
	a, b = stand(t), stand(t)
	a.settings = app.Settings{Data: t.TempDir(), DB: here, City: "宿州市", Now: clock.now, Partners: []string{b.site.URL}}
	b.settings = app.Settings{Data: t.TempDir(), DB: there, City: "徐州市", Now: clock.now, Partners: []string{a.site.URL}}
	a.open()
	b.open()
	a.knows(b, "徐州市一体化政务服务平台", elsewhere.Region{Code: "320303000000", Name: "徐州市云龙区"})
	b.knows(a, "宿州市一体化政务服务平台", elsewhere.Region{Code: "341300000000", Name: "宿州市"})
	return a, b, clock
}

func stand(t *testing.T) *installation {
	i := &installation{t: t}
	i.site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if doors := i.doors.Load(); doors != nil {
			(*doors).ServeHTTP(w, r)
			return
		}
		panic(http.ErrAbortHandler) // the connection is cut
	}))
	t.Cleanup(i.site.Close)
	return i
}

// open starts the installation on what it kept.
func (i *installation) open() {
	i.t.Helper()
	a, err := app.Open(i.t.Context(), i.settings)
	if err != nil {
		i.t.Fatal(err)
	}
	if _, _, err := a.LoadSample(i.t.Context()); err != nil {
		i.t.Fatal(err)
	}
	doors, err := a.Doors()
	if err != nil {
		i.t.Fatal(err)
	}
	i.App = a
	i.doors.Store(&doors)
	i.t.Cleanup(func() { a.Close() })
}

// fall stops the installation.
func (i *installation) fall() {
	i.doors.Store(nil)
	if err := i.App.Close(); err != nil {
		i.t.Fatal(err)
	}
}

func (i *installation) card() elsewhere.Card {
	card, err := i.Elsewhere.Own()
	if err != nil {
		i.t.Fatal(err)
	}
	return card
}

func (i *installation) knows(other *installation, name string, region elsewhere.Region) {
	i.t.Helper()
	admin := identity.Actor{Account: "u-admin", Posts: []identity.Post{{Role: identity.Admin, Region: "320300000000"}}}
	_, err := i.Elsewhere.PutPartner(i.t.Context(), elsewhere.Partner{Name: name, Address: other.site.URL, Key: other.card().Key, Regions: []elsewhere.Region{region}}, admin)
	if err != nil {
		i.t.Fatal(err)
	}
}

// settle lets news and messages run until nothing moves any more.
func settle(t *testing.T, all ...*installation) {
	t.Helper()
	for range 4 {
		for _, i := range all {
			(&city{App: i.App, t: t}).deliver()
			if err := i.Elsewhere.DoHeld(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := i.Elsewhere.Send(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// take has the window here take an identity card in for the other installation.
func (i *installation) take(to *installation) *elsewhere.Parcel {
	i.t.Helper()
	e, err := i.Items.Open(i.t.Context(), "id-card", calendar.DayOf(i.Now()))
	if err != nil {
		i.t.Fatal(err)
	}
	taking := elsewhere.Taking{Application: app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, nil, nil, calendar.DayOf(i.Now())),
		Partner: to.card().ID, Region: "320303000000"}
	taking.Application.Delivery = cases.Delivery{Way: "window"}
	p, err := i.Elsewhere.Take(i.t.Context(), taking, window1)
	if err == nil {
		p, err = i.Elsewhere.Forward(i.t.Context(), p.ID, window1)
	}
	if err != nil {
		i.t.Fatal(err)
	}
	return p
}

func (i *installation) parcel(id string) *elsewhere.Parcel {
	i.t.Helper()
	p, err := i.Elsewhere.Parcel(i.t.Context(), id, window1)
	if err != nil {
		i.t.Fatal(err)
	}
	return p
}

// madeOf is the case that a parcel of the other installation became.
func (i *installation) madeOf(from *installation, parcel string) *cases.Case {
	i.t.Helper()
	f, err := i.Elsewhere.Store.ForeignParcel(i.t.Context(), from.card().ID, parcel)
	if err != nil || f.Case == "" {
		i.t.Fatalf("parcel %s is no case: %v", parcel, err)
	}
	c, err := i.Cases.Store.Case(i.t.Context(), f.Case)
	if err != nil {
		i.t.Fatal(err)
	}
	return c
}

// decide has whoever holds the posts work through a case.
func (i *installation) decide(id cases.ID) {
	i.t.Helper()
	for {
		c, err := i.Cases.Store.Case(i.t.Context(), id)
		if err != nil {
			i.t.Fatal(err)
		}
		if c.State != cases.Accepted {
			return
		}
		w := c.Flow.Open[0]
		by := identity.Actor{Account: "u-" + w.ID, Name: "某人", Posts: []identity.Post{{Agency: w.Agency, Role: w.Role, Title: w.Post, Region: c.Region}}}
		if w.Decides {
			_, err = i.Cases.Decide(i.t.Context(), id, w.ID, cases.Ruling{Grant: true}, by)
		} else {
			_, err = i.Cases.Review(i.t.Context(), id, w.ID, "同意", "", by)
		}
		if err != nil {
			i.t.Fatal(err)
		}
	}
}

// A window here takes a matter in for another province; the bureau there
// decides; the result comes back and is handed over here. In between the other
// installation is down, both are restarted, and there is a supplement.
func TestAMatterGoesToAnotherProvinceAndComesBack(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		a, b, clock := pair(t, url, filepath.Join(t.TempDir(), "there.db"))
		b.fall()
		p := a.take(b)
		settle(t, a)
		if p = a.parcel(p.ID); p.State != elsewhere.Sent || !p.Answers().Here {
			t.Fatalf("while the other side is down: %s, %v", p.State, p.Answers())
		}
		lines, err := a.Elsewhere.Store.Lines(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if line := lines[a.partnerID()]; line.Tries == 0 || line.Waiting() != 1 {
			t.Fatalf("the line says %+v", line)
		}
		a.fall()
		a.open()
		b.open()
		clock.at = clock.at.Add(24 * time.Hour)
		settle(t, a, b)

		made := b.madeOf(a, p.ID)
		if p = a.parcel(p.ID); p.State != elsewhere.There || p.Status.Number != made.Number || p.Status.Received != calendar.Parse("2026-09-22") {
			t.Fatalf("received there: %+v", p.Status)
		}
		if p.Answers().Here || p.There.Phone == "" {
			t.Errorf("who answers: %+v", p.Answers())
		}
		material := made.Materials[0].Material
		until := calendar.Parse("2026-09-30")
		if _, err := b.Cases.AskOnce(t.Context(), made.ID, []cases.Deficiency{{Material: material, Finding: cases.Defective, Say: "照片不清楚，请重新提供"}}, until, window1); err != nil {
			t.Fatal(err)
		}
		settle(t, b, a)
		if p = a.parcel(p.ID); p.Status.Notice == nil || p.Answers().Until != until || !p.Answers().Here {
			t.Fatalf("the notice did not arrive: %+v", p)
		}
		if _, err := a.Elsewhere.Answer(t.Context(), p.ID, []cases.Handed{{Material: material, Paper: true}}, window1); err != nil {
			t.Fatal(err)
		}
		settle(t, a, b)
		if _, err := b.Cases.Accept(t.Context(), made.ID, nil, nil, window1); err != nil {
			t.Fatal(err)
		}
		b.fall()
		b.open()
		b.decide(made.ID)
		settle(t, b, a)
		p = a.parcel(p.ID)
		if file, err := a.Elsewhere.CertificateFile(t.Context(), p.ID, window1); err != nil || p.State != elsewhere.Settled || !json.Valid(file) {
			t.Fatalf("the certificate did not arrive: %s, %v", p.State, err)
		}
		if _, err := a.Elsewhere.Issue(t.Context(), p.ID, cases.Delivered{Way: "window", Receiver: "李敏"}, window1); err != nil {
			t.Fatal(err)
		}
		settle(t, a, b)
		if made = b.madeOf(a, p.ID); made.Delivered == nil || made.Delivered.Place == "" || a.parcel(p.ID).State != elsewhere.Over {
			t.Errorf("handed over here, it is %+v there and %s here", made.Delivered, a.parcel(p.ID).State)
		}
	})
}

func (i *installation) partnerID() string {
	all, err := i.Elsewhere.Store.Partners(i.t.Context())
	if err != nil {
		i.t.Fatal(err)
	}
	return all[0].ID
}

// faulty is a way between two installations that loses, repeats and reorders.
type faulty struct {
	elsewhere.Carrier
	draw func() int
	old  [][]byte // what travelled before
}

func (f *faulty) Carry(ctx context.Context, address string, message []byte) ([]byte, error) {
	f.old = append(f.old, bytes.Clone(message))
	switch f.draw() {
	case 1: // lost on the way
		return nil, errors.New("lost")
	case 2: // arrived, but the receipt was lost
		f.Carrier.Carry(ctx, address, message)
		return nil, errors.New("receipt lost")
	case 3: // arrived twice
		f.Carrier.Carry(ctx, address, message)
	case 4: // after something that travelled before
		f.Carrier.Carry(ctx, address, f.old[f.draw()%len(f.old)])
	case 5: // changed on the way
		return f.Carrier.Carry(ctx, address, bytes.Replace(message, []byte(`"text":"e`), []byte(`"text":"f`), 1))
	}
	return f.Carrier.Carry(ctx, address, message)
}

// Whatever the way does to messages, every parcel becomes one case, every
// number is used once, and both sides agree in the end.
func TestAFaultyWayLosesAndDoublesNothing(t *testing.T) {
	a, b, clock := pair(t, "", "")
	wayOut, wayBack := &faulty{Carrier: a.Elsewhere.Carrier}, &faulty{Carrier: b.Elsewhere.Carrier}
	a.Elsewhere.Carrier, b.Elsewhere.Carrier = wayOut, wayBack
	parcels := 0
	rapid.Check(t, func(r *rapid.T) {
		if parcels >= 12 {
			return // each run builds on the one before; more of them only take longer
		}
		draw := func() int { return rapid.IntRange(0, 6).Draw(r, "what the way does") }
		wayOut.draw, wayBack.draw = draw, draw
		p := a.take(b)
		parcels++
		for range 8 {
			clock.at = clock.at.Add(time.Minute)
			settle(t, a, b)
		}
		calm := func() int { return 0 }
		wayOut.draw, wayBack.draw = calm, calm
		clock.at = clock.at.Add(15 * time.Minute)
		settle(t, a, b)
		if p = a.parcel(p.ID); p.State != elsewhere.There || p.Status.Number != b.madeOf(a, p.ID).Number {
			r.Fatalf("parcel %s is %s", p.ID, p.State)
		}
		var n, last, foreign int64
		ask := func(i *installation, into *int64, query string) {
			if err := i.DB.Row(t.Context(), query).Scan(into); err != nil {
				r.Fatal(err)
			}
		}
		ask(b, &n, `SELECT COUNT(*) FROM elsewhere_in WHERE state = 'done'`)
		ask(a, &last, `SELECT MAX(number) FROM elsewhere_out`)
		ask(b, &foreign, `SELECT COUNT(*) FROM elsewhere_foreign`)
		if n != last || foreign != int64(parcels) {
			r.Fatalf("%d messages done of %d, %d cases of %d parcels", n, last, foreign, parcels)
		}
	})
}

// What is no message of a partner's is refused with a reason, and does nothing.
func TestForeignMessagesAreRefused(t *testing.T) {
	a, b, clock := pair(t, "", "")
	var sent []byte
	a.Elsewhere.Carrier = catching{a.Elsewhere.Carrier, &sent}
	a.take(b)
	settle(t, a)
	outcome := func(message []byte) elsewhere.Outcome {
		t.Helper()
		answer, err := b.Elsewhere.Receive(t.Context(), message)
		if err != nil {
			t.Fatal(err)
		}
		var p struct{ Text []byte }
		var r elsewhere.Receipt
		if json.Unmarshal(answer, &p) != nil || json.Unmarshal(p.Text, &r) != nil || r.Say == "" {
			t.Fatalf("no receipt: %s", answer)
		}
		return r.Outcome
	}
	var whole map[string]any
	if err := json.Unmarshal(sent, &whole); err != nil {
		t.Fatal(err)
	}
	whole["signature"] = []byte("forged")
	forged, _ := json.Marshal(whole)
	for _, tt := range []struct {
		name    string
		message []byte
		want    elsewhere.Outcome
	}{
		{"no message", []byte("{"), elsewhere.Garbled},
		{"a forged one", forged, elsewhere.Forged},
		{"the first time", sent, elsewhere.Done},
		{"the second time", sent, elsewhere.Repeated},
	} {
		if got := outcome(tt.message); got != tt.want {
			t.Errorf("%s: %s", tt.name, got)
		}
	}
	clock.at = clock.at.Add(time.Hour)
	if got := outcome(sent); got != elsewhere.Stale {
		t.Errorf("an hour later: %s", got)
	}
	if err := b.Elsewhere.Rest(t.Context(), b.partnerID(), true, identity.TheSystem); err != nil {
		t.Fatal(err)
	}
	if got := outcome(sent); got != elsewhere.Stranger {
		t.Errorf("of a partner that rests: %s", got)
	}
}

// catching keeps what was to be carried, and loses it.
type catching struct {
	elsewhere.Carrier
	sent *[]byte
}

func (c catching) Carry(_ context.Context, _ string, message []byte) ([]byte, error) {
	*c.sent = message
	return nil, errors.New("caught")
}

// A clerk in one county takes in for another: on the pages both places stand,
// with both terms and who answers; only the other place's window may accept.
func TestAClerkTakesInForAnotherPlace(t *testing.T) {
	c := openCity(t)
	clerk := c.signedIn("qs-window1")
	clerk.get("/window/find?q=" + url.QueryEscape("居民身份证申领"))
	clerk.sees(http.StatusOK, "居民身份证申领", "代收 云龙区")
	e := c.edition("id-card")
	q := url.Values{"item": {"id-card"}, "party": {"p-limin"}, "s.申领类型": {"换领"}, "s.未满16周岁": {"否"}}
	clerk.get("/window/file?" + q.Encode())
	clerk.sees(http.StatusOK, "代收，由云龙区办理", "代收并转送")
	form := url.Values{"request": {"away-1"}, "do": {"receive"}, "way": {"window"}}
	for k, v := range q {
		form[k] = v
	}
	a := app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, forms.Answers{"申领类型": "换领", "未满16周岁": "否"}, nil, calendar.DayOf(c.now))
	for id, answer := range a.Answers {
		if !strings.HasPrefix(id, "申领") && id != "未满16周岁" {
			form.Set("answers."+id, answer)
		}
	}
	for _, m := range e.MaterialsFor(a.Answers) {
		form.Set("v."+m.ID, "complete")
	}
	clerk.post("/window/file", form)
	clerk.sees(http.StatusOK, "收件地", "泉山区", "办理地", "云龙区", "转送期限", "2026年9月22日", "还没有收到")
	parcel := clerk.at
	clerk.post(strings.TrimSuffix(parcel, "?done=1")+"/forward", url.Values{"request": {"away-2"}})
	clerk.sees(http.StatusOK, "办件编号", "已收件", "审查是否受理")
	clerk.get("/window/elsewhere")
	clerk.sees(http.StatusOK, "居民身份证申领", "异地代收代办")

	limin := c.signedIn("limin")
	limin.get("/my/elsewhere")
	limin.sees(http.StatusOK, "居民身份证申领", "收件地", "泉山区", "云龙区", "现在由谁负责", "法定时限由此起算")
	limin.get(regexp.MustCompile(`/my/cases/[^"/]+`).FindString(limin.raw))
	limin.sees(http.StatusOK, "两个地方", "泉山区")
	receiver := c.signedIn("yl-window1")
	receiver.get("/window/elsewhere?came=1")
	receiver.sees(http.StatusOK, "李敏", "泉山区")
	stranger := c.signedIn("ts-window1")
	stranger.get(parcel)
	stranger.sees(http.StatusNotFound)
}

// The administrator enters a partner; what may not be called is refused at its
// field, and the line shows how it stands.
func TestTheAdministratorEntersAPartner(t *testing.T) {
	a, b, _ := pair(t, "", "")
	c := &city{App: a.App, t: t, site: a.site}
	admin := c.signedIn("admin")
	admin.get("/desk/admin/partners")
	admin.sees(http.StatusOK, "徐州市一体化政务服务平台", "徐州市云龙区", a.card().ID, "0 / 0", "正常")
	form := url.Values{"name": {"x"}, "address": {"http://169.254.169.254"}, "key": {b.card().Key}, "regions": {"320303000000 云龙区"}}
	admin.post("/desk/admin/partners", form)
	admin.sees(http.StatusUnprocessableEntity, "运维人员没有允许访问这个地址")
}
