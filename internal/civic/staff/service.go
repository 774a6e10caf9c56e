package staff

import (
	"cmp"
	"context"
	"strings"
	"time"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Service is the door of the room; it is the identity.Posts.
type Service struct {
	Store    Store
	Agencies *agencies.Service
	Accounts Accounts
	Offers   func(ctx context.Context, agency string) ([]Offer, error) // the items that the agency decides; not asked by Populate
	Seat     func(ctx context.Context, hall, window string) error      // refuses a window that no open hall has; nil, and by Populate: any will do
	Now      func() time.Time
}

var _ identity.Posts = (*Service)(nil)

// Accounts is what we ask of the identity room.
type Accounts interface {
	// Called is the name of the person behind an account.
	Called(ctx context.Context, account string) (string, error)
}

// Store keeps posts and stand-ins. One named by an id that is not there is
// fault.NotFound.
type Store interface {
	Appoint(ctx context.Context, all ...Holding) error
	Holding(ctx context.Context, id string) (Holding, error)
	// End sets the last day of a holding.
	End(ctx context.Context, id string, last calendar.Day) error
	// Posts lists what the account holds on day, and what it stands in for.
	Posts(ctx context.Context, account string, day calendar.Day) ([]identity.Post, error)
	// Held lists what the account holds on day, in its own right.
	Held(ctx context.Context, account string, day calendar.Day) ([]Holding, error)
	// Of lists who holds what in an agency on day; of one role, if that is given.
	Of(ctx context.Context, agency string, role identity.Role, day calendar.Day) ([]Holding, error)
	// In lists who holds posts of role for exactly one of the regions on day.
	In(ctx context.Context, regions []string, role identity.Role, day calendar.Day) ([]Holding, error)

	StandIn(ctx context.Context, s StandIn) error
	// Back ends a stand-in early.
	Back(ctx context.Context, id string, last calendar.Day) error
	FindStandIn(ctx context.Context, id string) (StandIn, error)
	Depute(ctx context.Context, all ...Deputation) error
	// Recall sets the last day of a deputation.
	Recall(ctx context.Context, id string, last calendar.Day) error
	FindDeputation(ctx context.Context, id string) (Deputation, error)
	// Deputed lists what the account may decide on day: given, and still a post held in the agency.
	Deputed(ctx context.Context, account string, day calendar.Day) ([]identity.Deputation, error)
	// Deputations lists what an agency has given that is not over before day.
	Deputations(ctx context.Context, agency string, day calendar.Day) ([]Deputation, error)

	// StandIns lists those in which the account is absent or stands in, or somebody
	// is absent who still holds a post in one of the agencies, from day on.
	StandIns(ctx context.Context, account string, agencies []string, from calendar.Day) ([]StandIn, error)
}

func (s *Service) today() calendar.Day { return calendar.DayOf(s.Now()) }

// Posts lists the posts that the account holds on day, and those it stands in
// for, whose For names the absent account.
func (s *Service) Posts(ctx context.Context, account string, day calendar.Day) ([]identity.Post, error) {
	return s.Store.Posts(ctx, account, day)
}

// Signer is an official as others may ask them to sign: whoever holds no post
// today is NotFound.
func (s *Service) Signer(ctx context.Context, account string) (identity.Actor, error) {
	posts, err := s.Store.Posts(ctx, account, s.today())
	if err != nil {
		return identity.Actor{}, err
	}
	if len(posts) == 0 {
		return identity.Actor{}, fault.New(fault.Invalid, "staff.signer.none", "没有找到这位工作人员").At("to", "none", "请选择加签人")
	}
	name, err := s.Accounts.Called(ctx, account)
	return identity.Actor{Account: account, Name: name, Posts: posts}, err
}

// Found gives the first administrator of an empty city their post. Identity
// judges that this is the first; there is no agency to ask yet.
func (s *Service) Found(ctx context.Context, account, name string, post identity.Post) error {
	return s.Store.Appoint(ctx, Holding{ID: sqldb.NewID(), Account: account, Name: name, Post: post, Since: s.today()})
}

// Appoint gives the account a post from day since on; one of no region serves where
// its agency lies.
func (s *Service) Appoint(ctx context.Context, account string, post identity.Post, since calendar.Day, by identity.Actor) (string, error) {
	a, err := s.Agencies.Find(ctx, post.Agency)
	if post.Agency == "" {
		return "", fault.Together(invalid("agency", "请选择部门"), checkTitle(post))
	}
	if err != nil {
		return "", err
	}
	post.Region = cmp.Or(post.Region, a.Region)
	if err := fault.Together(CheckPost(post, a, by), s.seated(ctx, post)); err != nil {
		return "", err
	}
	name, err := s.Accounts.Called(ctx, account)
	if err != nil {
		return "", err
	}
	if since == 0 {
		since = s.today()
	}
	post.For = ""
	h := Holding{ID: sqldb.NewID(), Account: account, Name: name, Post: post, Since: since}
	return h.ID, s.Store.Appoint(ctx, h)
}

// seated refuses a post at a window that there is not.
func (s *Service) seated(ctx context.Context, p identity.Post) error {
	if s.Seat == nil {
		return nil
	}
	return s.Seat(ctx, p.Hall, p.Window)
}

// Dismiss ends a holding; last is the last day on which it counts, so yesterday
// ends it at once.
func (s *Service) Dismiss(ctx context.Context, id string, last calendar.Day, by identity.Actor) error {
	h, err := s.Store.Holding(ctx, id)
	if err != nil {
		return err
	}
	if !by.Administers(h.Post.Region) {
		return fault.New(fault.Forbidden, "staff.appoint.authority", "只有本级或上级的系统管理员可以任免这个岗位")
	}
	if h.Account == by.Account && h.Post.Role == identity.Admin {
		return fault.New(fault.Forbidden, "staff.dismiss.self", "不能免去自己的管理员岗位，请由其他管理员办理")
	}
	return s.Store.End(ctx, id, last)
}

// Held lists what an account holds today, for those who administer the place of
// every one of its posts.
func (s *Service) Held(ctx context.Context, account string, by identity.Actor) ([]Holding, error) {
	all, err := s.Store.Held(ctx, account, s.today())
	if err != nil {
		return nil, err
	}
	for _, h := range all {
		if !by.Administers(h.Post.Region) {
			return nil, fault.New(fault.Forbidden, "staff.held.authority", "只有本级或上级的系统管理员可以查看这个人的任职")
		}
	}
	return all, nil
}

// Of lists who holds what in an agency today, for officials.
func (s *Service) Of(ctx context.Context, agency string, by identity.Actor) ([]Holding, error) {
	if !by.Staff() {
		return nil, fault.New(fault.Forbidden, "staff.of.authority", "只有工作人员可以查看岗位名单")
	}
	return s.Store.Of(ctx, agency, "", s.today())
}

// Holders lists who holds posts of role in agency today: to whom work can be given.
func (s *Service) Holders(ctx context.Context, agency string, role identity.Role) ([]Holding, error) {
	return s.Store.Of(ctx, agency, role, s.today())
}

// Serving lists who holds posts of role today that serve a place: the place's
// own, and those of the divisions it lies in.
func (s *Service) Serving(ctx context.Context, region string, role identity.Role) ([]Holding, error) {
	if len(region) != 12 {
		return nil, fault.New(fault.Invalid, "staff.serving.region", "区划代码是12位数字")
	}
	around := []string{region}
	for _, n := range []int{2, 4, 6, 9} {
		if outer := region[:n] + strings.Repeat("0", 12-n); outer != region {
			around = append(around, outer)
		}
	}
	return s.Store.In(ctx, around, role, s.today())
}

// StandIn has one official do another's work for some days.
func (s *Service) StandIn(ctx context.Context, absent, by string, from, through calendar.Day, who identity.Actor) (StandIn, error) {
	one := StandIn{ID: sqldb.NewID(), Absent: absent, By: by, From: from, Through: through}
	theirs, err := s.own(ctx, absent)
	if err != nil {
		return one, err
	}
	others, err := s.own(ctx, by)
	if err != nil {
		return one, err
	}
	if err := CheckStandIn(one, theirs, others, who); err != nil {
		return one, err
	}
	if one.AbsentName, err = s.Accounts.Called(ctx, absent); err != nil {
		return one, err
	}
	if one.ByName, err = s.Accounts.Called(ctx, by); err != nil {
		return one, err
	}
	return one, s.Store.StandIn(ctx, one)
}

// own lists the account's own posts, without those it stands in for.
func (s *Service) own(ctx context.Context, account string) ([]identity.Post, error) {
	all, err := s.Store.Posts(ctx, account, s.today())
	var own []identity.Post
	for _, p := range all {
		if p.For == "" {
			own = append(own, p)
		}
	}
	return own, err
}

// Back ends a stand-in with yesterday: the absent person is back.
func (s *Service) Back(ctx context.Context, id string, by identity.Actor) error {
	one, err := s.Store.FindStandIn(ctx, id)
	if err != nil {
		return err
	}
	may, err := s.MayEnd(ctx, one, by)
	if err != nil {
		return err
	}
	if !may {
		return fault.New(fault.Forbidden, "staff.standin.authority", "只有本人、本部门负责人或系统管理员可以结束代岗")
	}
	return s.Store.Back(ctx, id, s.today()-1)
}

// MayEnd reports whether by may end a stand-in before its last day: whoever may arrange it.
func (s *Service) MayEnd(ctx context.Context, one StandIn, by identity.Actor) (bool, error) {
	theirs, err := s.own(ctx, one.Absent)
	return Arranges(one.Absent, theirs, by), err
}

// StandIns lists the stand-ins that concern by, and those of the agencies they head,
// from today on.
func (s *Service) StandIns(ctx context.Context, by identity.Actor) ([]StandIn, error) {
	if !by.Staff() {
		return nil, nil
	}
	var headed []string
	for _, p := range by.Posts {
		if p.Role == identity.Head {
			headed = append(headed, p.Agency)
		}
	}
	return s.Store.StandIns(ctx, by.Account, headed, s.today())
}

// Load keeps holdings made elsewhere, as when a sample city is loaded, all or
// none; only the program itself does this.
func (s *Service) Load(ctx context.Context, all []Holding, by identity.Actor) error {
	if !by.Plays(identity.System) {
		return fault.New(fault.Forbidden, "staff.load.authority", "只有系统可以批量导入岗位")
	}
	for _, h := range all {
		a, err := s.Agencies.Find(ctx, h.Post.Agency)
		if err != nil {
			return err
		}
		if err := CheckPost(h.Post, a, by); err != nil {
			return err
		}
	}
	return s.Store.Appoint(ctx, all...)
}
