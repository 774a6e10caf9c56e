package desk

import (
	"fmt"
	"net/http"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
	"tongban/internal/register/credit"
)

// gradesImport takes the grades that come from the city's credit platform.
func gradesImport(r *http.Request, by identity.Actor) importPage {
	return importPage{View: frame.Of(r).Named("导入信用等级"), Bar: watchBar(by), What: "信用等级", Action: "/desk/credit/grades", Trial: "/desk/credit/grades?try=1", Back: "/desk/credit",
		Headings: credit.GradeHeadings, Further: "信用等级填A、B、C或者D；有效期至填2027-06-30这样的日期。同一主体以最近一次导入的为准，本人可以提出异议。"}
}

func (d *Desk) bringGradesPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	page.Show(w, r, importView(gradesImport(r, by)))
	return nil
}

// bringGrades puts the grades of a table on record, or only judges them.
func (d *Desk) bringGrades(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, try := gradesImport(r, by), page.Query(r).Text("try") != ""
	table, err := tableOf(w, r, credit.GradeHeadings)
	var done credit.Brought
	if err == nil {
		done, err = d.Credit.BringGrades(r.Context(), table, try, by)
	}
	switch {
	case err != nil: // shown instead
	case try:
		v.Said = fmt.Sprintf("这次只检查，没有导入：将导入%d个，%d个与现有的相同。", done.New, done.Same)
	default:
		v.Said = fmt.Sprintf("已导入%d个，%d个与现有的相同。", done.New, done.Same)
	}
	return shownImport(w, r, v, err)
}
