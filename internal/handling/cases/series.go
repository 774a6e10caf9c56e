package cases

import (
	"context"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/fault"
)

// A Series is the numbers of one kind of paper of an agency in a year (字号).
type Series struct {
	Agency  string
	Kind    PaperKind
	Year    int
	Last    int       // the number given last
	Checked int       // up to which the numbers were looked through for gaps
	Looked  time.Time // when
	Waiting int       // papers whose number is still being allotted
	Gaps    []Gap     // that were found
	Skipped []Gap     // left out after a copy was brought back
}

// Count is how many papers have a number, but for what has not been looked through yet.
func (s Series) Count() int {
	return s.Last - serials.Sum(s.Gaps) - serials.Sum(s.Skipped)
}

// A Gap is numbers of a series that no paper has, ends included. The same shape is
// used for a run of numbers of which each is borne by one.
type Gap = serials.Run

// Name is the name of the series among all that may have left numbers out.
func (s Series) Name() string {
	return serials.Name(serials.Paper, s.Agency, s.Year, string(s.Kind))
}

// Between are the numbers after one that are borne by no paper, and those borne by
// two: of runs in order of their beginnings. Upto is how far that is known.
func Between(after int, runs []Gap) (missing, doubled []Gap, upto int) {
	upto = after
	for _, r := range runs {
		if r.From > upto+1 {
			missing = append(missing, Gap{From: upto + 1, To: r.From - 1})
		}
		if r.From <= upto {
			doubled = append(doubled, Gap{From: r.From, To: min(r.To, upto)})
		}
		upto = max(upto, r.To)
	}
	return missing, doubled, upto
}

// Mark is how numbers of the series begin, after the agency's name: "受".
func (s Series) Mark() string { return marks[s.Kind] }

// Series are all series of a year, with their gaps. The program itself leaves numbers
// out only after a copy was brought back, so each gap has to be explained. Only an
// administrator may ask.
func (s *Service) Series(ctx context.Context, year int, by identity.Actor) ([]Series, error) {
	if !by.Plays(identity.Admin) {
		return nil, fault.New(fault.Forbidden, "cases.series.role", "文号由系统管理员核对，您没有这个权限")
	}
	return s.Store.Series(ctx, year)
}

// Numbers are looked through a part at a time, so that no page and no act waits for
// it: so many parts in a run, and each series from its beginning once in a while.
const (
	checkedInARun = 40
	checkedAgain  = 24 * time.Hour
)

// CheckNumbers looks through the numbers of papers for gaps (断号核对), where it
// stopped the last time.
func (s *Service) CheckNumbers(ctx context.Context) error {
	for range checkedInARun {
		if more, err := s.Store.CheckNumbers(ctx, s.Now(), s.Now().Add(-checkedAgain)); err != nil || !more {
			return err
		}
	}
	return nil
}
