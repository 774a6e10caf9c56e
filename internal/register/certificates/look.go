package certificates

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/register/seals"
)

// Define enters a type into the registry, or words it anew; certificates
// issued before keep the wording they were issued with.
func (s *Service) Define(ctx context.Context, t Type, by identity.Actor) error {
	if !by.Plays(identity.Items) && !by.Plays(identity.Admin) && !by.Plays(identity.System) {
		return fault.New(fault.Forbidden, "certificates.define.by", "证照类型由事项管理员维护")
	}
	if err := t.Check(); err != nil {
		return err
	}
	if err := s.Store.Define(ctx, t); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.types = nil
	return nil
}

// Type is a type of the registry; the fault is certificates.type.
func (s *Service) Type(ctx context.Context, code string) (Type, error) {
	s.mu.RLock()
	t, ok := s.types[code]
	s.mu.RUnlock()
	if ok {
		return t, nil
	}
	types, err := s.readTypes(ctx)
	if err != nil {
		return Type{}, err
	}
	if t, ok = types[code]; !ok {
		return Type{}, fault.New(fault.NotFound, "certificates.type", "没有登记这种证照类型：%.40s，请先维护证照类型", code)
	}
	return t, nil
}

// readTypes reads the registry, and keeps it for those who ask next.
func (s *Service) readTypes(ctx context.Context) (map[string]Type, error) {
	all, err := s.Store.Types(ctx)
	if err != nil {
		return nil, err
	}
	types := make(map[string]Type, len(all))
	for _, t := range all {
		types[t.Code] = t
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.types = types
	return types, nil
}

// Types lists the registry.
func (s *Service) Types(ctx context.Context) ([]Type, error) { return s.Store.Types(ctx) }

// TypeNames are the names of the types that are registered.
func (s *Service) TypeNames(ctx context.Context) ([]string, error) {
	types, err := s.Types(ctx)
	names := make([]string, 0, len(types))
	for _, t := range types {
		names = append(names, t.Name)
	}
	return names, err
}

// Certificate shows a certificate to its holder or to staff; to anyone else
// there is no such certificate.
func (s *Service) Certificate(ctx context.Context, identifier string, by identity.Actor) (*Certificate, error) {
	c, err := s.load(ctx, identifier)
	if err != nil {
		return nil, err
	}
	if !by.Staff() && (by.Party == "" || by.Party != c.Holder.Party) {
		return nil, unknown()
	}
	return c, nil
}

func unknown() error {
	return fault.New(fault.NotFound, "certificates.unknown", "没有查到这份证照，请核对证照标识")
}

// load reads the identifier first, so that a typing error is told as one.
func (s *Service) load(ctx context.Context, identifier string) (*Certificate, error) {
	id, err := codes.ParseCertificateID(identifier)
	if err != nil {
		return nil, err
	}
	return s.Store.Certificate(ctx, id.String())
}

// mostOnPage is how many certificates a page shows at most.
const mostOnPage = 100

// OfHolder lists a party's certificates, newest first; after is the last one
// of the page before, or nil.
func (s *Service) OfHolder(ctx context.Context, party string, after *Certificate, most int, by identity.Actor) ([]*Certificate, error) {
	if !by.Staff() && (party == "" || by.Party != party) {
		return nil, fault.New(fault.Forbidden, "certificates.holder.by", "只能查看本人或本单位的证照")
	}
	return s.Store.OfParty(ctx, party, after, min(max(most, 1), mostOnPage))
}

// Held lists the certificates of a type that whoever has that code holds and
// that are good today: those that stand for a material (免提交). A certificate
// in any other state is as good as missing.
func (s *Service) Held(ctx context.Context, holderCode, typeCode string, by identity.Actor) ([]*Certificate, error) {
	if by.Account == "" {
		return nil, fault.New(fault.SignIn, "certificates.held.by", "请先登录")
	}
	all, err := s.Store.Held(ctx, holderCode, typeCode)
	if err != nil {
		return nil, err
	}
	today := calendar.DayOf(s.Now())
	var good []*Certificate
	for _, c := range all {
		if c.Good(today) && (by.Staff() || c.Holder.Party == by.Party) {
			good = append(good, c)
		}
	}
	return good, nil
}

// Public is what a stranger who has the identifier is shown.
type Public struct {
	Identifier, TypeName, Number, Issuer, Holder, Validity string
	Version                                                int
	Issued                                                 calendar.Day
	State                                                  State
	Case                                                   string // it was issued on; for the program, not to be shown
}

// Look answers a stranger: is it real, whose (masked), and what is its state.
func (s *Service) Look(ctx context.Context, identifier string) (Public, error) {
	c, err := s.load(ctx, identifier)
	if err != nil {
		return Public{}, err
	}
	holder := c.Holder.Name
	if c.Holder.Kind != organisationCode {
		holder = codes.MaskName(holder)
	}
	return Public{c.Identifier, c.TypeName, c.Number, c.Issuer.Name, holder, c.Validity(), c.Version, c.Issued, c.Standing(calendar.DayOf(s.Now())), c.Case}, nil
}

// organisationCode is the kind of a credit code, whose owner's name is public.
const organisationCode = "001"

// OFD is the sealed file, for the holder and for staff, and its name.
func (s *Service) OFD(ctx context.Context, identifier string, by identity.Actor) (file []byte, name string, err error) {
	return s.file(ctx, identifier, by, ".ofd", (*Certificate).OFD)
}

// JSON is the certificate as signed JSON, for the holder and for staff.
func (s *Service) JSON(ctx context.Context, identifier string, by identity.Actor) (file []byte, name string, err error) {
	return s.file(ctx, identifier, by, ".json", (*Certificate).JSON)
}

func (s *Service) file(ctx context.Context, identifier string, by identity.Actor, suffix string, write func(*Certificate, seals.Seal) ([]byte, error)) ([]byte, string, error) {
	c, err := s.Certificate(ctx, identifier, by)
	if err != nil {
		return nil, "", err
	}
	seal, err := s.Seals.Seal(ctx, c.Sealing.Seal)
	if err != nil {
		return nil, "", err
	}
	file, err := write(c, seal)
	return file, c.Identifier + suffix, err
}

// Verify verifies the certificate in the register: that its record is still
// what was sealed, the seal, and its state today.
func (s *Service) Verify(ctx context.Context, identifier string) (seals.Report, error) {
	c, err := s.load(ctx, identifier)
	if err != nil {
		return seals.Report{}, err
	}
	seal, err := s.Seals.Seal(ctx, c.Sealing.Seal)
	if err != nil {
		return seals.Report{}, err
	}
	report := seals.Report{Title: c.TypeName}
	_, _, digest, err := c.evidence(c.Sealing.At)
	if err != nil {
		return report, err
	}
	value, err := c.Sealing.Bytes(seal)
	if err != nil {
		return report, err
	}
	s.Roots.Verify(value, digest, &report)
	c.tellState(calendar.DayOf(s.Now()), &report)
	return report, nil
}

// VerifyFile verifies a file, and then asks the register for the state of the
// certificate that it is.
func (s *Service) VerifyFile(ctx context.Context, data []byte) (seals.Report, error) {
	today := calendar.DayOf(s.Now())
	report := VerifyFile(data, s.Roots, today)
	identifier := ""
	for _, d := range report.Details {
		if d.Label == elementIdentifier {
			identifier = d.Text
		}
	}
	if identifier == "" {
		return report, nil
	}
	c, err := s.load(ctx, identifier)
	switch {
	case fault.Of(err) == fault.NotFound:
		report.Leave("登记状态", "本市证照库中没有这份证照，请向颁发机关查询")
	case fault.Of(err) == fault.Invalid: // already told by the step of the identifier
	case err != nil:
		return report, err
	default:
		c.tellState(today, &report)
	}
	return report, nil
}

func (c *Certificate) tellState(today calendar.Day, report *seals.Report) {
	if state := c.Standing(today); state == Valid {
		report.Pass("登记状态", "有效")
	} else {
		report.Doubt("登记状态", "证照当前为“"+state.String()+"”状态")
	}
}

// TypeNamed finds a type by what it is called, as items name their results.
// The fault is certificates.type.
func (s *Service) TypeNamed(ctx context.Context, name string) (Type, error) {
	s.mu.RLock()
	types := s.types
	s.mu.RUnlock()
	if t, ok := named(types, name); ok {
		return t, nil
	}
	types, err := s.readTypes(ctx)
	if err != nil {
		return Type{}, err
	}
	if t, ok := named(types, name); ok {
		return t, nil
	}
	return Type{}, fault.New(fault.NotFound, "certificates.type", "没有登记名为“%s”的证照类型", name)
}

// named is the type of that name, of several the one whose code comes first.
func named(types map[string]Type, name string) (found Type, ok bool) {
	for code, t := range types {
		if t.Name == name && (!ok || code < found.Code) {
			found, ok = t, true
		}
	}
	return found, ok
}
