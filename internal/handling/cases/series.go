package cases

import (
	"context"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A Series is the numbers of one kind of paper of an agency in a year (字号).
type Series struct {
	Agency      string
	Kind        PaperKind
	Year        int
	Count       int // papers that have a number
	First, Last int
	Waiting     int // papers whose number is still being allotted
	Gaps        []Gap
}

// A Gap is numbers of a series that no paper has, ends included.
type Gap struct{ From, To int }

// Mark is how numbers of the series begin, after the agency's name: "受".
func (s Series) Mark() string { return marks[s.Kind] }

// Series are all series of a year, with their gaps: none is ever made by the
// program, so each has to be explained. Only an administrator may ask.
func (s *Service) Series(ctx context.Context, year int, by identity.Actor) ([]Series, error) {
	if !by.Plays(identity.Admin) {
		return nil, fault.New(fault.Forbidden, "cases.series.role", "文号由系统管理员核对，您没有这个权限")
	}
	list, err := s.Store.Series(ctx, year)
	for i := range list {
		if err == nil && (list[i].Count < list[i].Last) {
			list[i].Gaps, err = s.Store.Skipped(ctx, list[i])
		}
	}
	return list, err
}
