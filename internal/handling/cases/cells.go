package cases

import "fmt"

// Cells is one row of a table as it is kept, for audit.
type Cells struct {
	Table  string
	Key    string // which row of the case it is; "" where there is but one
	Names  []string
	Values []any // texts and int64, in the order of the names
}

// whole are the tables whose body holds the case itself.
var whole = map[string]bool{"cases": true, "cases_archived": true, "cases_filings": true}

// differ names the first column in which the rows of a case are not what they
// would be, if they were written today from its facts.
func (kept Stored) differ(again *Case, would []Cells) (*Difference, error) {
	rows := map[[2]string]Cells{}
	for _, r := range kept.Rows {
		rows[[2]string{r.Table, r.Key}] = r
	}
	for _, w := range would {
		is, there := rows[[2]string{w.Table, w.Key}]
		if !there {
			return &Difference{kept.ID, fmt.Sprintf("表%s缺少%s", w.Table, w.about())}, nil
		}
		delete(rows, [2]string{w.Table, w.Key})
		if d, err := kept.column(again, w, is); d != nil || err != nil {
			return d, err
		}
	}
	for _, r := range kept.Rows {
		if _, left := rows[[2]string{r.Table, r.Key}]; left {
			return &Difference{kept.ID, fmt.Sprintf("表%s多出%s", r.Table, r.about())}, nil
		}
	}
	return nil, nil
}

// column compares two rows. A body written by an earlier program may put the
// same in other words; then what it says is compared.
func (kept Stored) column(again *Case, would, is Cells) (*Difference, error) {
	for i, name := range would.Names {
		if would.Values[i] == is.Values[i] {
			continue
		}
		if name == "body" && whole[would.Table] {
			c, err := kept.Read()
			if err != nil {
				return &Difference{kept.ID, fmt.Sprintf("表%s的列body读不出：%v", would.Table, err)}, nil
			}
			if d, err := firstDifference(again, c); d != nil || err != nil {
				return d, err
			}
			continue
		}
		return &Difference{kept.ID, fmt.Sprintf("表%s%s的列%s与记录不符：应为%s，实为%s",
			would.Table, would.about(), name, clip(fmt.Sprint(would.Values[i])), clip(fmt.Sprint(is.Values[i])))}, nil
	}
	return nil, nil
}

func (c Cells) about() string {
	if c.Key == "" {
		return "里办件的一行"
	}
	return "里" + c.Key + "的一行"
}
