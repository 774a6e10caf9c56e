package sheet

import "testing"

// A program that sent a list is told of its own fields, blank ones before it counted.
func TestThePlacesOfAListAreItsFields(t *testing.T) {
	table, err := List("people", []string{"login", "name"}, [][]string{{"", ""}, {"limin", "李敏"}}, "登录名", "姓名")
	if err != nil || len(table.Rows) != 1 {
		t.Fatalf("%+v, %v", table, err)
	}
	if row := table.Rows[0]; row.Place("姓名") != "people[1].name" || row.Ordinal() != "第2项" {
		t.Errorf("%s, %s", row.Place("姓名"), row.Ordinal())
	}
}
