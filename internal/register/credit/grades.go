package credit

import (
	"context"
	"fmt"
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sheet"
	"tongban/internal/ground/sqldb"
)

// GradeHeadings are the columns of a table of grades that come from elsewhere
// (公共信用综合评价结果), as its template has them.
var GradeHeadings = []string{"证件号码", "名称", "信用等级", "有效期至"}

// mostGrades bounds one import.
const mostGrades = 2000

// longestName is how long the name of a subject may be, in bytes.
const longestName = 300

// Brought is what an import of grades does, or would do.
type Brought struct {
	New  int // grades that were not known so
	Same int // that stand already, with the same last day
}

// BringGrades puts the grades of a table on record, all or none; tried, it only
// judges them. Whoever supervises a division answers for what they bring; who is
// graded may object to it as to any record. The latest that counts is how they
// stand (信用+审批, 徐政发〔2022〕21号（二十五）). Faults: credit.grades with the
// place of every cell that must change, credit.grades.role, credit.grades.large.
func (s *Service) BringGrades(ctx context.Context, t *sheet.Table, try bool, by identity.Actor) (done Brought, err error) {
	i := slices.IndexFunc(by.Posts, func(p identity.Post) bool { return p.Role == identity.Supervisor })
	if i < 0 {
		return done, fault.New(fault.Forbidden, "credit.grades.role", "信用等级由效能监督岗导入，您没有这个岗位")
	}
	all, under, err := s.graded(t, by.Posts[i])
	if err != nil {
		return done, err
	}
	var b sqldb.Batch
	for _, r := range all {
		known, err := s.Store.Of(ctx, under[r.Subject])
		if err != nil {
			return done, err
		}
		if last, ok := given(known, r.On); ok && last.Grade == r.Grade && last.Until == r.Until {
			done.Same++
			continue
		}
		done.New++
		if err := s.Store.Add(&b, &r, Noted{ID: r.ID, Act: Entered, At: s.Now(), By: by.Name, Account: by.Account, Record: &r}); err != nil {
			return done, err
		}
	}
	if try || b.Len() == 0 {
		return done, nil
	}
	return done, s.Store.Keep(ctx, &b)
}

// graded reads the records out of a table, and under what hashes each subject may stand.
func (s *Service) graded(t *sheet.Table, post identity.Post) (all []Record, under map[string][]string, err error) {
	if len(t.Rows) > mostGrades {
		return nil, nil, fault.New(fault.TooLarge, "credit.grades.large", "一次最多导入%d行，请拆分后再导入", mostGrades)
	}
	wrong := sheet.NewFaults("credit.grades", "信用等级有误，请按提示修改后重新导入")
	now, seen := s.Now(), map[string]string{}
	under = map[string][]string{}
	for _, row := range t.Rows {
		r, subject := s.gradeOf(row, calendar.DayOf(now), wrong)
		under[r.Subject] = subject
		if first := seen[r.Subject]; first != "" && r.Subject != "" {
			wrong.At(row, "证件号码", "twice", "与"+first+"是同一个证件号码，请只留一个")
		}
		seen[r.Subject] = row.Ordinal()
		r.ID, r.Agency, r.Region = fmt.Sprintf("%012x-grade-%d-%s", now.UnixMilli(), row.Line, sqldb.NewID()), post.Agency, post.Region
		all = append(all, r)
	}
	return all, under, wrong.Err()
}

// gradeOf reads one row, whose subject may stand under several hashes, and notes what
// is wrong with it.
func (s *Service) gradeOf(row sheet.Row, today calendar.Day, wrong *sheet.Faults) (r Record, subject []string) {
	d := parties.Recognise(row.Cell("证件号码"), today)
	r = Record{Kind: Graded, Name: row.Cell("名称"), Org: d.Type == parties.CreditCode, Grade: Grade(row.Cell("信用等级")), On: today,
		Until: calendar.Parse(row.Cell("有效期至")), Article: "徐政发〔2022〕21号（二十五）", State: Valid}
	switch _, err := codes.ParseCitizen(d.Number, today); {
	case d.Type == "":
		wrong.At(row, "证件号码", "format", "请填写完整的公民身份号码或者统一社会信用代码")
	case d.Type == parties.ResidentCard && err != nil:
		wrong.At(row, "证件号码", fault.Code(err), fault.Say(err))
	default:
		subject = s.subject(d)
		r.Subject = subject[0]
	}
	if r.Name == "" || len(r.Name) > longestName {
		wrong.At(row, "名称", "required", "请填写姓名或者单位名称，最多100个字")
	}
	if r.Grade.Han() == "" {
		wrong.At(row, "信用等级", "choice", "请填写A、B、C或者D")
	}
	if r.Until < today {
		wrong.At(row, "有效期至", "date", "请按2027-06-30这样填写今天以后的日期")
	}
	r.Repair = r.Until + 1 // it is repaired where it was given
	r.Say = "公共信用综合评价为" + string(r.Grade) + "级（" + r.Grade.Han() + "）"
	return r, subject
}

// given is the latest grade from elsewhere that counts on day, if there is one;
// the records are the latest first.
func given(records []Record, day calendar.Day) (Record, bool) {
	i := slices.IndexFunc(records, func(r Record) bool { return r.Kind == Graded && r.Counts(day) })
	if i < 0 {
		return Record{}, false
	}
	return records[i], true
}
