package companies

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Filter chooses companies, the latest changed first.
type Filter struct {
	Region  string // of the registrar, with all within
	State   State
	Notices bool         // only those that announced their end, or rest: what the law makes public
	Watch   calendar.Day // only those the registrar is to look at by that day
	After   string       // Cursor of the last seen
	Limit   int
}

// Store keeps companies. What is put into a batch is kept when the batch is; of
// two who changed the same version one is undone.
type Store interface {
	// Serial allots the next number of a series; numbers may have gaps.
	Serial(ctx context.Context, name string) (int64, error)
	Put(*sqldb.Batch, *Company, Moved) error
	// Change loads, judges and keeps; a Moved without an act keeps nothing.
	Change(ctx context.Context, id ID, do func(*Company) (Moved, error)) (*Company, error)
	// Company, ByCode and OfParty find one; the fault is NotFound.
	Company(context.Context, ID) (*Company, error)
	ByCode(ctx context.Context, code string) (*Company, error)
	OfParty(ctx context.Context, party string) (*Company, error)
	List(context.Context, Filter) ([]*Company, error)
	// Waking lists those for which something comes by itself by a day.
	Waking(ctx context.Context, day calendar.Day, limit int) ([]ID, error)
	// IDs lists the keys after one, for audit.
	IDs(ctx context.Context, after ID, limit int) ([]ID, error)
	History(context.Context, ID) ([]event.Record, error)
}

// Service is the door of the room.
type Service struct {
	Store Store
	Own8  string // how this city's own eight characters of a code begin: "YB"
	// ClaimDays is how long creditors who were not told may claim after a
	// liquidation was announced (市场主体登记管理条例实施细则第四十五条); the number
	// is the city's to keep in step with the law.
	ClaimDays int
	Agency    func(ctx context.Context, id string) (string, error) // its name
	NewID     func() string
	Now       func() time.Time
}

func (s *Service) today() calendar.Day { return calendar.DayOf(s.Now()) }

// None is the answer about a company that the register does not have.
func None() error {
	return fault.New(fault.NotFound, "companies.none", "登记簿里没有这家公司，请核对统一社会信用代码")
}

func absent(c *Company, err error) (*Company, error) {
	if err != nil && fault.Of(err) == fault.NotFound {
		return nil, nil
	}
	return c, err
}

// Of is the company that a party is, nil if the register does not have it.
func (s *Service) Of(ctx context.Context, party string) (*Company, error) {
	if party == "" {
		return nil, nil
	}
	return absent(s.Store.OfParty(ctx, party))
}

// Coded is the company with a code, nil if the register does not have it.
func (s *Service) Coded(ctx context.Context, code string) (*Company, error) {
	return absent(s.Store.ByCode(ctx, codes.Tidy(code)))
}

// LastCode is the last number that a code has room for behind what the city's own
// characters begin with.
func LastCode(own8 string) int64 {
	return int64(math.Pow10(8-len(own8))) - 1
}

// NextCode allots the code of a new company of a division.
func (s *Service) NextCode(ctx context.Context, division string) (string, error) {
	n, err := s.Store.Serial(ctx, "code")
	if err != nil {
		return "", err
	}
	own := s.Own8 + fmt.Sprintf("%0*d", max(0, 8-len(s.Own8)), n)
	code := codes.MakeUSCC("91", division, own)
	if code == "" {
		return "", fault.New(fault.Internal, "companies.code", "统一社会信用代码用完了或者设置有误")
	}
	return code, nil
}

// Begin puts a new company on the register, in the batch of the news of it.
func (s *Service) Begin(b *sqldb.Batch, c Company, act Act, step Step, by string) error {
	if err := (&Company{}).May(act, Want{}, step.On); err != nil {
		return err
	}
	c.Born = step.On
	m := s.moved(act, by, step)
	m.Company, m.Fresh = c.ID, &c
	made := &Company{}
	made.Apply(m)
	return s.Store.Put(b, made, m)
}

func (s *Service) moved(act Act, by string, step Step) Moved {
	step.Act = act
	return Moved{Act: act, By: by, At: event.Moment(s.Now()), Step: step}
}

// Record notes in the batch of a decision what it did to a company, judged as of
// the day it was asked for. An act that the register refuses although it was
// decided, because something came between, is not written: the decision stays on
// file in its case, and the log tells the administrator.
func (s *Service) Record(ctx context.Context, b *sqldb.Batch, id ID, act Act, w Want, asked calendar.Day, step Step, lines []Line) error {
	c, err := s.Store.Company(ctx, id)
	if err != nil {
		return err
	}
	if step.Case != "" && c.knows(act, step.Case) {
		return nil // told twice
	}
	m := s.moved(act, step.Agency, step)
	m.Company = id
	if err := c.May(act, w, asked); err != nil {
		slog.WarnContext(ctx, "decided although the register refuses", "company", string(id), "act", string(act), "why", fault.Say(err))
		return nil
	}
	if act == TakeRest {
		r := w.Rest
		m.Rest = &r
	}
	for _, l := range lines {
		if l.Say != "" && l.Say != c.Entry(l.Name) {
			l.Was = c.Entry(l.Name)
			m.Lines = append(m.Lines, l)
		}
	}
	c.Apply(m)
	return s.Store.Put(b, c, m)
}

func (c *Company) knows(act Act, of string) bool {
	for _, s := range c.Steps {
		if s.Act == act && s.Case == of {
			return true
		}
	}
	return false
}

// change makes an act of a person's own on the company with a code.
func (s *Service) change(ctx context.Context, code string, act Act, w Want, by string, more func(*Company, *Moved)) (*Company, error) {
	c, err := s.Coded(ctx, code)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, None()
	}
	return s.Store.Change(ctx, c.ID, func(c *Company) (Moved, error) {
		if err := c.May(act, w, s.today()); err != nil {
			return Moved{}, err
		}
		m := s.moved(act, by, Step{On: s.today(), Say: w.Say})
		m.Company = c.ID
		if more != nil {
			more(c, &m)
		}
		return m, nil
	})
}

// Do is an act that the company itself does on the register: resume, announce,
// liquidate, abandon. Say is why, or for notices who answers for it: the
// investors who pledged, the head of the liquidators.
func (s *Service) Do(ctx context.Context, code string, act Act, say string, by identity.Actor) (*Company, error) {
	say = strings.TrimSpace(say)
	if !RowOf(act).Own {
		return nil, fault.New(fault.Invalid, "companies.do.act", "请选择要办的事").At("act", "option", "请选择要办的事")
	}
	c, err := s.Coded(ctx, code)
	if err != nil {
		return nil, err
	}
	if c == nil || by.Party == "" || by.Party != c.Party {
		return nil, None()
	}
	if by.Scope != nil {
		return nil, fault.New(fault.Forbidden, "companies.do.head", "公示和终止公示由法定代表人本人办理")
	}
	if say == "" {
		return nil, fault.New(fault.Invalid, "companies.do.say", "%s", asks[act]).At("say", "required", "%s", asks[act])
	}
	return s.change(ctx, code, act, Want{Say: say}, by.Name, func(c *Company, m *Moved) { m.Notice = s.announced(c, act, say, s.today()) })
}

// asks is what has to be said with an act.
var asks = map[Act]string{
	Resume: "请写明恢复经营的情况", Announce: "请写明作出承诺的全体投资人", Liquidate: "请写明清算组负责人和成员", Abandon: "请写明撤销公示的原因",
}

// Asks is what has to be said with an act of the company's own.
func Asks(act Act) string { return asks[act] }

func (s *Service) announced(c *Company, act Act, by string, day calendar.Day) *Notice {
	switch act {
	case Announce:
		return &Notice{Simple: true, From: day, Until: day + simpleDays, By: by, Before: c.State}
	case Liquidate:
		return &Notice{From: day, Until: day + calendar.Day(s.ClaimDays), By: by, Before: c.State}
	}
	return nil
}

// Oppose is an objection against a simple ending, by somebody who is signed in
// or by an official for a department (市场主体登记管理条例第三十三条).
func (s *Service) Oppose(ctx context.Context, code, kind, say string, by identity.Actor) (*Company, error) {
	o := Objection{By: by.Name, From: by.Party, Kind: kind, Say: strings.TrimSpace(say), On: s.today()}
	if by.Staff() && by.Party == "" {
		o.Kind = "有关部门"
		agency := by.Posts[0].Agency
		name, err := s.Agency(ctx, agency)
		if err != nil {
			return nil, err
		}
		o.By, o.From = name, agency
	}
	if by.Account == "" {
		return nil, fault.New(fault.SignIn, "companies.object.who", "提出异议要先登录，登记机关要能联系到您")
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	return s.change(ctx, code, Object, Want{Say: o.Say}, o.By, func(_ *Company, m *Moved) { m.Said = &o })
}

// check refuses an objection of nobody in particular, and one that says nothing.
func (o Objection) check() error {
	known, length := slices.Contains([]string{"有关部门", "债权人", "其他利害关系人"}, o.Kind), utf8.RuneCountInString(o.Say)
	return fault.Together(
		fault.When(!known, fault.New(fault.Invalid, "companies.object.kind", "请选择您的身份").At("kind", "option", "请选择您的身份")),
		fault.When(length < 4 || length > 500, fault.New(fault.Invalid, "companies.object.say", "请写明异议的内容（4至500字）").At("say", "length", "请写明异议的内容（4至500字）")))
}

// Sweep does what comes by itself: rests that are over, notices that nobody
// followed up.
func (s *Service) Sweep(ctx context.Context) error {
	day := s.today()
	ids, err := s.Store.Waking(ctx, day, 200)
	if err != nil {
		return err
	}
	for _, id := range ids {
		_, err := s.Store.Change(ctx, id, func(c *Company) (Moved, error) {
			act := c.Overdue(day)
			if act == "" {
				return Moved{}, nil
			}
			m := s.moved(act, "系统", Step{On: day})
			m.Company = c.ID
			return m, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Public is one company as anybody may see it: the register is public.
func (s *Service) Public(ctx context.Context, code string) (*Company, error) {
	c, err := s.Coded(ctx, code)
	if err == nil && c == nil {
		err = None()
	}
	return c, err
}

// List is a page of companies for officials of a region.
func (s *Service) List(ctx context.Context, f Filter, by identity.Actor) ([]*Company, error) {
	if !by.Staff() {
		return nil, fault.New(fault.Forbidden, "companies.list.staff", "登记簿名单由窗口和登记机关使用；一家公司的登记信息可以按统一社会信用代码查询")
	}
	f.Limit = min(max(f.Limit, 1), 100)
	return s.Store.List(ctx, f)
}

// Notices is a page of what the law makes public: ends announced, and rests.
func (s *Service) Notices(ctx context.Context, after string) ([]*Company, error) {
	return s.Store.List(ctx, Filter{Notices: true, After: after, Limit: 50})
}
