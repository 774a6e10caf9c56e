package cases

import (
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// checkLetter refuses to take on a case with promises under which no letter of the
// applicant's stands (容缺受理承诺书): nobody is forced to promise, and no clerk promises
// for them (容缺受理由申请人自愿选择并书面承诺, 徐政发〔2022〕21号（七）). Whoever signs for the
// applicant shows their power of attorney (授权委托书).
func (c *Case) checkLetter(promises []Promise, verdicts []Verdict) error {
	bad := fault.New(fault.Invalid, "cases.accept.letter", "容缺受理由申请人自愿选择，要有申请人签署的《容缺受理承诺书》")
	promises = c.underwritten(promises)
	if slices.ContainsFunc(promises, func(p Promise) bool { return !p.underSigned() }) {
		bad = bad.At("letter", "required", "容缺受理由申请人自愿选择，请先请申请人签署《容缺受理承诺书》；不愿承诺的，按一般程序办理")
	}
	fresh := slices.DeleteFunc(promises, func(p Promise) bool { return p.Offered }) // letters of offers were judged with the application
	if bad = c.checkAttorney("letter", fresh, verdicts, bad); len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// checkAttorney completes bad where an agent signs the letter and nothing shows that they may.
func (c *Case) checkAttorney(letter string, promises []Promise, verdicts []Verdict, bad *fault.Error) *fault.Error {
	if c.Applicant.Agent != "" && !c.empowered(verdicts) && slices.ContainsFunc(promises, func(p Promise) bool { return !p.Attorney }) {
		bad = bad.At(letter+".attorney", "required", "《容缺受理承诺书》由经办人%s代签，请核对并留存申请人的授权委托书", c.Applicant.Agent)
	}
	return bad
}

// mayOffer refuses what an agent at the window signs without a power of attorney; online a
// firm is acted for by those whose mandate it gave.
func mayOffer(a Application, m Moved, offers []Promise, by identity.Actor) error {
	if by.Party != "" && by.Party == a.Applicant.Party {
		return nil
	}
	bad := fault.New(fault.Invalid, "cases.offer.attorney", "容缺受理承诺书由经办人代签的，要有申请人的授权委托书")
	c := Case{Applicant: a.Applicant, Materials: m.Materials}
	if bad = c.checkAttorney("later", offers, nil, bad); len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// underSigned reports whether a letter was signed for the promise, on a screen or on
// paper.
func (p Promise) underSigned() bool { return p.OnPaper || p.Signed != nil && p.Signed.Name != "" }

// empowered reports whether a power of attorney is among the materials of the case and
// was not found wanting.
func (c *Case) empowered(verdicts []Verdict) bool {
	return slices.ContainsFunc(c.Materials, func(h Handed) bool {
		f := c.found(h.Material, verdicts)
		return items.Means(h.Name).Kind == items.PowerOfAttorney && (f == "" || f == Complete)
	})
}

// letterFacts are how a letter that was not signed on a screen was signed, and by what
// right somebody signed it for the applicant.
func (c *Case) letterFacts(m Moved) []Fact {
	var all []Fact
	if slices.ContainsFunc(m.Promises, func(p Promise) bool { return p.OnPaper }) {
		all = append(all, Fact{"签署", "申请人在纸质承诺书上签署，原件由窗口留存"})
	}
	if slices.ContainsFunc(append(slices.Clone(m.Offers), m.Promises...), func(p Promise) bool { return p.Attorney }) {
		all = append(all, Fact{"代签", c.Applicant.Agent + "凭申请人的授权委托书代为签署，委托书由窗口留存"})
	}
	return all
}
