package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Between strikes at two installations that handle matters for each other
// (跨省通办演练), and at what lies between them, while windows of one take in what
// the other decides.
type Between struct {
	Program  string
	Data     [2]string
	Password string
	Clients  int
	Blows    int
	Seed     uint64
	Say      func(format string, args ...any)

	Sides [2]*Side
	Ways  [2]*Way // Ways[0] leads from Sides[0] to Sides[1]

	mu    sync.Mutex
	Taken map[string]string // number of the case there, by parcel: what clerks were told
}

// A Side is one of the two installations.
type Side struct {
	*Server
	ID   string // its code as a partner
	city *City
	key  string
}

// names and regions of the two.
var (
	names   = [2]string{"宿州市", "徐州市"}
	regions = [2]string{"341300000000 宿州市", "320303000000 徐州市云龙区"}
	clerks  = [2][]string{{"qs-window1", "admin"}, {"yl-window1", "yl-police-r", "yl-police-a", "admin"}}
)

// Open starts both and has their administrators enter each other.
func (b *Between) Open(ctx context.Context) error {
	b.Taken = map[string]string{}
	var at [2]string
	for i := range at {
		var err error
		if at[i], err = free(); err != nil {
			return err
		}
	}
	for i := range b.Ways {
		b.Ways[i] = LayWay("http://"+at[1-i], b.Seed+uint64(i))
	}
	for i := range b.Sides {
		b.Sides[i] = &Side{Server: &Server{At: "http://" + at[i]}}
		if err := b.Start(ctx, i); err != nil {
			return err
		}
		if err := b.Sides[i].signIn(ctx, b.Password, clerks[i]); err != nil {
			return err
		}
	}
	for i, s := range b.Sides {
		if err := s.knows(ctx, b.Password, b.Sides[1-i], names[1-i]+"一体化政务服务平台", b.Ways[i].At, regions[1-i]); err != nil {
			return err
		}
	}
	return nil
}

// Start starts one of them where it was.
func (b *Between) Start(ctx context.Context, i int) error {
	u, err := url.Parse(b.Sides[i].At)
	if err != nil {
		return err
	}
	s, err := StartAt(context.WithoutCancel(ctx), b.Program, u.Host, b.Data[i], "", "--city", names[i], "--partners", b.Ways[i].At)
	if err == nil {
		b.Sides[i].Server = s
	}
	return err
}

// Close stops both in good order and takes the ways away.
func (b *Between) Close() (err error) {
	for i := range b.Sides {
		if b.Sides[i] != nil && b.Sides[i].cmd != nil {
			err = errors.Join(err, b.Sides[i].Stop())
		}
		if b.Ways[i] != nil {
			b.Ways[i].Close()
		}
	}
	return err
}

func (s *Side) signIn(ctx context.Context, password string, logins []string) error {
	s.city = cityAt(s.At, 20*time.Second)
	s.city.stubborn, s.city.ledger = true, newLedger()
	for _, login := range logins {
		token, err := s.city.signIn(ctx, login, password)
		if err != nil {
			return err
		}
		s.city.staff[login] = token
	}
	page, err := s.page(ctx, password, "/desk/admin/partners", nil)
	if err != nil {
		return err
	}
	id, key := regexp.MustCompile(`>([0-9a-f]{16})\s*<`).FindStringSubmatch(page), regexp.MustCompile(`>\s*([A-Za-z0-9+/=]{100,})\s*<`).FindStringSubmatch(page)
	if id == nil || key == nil {
		return fmt.Errorf("%s does not show its code and key", s.At)
	}
	s.ID, s.key = id[1], key[1]
	return nil
}

// page asks for a page as the administrator sees it, or sends one a form.
func (s *Side) page(ctx context.Context, password, path string, form url.Values) (string, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	browser := &http.Client{Jar: jar, Timeout: 20 * time.Second}
	do := func(method, path string, form url.Values) (string, error) {
		body := ""
		if form != nil {
			body = form.Encode()
		}
		r, err := http.NewRequestWithContext(ctx, method, s.At+path, strings.NewReader(body))
		if err != nil {
			return "", err
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := browser.Do(r)
		if err != nil {
			return "", err
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if answer.StatusCode >= 300 {
			return "", fmt.Errorf("%s %s: %s", method, path, answer.Status)
		}
		return html.UnescapeString(string(text)), err
	}
	if _, err := do(http.MethodPost, "/signin", url.Values{"login": {"admin"}, "password": {password}}); err != nil {
		return "", err
	}
	if form == nil {
		return do(http.MethodGet, path, nil)
	}
	return do(http.MethodPost, path, form)
}

func (s *Side) knows(ctx context.Context, password string, other *Side, name, at, region string) error {
	_, err := s.page(ctx, password, "/desk/admin/partners", url.Values{"name": {name}, "address": {at}, "key": {other.key}, "regions": {region}})
	return err
}

// Reconcile has a side write a statement for the other at once.
func (b *Between) Reconcile(ctx context.Context, i int) error {
	_, err := b.Sides[i].page(ctx, b.Password, "/desk/admin/partners/"+b.Sides[1-i].ID+"/balance", url.Values{"request": {newKey()}})
	return err
}

// BalancePage is what the administrator of a side reads about the other.
func (b *Between) BalancePage(ctx context.Context, i int) (string, error) {
	return b.Sides[i].page(ctx, b.Password, "/desk/admin/partners/"+b.Sides[1-i].ID+"/balance", nil)
}

// A Matter is a parcel as the window that took it in sees it.
type Matter struct {
	ID       string
	State    string
	Case     string `json:"caseNumber"`
	Received string
	Answers  string
	Here     string
	There    string
}

// Take has the window of the first side take an identity card in for the other.
func (b *Between) Take(ctx context.Context, party string) (Matter, error) {
	return b.take(ctx, party, "320303000000")
}

func (b *Between) take(ctx context.Context, party, region string) (m Matter, err error) {
	body, err := json.Marshal(map[string]any{"item": "id-card", "party": party, "partner": b.Sides[1].ID, "region": region, "way": "window",
		"materials": []string{"m1", "m2"},
		"answers": map[string]string{"申领类型": "换领", "未满16周岁": "否", "姓名": "李敏", "公民身份号码": "320399199003070025", "联系电话": "19900000001",
			"性别": "女", "民族": "汉族", "出生日期": "1990-03-07", "户籍地址": "徐州市云龙区彭城街道示例路1号", "领取方式": "窗口领取"}})
	if err != nil {
		return m, err
	}
	_, err = b.Sides[0].city.ask(ctx, http.MethodPost, "/parcels", b.Sides[0].city.staff["qs-window1"], newKey(), body, &m)
	return m, err
}

// Act does something with a parcel at the window of the first side.
func (b *Between) Act(ctx context.Context, id, body string) (m Matter, err error) {
	_, err = b.Sides[0].city.ask(ctx, http.MethodPost, "/parcels/"+id+"/acts", b.Sides[0].city.staff["qs-window1"], newKey(), []byte(body), &m)
	return m, err
}

// Until waits until the first side sees a parcel as is wanted.
func (b *Between) Until(ctx context.Context, id string, want func(Matter) bool) (m Matter, err error) {
	for started := time.Now(); time.Since(started) < b.Sides[0].city.patience(); time.Sleep(50 * time.Millisecond) {
		if _, err = b.Sides[0].city.ask(ctx, http.MethodGet, "/parcels/"+id, b.Sides[0].city.staff["qs-window1"], "", nil, &m); err != nil || want(m) {
			return m, err
		}
	}
	return m, fmt.Errorf("parcel %s is still %s, %s", id, m.State, m.Answers)
}

// Decide has the other side accept the case, review it and grant it.
func (b *Between) Decide(ctx context.Context, number string) error {
	city := b.Sides[1].city
	do := func(login, path, body string) (c state, err error) {
		_, err = city.ask(ctx, http.MethodPost, "/cases/"+number+path, city.staff[login], newKey(), []byte(body), &c)
		return c, err
	}
	c, err := do("yl-window1", "/accept", "{}")
	for err == nil && c.State == "accepted" {
		if len(c.Work) == 0 {
			return fmt.Errorf("case %s stands still", number)
		}
		at := "/work/" + c.Work[0].ID
		if c.Work[0].Node == "decide" {
			c, err = do("yl-police-a", at+"/decide", `{"grant":true}`)
		} else {
			c, err = do("yl-police-r", at+"/review", `{"opinion":"同意"}`)
		}
	}
	return err
}

// people are those whose matters are taken in.
var people = []string{"p-limin", "p-zhangwei", "p-chenjie", "p-wangfang"}

// life is one matter from the window of one side over the bureau of the other
// to the hand of the applicant.
func (b *Between) life(ctx context.Context, n int) error {
	m, err := b.Take(ctx, people[n%len(people)])
	if err != nil {
		return err
	}
	b.told(m.ID, "")
	if _, err = b.Act(ctx, m.ID, `{"act":"forward"}`); err != nil {
		return err
	}
	if m, err = b.Until(ctx, m.ID, func(m Matter) bool { return m.Case != "" }); err != nil {
		return err
	}
	b.told(m.ID, m.Case)
	if err := b.Decide(ctx, m.Case); err != nil {
		return err
	}
	if _, err = b.Until(ctx, m.ID, func(m Matter) bool { return m.State == "settled" }); err != nil {
		return err
	}
	if _, err = b.Act(ctx, m.ID, `{"act":"issue","way":"window","receiver":"本人"}`); err != nil {
		return err
	}
	_, err = b.Until(ctx, m.ID, func(m Matter) bool { return m.State == "over" })
	return err
}

func (b *Between) told(parcel, number string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.Taken[parcel] = number
}

func (b *Between) total() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, number := range b.Taken {
		if number != "" {
			n++
		}
	}
	return n
}

// Run strikes while clerks work, and lets everything settle.
func (b *Between) Run(ctx context.Context) (dealt map[string]int, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var stop atomic.Bool
	var all sync.WaitGroup
	for i := range b.Clients {
		all.Go(func() {
			for n := i; !stop.Load() && ctx.Err() == nil; n++ {
				if err := b.life(ctx, n); err != nil {
					cancel(fmt.Errorf("clerk %d: %w", i, err))
				}
			}
		})
	}
	dealt, err = b.strike(ctx)
	stop.Store(true)
	if err != nil {
		cancel(err)
	}
	all.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return dealt, cause
	}
	return dealt, err
}

// strike deals the blows: one in three at either side, the others at the ways.
func (b *Between) strike(ctx context.Context) (map[string]int, error) {
	dealt := map[string]int{}
	draw := rand.New(rand.NewPCG(b.Seed, 3))
	for n := range b.Blows {
		pause(ctx, time.Duration(200+draw.IntN(2000))*time.Millisecond)
		if ctx.Err() != nil {
			return dealt, context.Cause(ctx)
		}
		i, kind := draw.IntN(2), draw.IntN(3)
		switch kind {
		case 0:
			dealt["kill -9 of "+names[i]]++
			if err := b.Sides[i].Kill(); err != nil {
				return dealt, err
			}
			pause(ctx, time.Duration(draw.IntN(3000))*time.Millisecond)
			if err := b.Start(ctx, i); err != nil {
				return dealt, err
			}
		case 1:
			dealt["line from "+names[i]+" cut"]++
			b.Ways[i].Cut(true)
			pause(ctx, time.Duration(500+draw.IntN(3000))*time.Millisecond)
			b.Ways[i].Cut(false)
		default:
			dealt["line from "+names[i]+" losing, repeating, replaying and altering"]++
			b.Ways[i].Harm(0.5)
			pause(ctx, 3*time.Second)
			b.Ways[i].Harm(0)
		}
		if (n+1)%10 == 0 {
			b.Say("%d blows, %d matters received there", n+1, b.total())
		}
	}
	return dealt, nil
}
