package parties

import (
	"context"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// CheckMet refuses a name that is none, and a number that is no document's, before it
// is asked whose it is.
func CheckMet(name, number string, today calendar.Day) error {
	none := fault.New(fault.Invalid, "parties.meet.number", "证件号码有误").At("number", "format", "请填写18位公民身份号码，或者18位统一社会信用代码")
	return fault.Together(
		fault.When(strings.TrimSpace(name) == "", fault.New(fault.Invalid, "parties.meet.name", "请填写姓名").At("name", "required", "请填写证件上的姓名或者名称")),
		fault.When(Recognise(number, today).Type == "", none))
}

// Meet is whoever stands before an official with their document in hand: the party
// that is known by its number, or one entered now. A name that is not the one on
// record is refused at its field.
func (s *Service) Meet(ctx context.Context, name, number, mobile string, by identity.Actor) (Party, error) {
	if err := CheckMet(name, number, s.today()); err != nil {
		return Party{}, err
	}
	d := Recognise(number, s.today())
	name = strings.TrimSpace(name)
	who, err := s.Find(ctx, d, by)
	switch {
	case err == nil && name != who.Name:
		return Party{}, fault.New(fault.Invalid, "parties.meet.name", "姓名和证件不一致").At("name", "other", "这个证件号码登记的是另一个姓名，请对照证件原件")
	case fault.Of(err) == fault.NotFound:
		return s.enter(ctx, name, d, mobile, by)
	case err != nil && len(fault.Fields(err)) == 0 && fault.Of(err) == fault.Invalid:
		return Party{}, fault.New(fault.Invalid, fault.Code(err), "证件号码有误").At("number", fault.Code(err), "%s", fault.Say(err))
	}
	return who, err
}

func (s *Service) enter(ctx context.Context, name string, d Document, mobile string, by identity.Actor) (Party, error) {
	p := Party{Kind: Person, Name: name, Document: d, Mobile: mobile}
	if d.Type == CreditCode {
		p.Kind, p.Head.Name = Organisation, name
	}
	id, err := s.Enter(ctx, p, by)
	if err != nil {
		return Party{}, err
	}
	return s.View(ctx, id, by)
}
