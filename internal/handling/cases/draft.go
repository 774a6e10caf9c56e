package cases

import (
	"context"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
)

// Draft is an application being filled in. It belongs to the party it is for
// and can be taken up again on any device.
type Draft struct {
	ID        string         `json:"-"`
	Party     string         `json:"-"`
	Item      items.ID       `json:"-"`
	Edition   int            `json:"-"`
	Changed   time.Time      `json:"-"`
	Version   int            `json:"-"`
	ItemName  string         `json:"itemName"`
	Applicant Applicant      `json:"applicant"`
	Answers   forms.Answers  `json:"answers,omitempty"`
	Materials []Handed       `json:"materials,omitempty"`
	Delivery  Delivery       `json:"delivery,omitzero"`
	Word      Word           `json:"word,omitzero"`
	Promises  []Promise      `json:"promises,omitempty"` // materials to bring later
	Signed    *ink.Signature `json:"signed,omitempty"`   // under the application
	To        Destination    `json:"to,omitzero"`
}

// Destination is the place of another installation that is to decide what is
// being filled in (全程网办), as the applicant chose it; none: it is filed here.
type Destination struct {
	Partner string `json:"partner,omitempty"`
	Region  string `json:"region,omitempty"` // 12 digits
	Name    string `json:"name,omitempty"`   // of the division
}

// Away reports whether another installation is to decide.
func (d Destination) Away() bool { return d.Partner != "" }

// Drafts keeps drafts, whole and unreadable from outside.
type Drafts interface {
	// Put keeps the draft as version d.Version+1; if it was changed meanwhile,
	// the fault is Conflict and says so.
	Put(context.Context, *Draft) error
	Draft(ctx context.Context, id string) (*Draft, error)
	DraftsOf(ctx context.Context, party string) ([]*Draft, error)
	Discard(ctx context.Context, id string) error
	// Forget discards whatever nobody has changed since before.
	Forget(ctx context.Context, before time.Time) error
}

// DraftLasts is for how long a draft that nobody goes on with is kept, in days. It is
// of no case: 个人信息保护法第十九条 has it kept no longer than it is needed.
const DraftLasts = 180

// ForgetDrafts discards the drafts that nobody has gone on with for so long.
func (s *Service) ForgetDrafts(ctx context.Context) error {
	return s.Drafts.Forget(ctx, s.Now().AddDate(0, 0, -DraftLasts))
}

// Begin starts an application for an item that is open today. One who already
// has a draft for the same edition goes on with that.
func (s *Service) Begin(ctx context.Context, item items.ID, who Applicant, by identity.Actor) (*Draft, error) {
	if by.Party == "" || by.Party != who.Party {
		return nil, fault.New(fault.SignIn, "cases.begin.party", "请先登录，再开始申请")
	}
	e, err := s.Editions.Open(ctx, item, calendar.DayOf(s.Now()))
	if err != nil {
		return nil, err
	}
	if !by.MayApply(string(item)) {
		return nil, fault.New(fault.Forbidden, "cases.begin.mandate", "企业给您的授权不包括这件事，请由法定代表人补充授权后再办")
	}
	if err := Fits(e, who); err != nil {
		return nil, err
	}
	if err := s.MayBegin(ctx, e, who); err != nil {
		return nil, err
	}
	drafts, err := s.Drafts.DraftsOf(ctx, by.Party)
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		if d.Item == item && d.Edition == e.Number {
			return d, nil
		}
	}
	d := &Draft{ID: s.NewID(), Party: by.Party, Item: item, Edition: e.Number, ItemName: e.Name, Applicant: who, Changed: s.Now()}
	return d, s.Drafts.Put(ctx, d)
}

// Draft is one of the actor's own drafts.
func (s *Service) Draft(ctx context.Context, id string, by identity.Actor) (*Draft, error) {
	d, err := s.Drafts.Draft(ctx, id)
	if err == nil && (by.Party == "" || d.Party != by.Party) {
		return nil, NoDraft()
	}
	return d, err
}

// NoDraft is the answer about a draft that does not exist, or not for those eyes.
func NoDraft() error {
	return fault.New(fault.NotFound, "cases.draft.none", "没有找到这份草稿，可能已经提交或者删除")
}

// Saved changes a draft: do is given it as it stands, and again as it then
// stands if another page was faster.
func (s *Service) Saved(ctx context.Context, id string, by identity.Actor, do func(*Draft) error) (d *Draft, err error) {
	for range 4 {
		if d, err = s.saved(ctx, id, by, do); fault.Of(err) != fault.Conflict {
			break
		}
	}
	return d, err
}

func (s *Service) saved(ctx context.Context, id string, by identity.Actor, do func(*Draft) error) (*Draft, error) {
	d, err := s.Draft(ctx, id, by)
	if err != nil {
		return nil, err
	}
	if err := do(d); err != nil {
		return d, err
	}
	d.Changed = s.Now()
	return d, s.Drafts.Put(ctx, d)
}

// DraftsOf lists the actor's drafts, the last changed first.
func (s *Service) DraftsOf(ctx context.Context, by identity.Actor) ([]*Draft, error) {
	if by.Party == "" {
		return nil, nil
	}
	return s.Drafts.DraftsOf(ctx, by.Party)
}

// Discard throws a draft away.
func (s *Service) Discard(ctx context.Context, id string, by identity.Actor) error {
	if _, err := s.Draft(ctx, id, by); err != nil {
		return err
	}
	return s.Drafts.Discard(ctx, id)
}

// Carried is the case on which this very request of the actor's was carried out
// before, if it was: a page that was sent twice goes on where the first led.
func (s *Service) Carried(ctx context.Context, by identity.Actor) (*Case, bool) {
	return s.Store.Asked(ctx, Request{Account: by.Account, Key: by.Request})
}

// SubmitDraft files what the draft holds, and then throws the draft away.
// Pressed twice, it files once: the draft's own ID names the request.
func (s *Service) SubmitDraft(ctx context.Context, id string, by identity.Actor) (*Case, error) {
	by.Request = "draft/" + id
	d, err := s.Draft(ctx, id, by)
	if err != nil {
		if c, before := s.Carried(ctx, by); before {
			return c, nil
		}
		return nil, err
	}
	c, err := s.Submit(ctx, Application{d.Item, d.Applicant, d.Answers, d.Materials, d.Delivery, d.Word, d.Promises, d.Signed, nil}, by)
	if err != nil {
		return nil, err
	}
	return c, s.Drafts.Discard(ctx, id)
}
