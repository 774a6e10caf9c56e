package credit

import (
	"context"
	"slices"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
)

// Store keeps records with their facts.
type Store interface {
	// Add adds a new record and its fact to the batch.
	Add(b *sqldb.Batch, r *Record, n Noted) error
	// Put adds what became of a record, and its fact, to the batch.
	Put(b *sqldb.Batch, r *Record, n Noted) error
	// Keep commits a batch of records.
	Keep(ctx context.Context, b *sqldb.Batch) error
	// Change loads the record, lets do judge, and keeps what came of it with its
	// fact; somebody faster is fault.Conflict.
	Change(ctx context.Context, id string, do func(Record) (Noted, error)) (Record, error)
	// Record is one record; credit.none if there is none.
	Record(ctx context.Context, id string) (Record, error)
	// Of is all records about a subject, who may stand under several hashes, the
	// latest first.
	Of(ctx context.Context, subject []string) ([]Record, error)
	List(ctx context.Context, f Filter) ([]Record, error)
	// IDs is a page of all records in the order of their IDs.
	IDs(ctx context.Context, after string, limit int) ([]string, error)
	// Kept is a record as it stands, with the columns it is found by.
	Kept(ctx context.Context, id string) (Kept, error)
	// History is the facts of a record in order.
	History(ctx context.Context, id string) ([]event.Record, error)
}

// Filter chooses records of a region with all within, or of an agency.
type Filter struct {
	Region  string
	Agency  string
	State   State  // only these; "" all
	Name    string // begins with
	Subject []string
	After   string // Cursor of the last one seen
	Limit   int
}

// Cursor is where the page after the record begins.
func (r Record) Cursor() string { return r.ID }

// Service is the door of the room.
type Service struct {
	Store Store
	Party func(context.Context, string) (parties.Party, error)
	Marks secret.Marker
	Rules Rules
	Days  clock.Days
	Now   func() time.Time
}

// subjectColumn is what the hash of a subject is bound to.
const subjectColumn = "credit.subject"

// subject is the hashes under which somebody may stand, today's first: a hash stands
// in facts, so it is never made anew when its key is replaced.
func (s *Service) subject(d parties.Document) []string {
	return s.Marks.Marks(d.Type+":"+d.Number, subjectColumn)
}

// subjectOf is the subject that a party is. One whom the register of parties
// does not know is their own subject.
func (s *Service) subjectOf(ctx context.Context, party string) ([]string, error) {
	p, err := s.Party(ctx, party)
	if fault.Of(err) == fault.NotFound {
		return s.Marks.Marks(party, subjectColumn), nil
	}
	if err != nil {
		return nil, err
	}
	return s.subject(p.Document), nil
}

// Enter puts a record on file in a listener's batch; told twice, it does
// nothing the second time.
func (s *Service) Enter(ctx context.Context, r Record, at time.Time, b *sqldb.Batch) error {
	if _, err := s.Store.Record(ctx, r.ID); fault.Of(err) != fault.NotFound {
		return err
	}
	subject, err := s.subjectOf(ctx, r.Party)
	if err != nil {
		return err
	}
	if len(subject) > 0 {
		r.Subject = subject[0]
	}
	r.State, r.On = Valid, calendar.DayOf(at)
	s.Rules.term(&r)
	return s.Store.Add(b, &r, Noted{ID: r.ID, Act: Entered, At: at, By: "系统", Record: &r})
}

// MayDefer says why the party's promise to bring a material later is not taken.
func (s *Service) MayDefer(ctx context.Context, party string) error {
	return s.may(ctx, party, Deferral)
}

// MayPledge says why the party's pledge is not taken.
func (s *Service) MayPledge(ctx context.Context, party string) error {
	return s.may(ctx, party, Pledging)
}

func (s *Service) may(ctx context.Context, party string, what Word) error {
	all, err := s.of(ctx, party)
	if err != nil {
		return err
	}
	return s.Rules.MayPromise(all, what, calendar.DayOf(s.Now()))
}

func (s *Service) of(ctx context.Context, party string) ([]Record, error) {
	subject, err := s.subjectOf(ctx, party)
	if err != nil {
		return nil, err
	}
	return s.Store.Of(ctx, subject)
}

// A Standing is how somebody stands, and why.
type Standing struct {
	Grade   Grade
	Records []Record
	Defer   error // why 容缺受理 is closed to them; nil: it is not
	Pledge  error // why 告知承诺 is
}

// GradeOf is how a party stands today, for rules that ask nothing else of it
// (信用+审批, 徐政发〔2022〕21号（二十五）).
func (s *Service) GradeOf(ctx context.Context, party string) (Grade, error) {
	all, err := s.of(ctx, party)
	return s.Rules.GradeOf(all, calendar.DayOf(s.Now())), err
}

// Own is how the actor's own party stands.
func (s *Service) Own(ctx context.Context, by identity.Actor) (Standing, error) {
	if by.Party == "" {
		return Standing{}, fault.New(fault.Forbidden, "credit.own.party", "这个账号没有个人办事身份，没有信用记录")
	}
	all, err := s.of(ctx, by.Party)
	today := calendar.DayOf(s.Now())
	return Standing{s.Rules.GradeOf(all, today), all, s.Rules.MayPromise(all, Deferral, today), s.Rules.MayPromise(all, Pledging, today)}, err
}

// Record shows one record to somebody who may see it; to others there is none.
func (s *Service) Record(ctx context.Context, id string, by identity.Actor) (Record, error) {
	r, err := s.Store.Record(ctx, id)
	if err == nil && !s.sees(ctx, r, by) {
		return Record{}, None()
	}
	return shown(r, by), err
}

// sees is visible, also for the same subject under another party.
func (s *Service) sees(ctx context.Context, r Record, by identity.Actor) bool {
	if r.visible(by) {
		return true
	}
	subject, err := s.subjectOf(ctx, by.Party)
	return err == nil && by.Party != "" && slices.Contains(subject, r.Subject)
}

// shown is the record as the actor may read it: other people's names masked.
func shown(r Record, by identity.Actor) Record {
	if !r.Org && by.Party != r.Party {
		r.Name = codes.MaskName(r.Name)
		for i := range r.Pleas {
			r.Pleas[i].By = codes.MaskName(r.Pleas[i].By)
		}
	}
	return r
}

// List is a page of records of a region or an agency, for those who answer for
// them; number finds somebody by the whole number of their document.
func (s *Service) List(ctx context.Context, f Filter, number string, by identity.Actor) ([]Record, error) {
	if !mayList(f, by) {
		return nil, fault.New(fault.Forbidden, "credit.list.reach", "您没有查看这份清单的权限")
	}
	if number != "" {
		d := parties.Recognise(number, calendar.DayOf(s.Now()))
		if d.Type == "" {
			return nil, fault.New(fault.Invalid, "credit.list.number", "证件号码不正确，请填写完整的公民身份号码或者统一社会信用代码").At("number", "format", "请填写完整的证件号码")
		}
		f.Subject = s.subject(d)
	}
	if f.Limit <= 0 || f.Limit > 200 {
		f.Limit = 50
	}
	all, err := s.Store.List(ctx, f)
	for i := range all {
		all[i] = shown(all[i], by)
	}
	return all, err
}

func mayList(f Filter, by identity.Actor) bool {
	if f.Agency != "" {
		return by.Holds(identity.Head, f.Agency) || by.Holds(identity.Approver, f.Agency)
	}
	return by.In(identity.Supervisor, func(p identity.Post) bool { return p.Serves(f.Region) })
}

// Plead has the subject object to a record or ask for its repair; see Record.Plead.
func (s *Service) Plead(ctx context.Context, id string, kind PleaKind, text string, by identity.Actor) (Record, error) {
	return s.once(ctx, id, Pleaded, by, func(r Record) (Noted, error) {
		if s.sees(ctx, r, by) && !r.visible(by) {
			r.Party = by.Party // the same person under another account
		}
		return r.Plead(kind, text, s.Rules, s.Days, by, s.Now())
	})
}

// Answer has an official answer the plea that waits; see Record.Answer.
func (s *Service) Answer(ctx context.Context, id string, grant bool, text string, by identity.Actor) (Record, error) {
	return s.once(ctx, id, Answered, by, func(r Record) (Noted, error) {
		if !r.visible(by) {
			return Noted{}, None()
		}
		return r.Answer(grant, text, by, s.Now())
	})
}

// Called is the name of a record's subject as anybody but themselves may read it.
func (r Record) Called() string {
	if r.Org {
		return r.Name
	}
	return codes.MaskName(r.Name)
}
